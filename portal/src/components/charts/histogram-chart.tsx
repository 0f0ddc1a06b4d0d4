import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ActivityHistogram } from '../../api/activities.ts';
import { lengthText } from './length-text.ts';

const useStyles = makeStyles({
  root: { margin: 0, display: 'flex', flexDirection: 'column', rowGap: '4px' },
  chart: { width: '100%', height: '110px', display: 'block', overflow: 'visible' },
  success: { fill: tokens.colorCompoundBrandBackground },
  failure: { fill: tokens.colorPaletteRedForeground1 },
  target: { fill: 'transparent', cursor: 'zoom-in', ':hover': { fill: tokens.colorSubtleBackgroundPressed } },
  axis: { stroke: tokens.colorNeutralStroke1 },
  ends: { display: 'flex', justifyContent: 'space-between', color: tokens.colorNeutralForeground3 },
  legend: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', columnGap: '16px' },
  key: { display: 'inline-block', width: '10px', height: '10px', marginRight: '6px' },
});

const HEIGHT = 110;
const NUMBER = new Intl.NumberFormat();
const TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

interface Props {
  histogram: ActivityHistogram;
  /** Somebody chose a bar: its time, ISO 8601. */
  onZoom: (from: string, to: string) => void;
}

/** Activities over time, failures on top; the caption says the same in words. A click on a bar looks into it. */
export function HistogramChart({ histogram, onZoom }: Props) {
  const styles = useStyles();
  const { from, to, stepMs, items } = histogram;
  const start = Date.parse(from);
  const span = Math.max(1, Date.parse(to) - start);
  const most = Math.max(1, ...items.map(({ success, failure }) => success + failure));
  const width = `${Math.max(0.2, (94 * stepMs) / span)}%`;
  return (
    <figure className={styles.root}>
      <svg className={styles.chart} aria-hidden="true">
        <line className={styles.axis} x1="0" x2="100%" y1={HEIGHT} y2={HEIGHT} />
        {items.map(({ time, success, failure }) => {
          const x = `${Math.max(0, (100 * (Date.parse(time) - start)) / span)}%`;
          const [low, high] = [heightOf(success, most), heightOf(failure, most)];
          return (
            <g key={time}>
              <rect className={styles.success} x={x} width={width} y={HEIGHT - low} height={low} />
              <rect className={styles.failure} x={x} width={width} y={HEIGHT - low - high} height={high} />
              {/* biome-ignore lint/a11y/noStaticElementInteractions: the keyboard has the time range for it */}
              <rect
                className={styles.target}
                x={x}
                width={width}
                y="0"
                height={HEIGHT}
                onClick={() => onZoom(time, new Date(Date.parse(time) + stepMs).toISOString())}
              >
                <title>{`${TIME.format(Date.parse(time))}: ${NUMBER.format(success + failure)}, ${NUMBER.format(failure)} failed`}</title>
              </rect>
            </g>
          );
        })}
      </svg>
      <div className={styles.ends}>
        <Text size={200}>{TIME.format(start)}</Text>
        <Text size={200}>{TIME.format(start + span)}</Text>
      </div>
      <figcaption className={styles.legend}>
        <Text size={200}>{captionOf(histogram, most)}</Text>
        <Text size={200} aria-hidden>
          <svg className={styles.key} aria-hidden="true">
            <rect className={styles.success} width="10" height="10" />
          </svg>
          done{'  '}
          <svg className={styles.key} aria-hidden="true">
            <rect className={styles.failure} width="10" height="10" />
          </svg>
          failed
        </Text>
      </figcaption>
    </figure>
  );
}

/** What there is at all stays visible. Pixels. */
function heightOf(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(2, (count / most) * (HEIGHT - 4));
}

function captionOf({ stepMs, items }: ActivityHistogram, most: number): string {
  const all = items.reduce((sum, { success, failure }) => sum + success + failure, 0);
  const failed = items.reduce((sum, { failure }) => sum + failure, 0);
  return all === 0
    ? 'No activities.'
    : `${NUMBER.format(all)} activities, ${NUMBER.format(failed)} failed; at most ${NUMBER.format(most)} in ${lengthText(stepMs)}.`;
}
