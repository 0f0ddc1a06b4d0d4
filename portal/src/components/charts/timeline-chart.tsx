import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Timeline } from '../../api/schema.ts';
import { visibleText } from '../visible-text.ts';
import { lengthText } from './length-text.ts';

const useStyles = makeStyles({
  root: { margin: 0, display: 'flex', flexDirection: 'column', rowGap: '6px' },
  chart: { width: '100%', height: '150px', display: 'block', overflow: 'visible' },
  bar: { fill: tokens.colorPaletteDarkOrangeForeground1 },
  axis: { stroke: tokens.colorNeutralStroke1 },
  mark: { stroke: tokens.colorPaletteRedForeground1, strokeWidth: 2, strokeDasharray: '4 3' },
  label: { fill: tokens.colorNeutralForeground2, fontSize: '12px' },
  strong: { fill: tokens.colorPaletteRedForeground1, fontSize: '12px', fontWeight: tokens.fontWeightSemibold },
  ends: { display: 'flex', justifyContent: 'space-between', color: tokens.colorNeutralForeground3 },
});

const TOP = 34;
const HEIGHT = 150;
const NUMBER = new Intl.NumberFormat();
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const DAY_MS = 86_400_000;

/** How many there were over time, with the moments that matter among them; the caption says the same in words. */
export function TimelineChart({ timeline }: { timeline: Timeline }) {
  const styles = useStyles();
  const { startTimeUtc, stepMs, counts, marks } = timeline;
  const start = Date.parse(startTimeUtc);
  const last = Math.max(start + counts.length * stepMs, ...marks.map(({ timeUtc }) => Date.parse(timeUtc) + stepMs));
  const span = Math.max(1, last - start);
  const most = Math.max(1, ...counts);
  const clock = span < DAY_MS ? CLOCK : DAY;
  return (
    <figure className={styles.root}>
      <svg className={styles.chart} aria-hidden="true">
        <line className={styles.axis} x1="0" x2="100%" y1={HEIGHT} y2={HEIGHT} />
        <text className={styles.label} x="0" y={TOP - 22}>
          most: {NUMBER.format(most)} in {lengthText(stepMs)}
        </text>
        {counts.map((count, step) => {
          const height = (count / most) * (HEIGHT - TOP);
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: steps of time keep their order
              key={step}
              className={styles.bar}
              x={`${(100 * step * stepMs) / span}%`}
              y={HEIGHT - height}
              width={`${Math.max(0.3, (90 * stepMs) / span)}%`}
              height={height}
            />
          );
        })}
        {marks.map((mark) => {
          const at = (100 * (Date.parse(mark.timeUtc) - start)) / span;
          return (
            <g key={`${mark.timeUtc} ${mark.label}`}>
              <line className={styles.mark} x1={`${at}%`} x2={`${at}%`} y1={TOP - 14} y2={HEIGHT} />
              <text className={styles.strong} x={`${at}%`} y={TOP - 20} textAnchor={at > 50 ? 'end' : 'start'}>
                {visibleText(mark.label)}
              </text>
            </g>
          );
        })}
      </svg>
      <div className={styles.ends}>
        <Text size={200}>{clock.format(start)}</Text>
        <Text size={200}>{clock.format(last)}</Text>
      </div>
      <figcaption>
        <Text size={200}>{captionOf(timeline, most, clock)}</Text>
      </figcaption>
    </figure>
  );
}

function captionOf({ label, stepMs, counts, marks }: Timeline, most: number, clock: Intl.DateTimeFormat): string {
  const sum = counts.reduce((all, count) => all + count, 0);
  const told = marks.map((mark) => `${visibleText(mark.label)} at ${clock.format(Date.parse(mark.timeUtc))}`);
  const course = `${label}: ${NUMBER.format(sum)} in ${lengthText(counts.length * stepMs)}, at most ${NUMBER.format(most)} in ${lengthText(stepMs)}.`;
  return told.length === 0 ? course : `${course} ${told.join('; ')}.`;
}
