import { makeStyles, Text, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  root: { margin: 0, display: 'flex', flexDirection: 'column', rowGap: '4px' },
  chart: { width: '100%', height: '130px', display: 'block', overflow: 'visible' },
  seen: { fill: tokens.colorCompoundBrandBackground },
  beyond: { fill: tokens.colorPaletteRedForeground1 },
  most: { stroke: tokens.colorNeutralForeground3, strokeWidth: 1, strokeDasharray: '3 2' },
  mean: { stroke: tokens.colorPaletteGreenForeground1, strokeWidth: 3 },
  axis: { stroke: tokens.colorNeutralStroke1 },
  label: { fill: tokens.colorNeutralForeground3, fontSize: '11px' },
});

const HEIGHT = 110;
const TICKS = [0, 6, 12, 18] as const;
const SHOWN_HOURS = 4;

interface Hour {
  count: number;
  usualMean: number;
  usualMost: number;
}

/** The hours of a day (UTC): bars for what was, a green line for the mean of other days, a dashed one for their most. */
export function HoursChart({ hours, what }: { hours: readonly Hour[]; what: string }) {
  const styles = useStyles();
  const top = Math.max(1, ...hours.flatMap(({ count, usualMost }) => [count, usualMost]));
  const y = (value: number) => HEIGHT - (value / top) * (HEIGHT - 6);
  return (
    <figure className={styles.root}>
      <svg className={styles.chart} aria-hidden="true">
        <line className={styles.axis} x1="0" x2="100%" y1={HEIGHT} y2={HEIGHT} />
        {hours.map(({ count, usualMean, usualMost }, hour) => {
          const [left, right] = [`${(100 * (hour + 0.1)) / 24}%`, `${(100 * (hour + 0.9)) / 24}%`];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
            <g key={hour}>
              <rect
                className={count > usualMost ? styles.beyond : styles.seen}
                x={left}
                width={`${80 / 24}%`}
                y={y(count)}
                height={HEIGHT - y(count)}
              />
              {usualMost > 0 && (
                <line className={styles.most} x1={left} x2={right} y1={y(usualMost)} y2={y(usualMost)} />
              )}
              {usualMean > 0 && (
                <line className={styles.mean} x1={left} x2={right} y1={y(usualMean)} y2={y(usualMean)} />
              )}
            </g>
          );
        })}
        {TICKS.map((hour) => (
          <text key={hour} className={styles.label} x={`${(100 * hour) / 24}%`} y={HEIGHT + 14}>
            {String(hour).padStart(2, '0')}:00
          </text>
        ))}
      </svg>
      <figcaption>
        <Text size={200}>
          Bars: that day, red where it was more than ever. Green: the mean of usual days; dashed: their most.{' '}
          {told(hours, what)}
        </Text>
      </figcaption>
    </figure>
  );
}

/** The hours that stand out, in words. */
function told(hours: readonly Hour[], what: string): string {
  const beyond = hours
    .map((hour, at) => ({ ...hour, at }))
    .filter(({ count, usualMost }) => count > usualMost)
    .sort((a, b) => b.count - a.count);
  if (beyond.length === 0) {
    return 'No hour had more than ever.';
  }
  const some = beyond
    .slice(0, SHOWN_HOURS)
    .map(
      ({ at, count, usualMost }) =>
        `${String(at).padStart(2, '0')}:00 UTC, ${count.toLocaleString()} (most before: ${usualMost.toLocaleString()})`,
    );
  return `More ${what} than ever at ${some.join('; ')}.`;
}
