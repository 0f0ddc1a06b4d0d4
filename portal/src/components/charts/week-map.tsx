import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { WEEKDAYS, weekWords } from './week-words.ts';

const useStyles = makeStyles({
  root: { margin: 0, display: 'flex', flexDirection: 'column', rowGap: '6px' },
  grid: {
    display: 'grid',
    gridTemplateColumns: '32px repeat(24, minmax(0, 1fr))',
    gap: '2px',
    fontSize: tokens.fontSizeBase100,
    color: tokens.colorNeutralForeground3,
  },
  hour: { height: '16px', borderRadius: '2px', backgroundColor: tokens.colorNeutralBackground4, position: 'relative' },
  /** How dark: a fill of its own, so that the frame stays. */
  fill: { position: 'absolute', inset: 0, borderRadius: '2px', backgroundColor: tokens.colorCompoundBrandBackground },
  some: { opacity: 0.3 },
  more: { opacity: 0.6 },
  most: { opacity: 1 },
  seen: { outline: `2px solid ${tokens.colorPaletteRedForeground1}`, zIndex: 1 },
  tick: { overflow: 'visible', whiteSpace: 'nowrap' },
});

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const LEVELS = ['some', 'more', 'most'] as const;
const TICK_HOURS = 6;

interface Props {
  /** Activities in each hour of the week: 168, from Monday at midnight on, UTC. */
  week: readonly number[];
  /** Hours of the week in which it happened. */
  seen: readonly number[];
}

/** When somebody is usually active, hour by hour of the week, and when it happened; the caption says it in words. */
export function WeekMap({ week, seen }: Props) {
  const styles = useStyles();
  const most = Math.max(1, ...week);
  return (
    <figure className={styles.root}>
      <div className={styles.grid} aria-hidden>
        <span />
        {HOURS.map((hour) => (
          <span key={hour} className={styles.tick}>
            {hour % TICK_HOURS === 0 && `${String(hour).padStart(2, '0')}:00`}
          </span>
        ))}
        {WEEKDAYS.map((day, row) => [
          <span key={day}>{day.slice(0, 3)}</span>,
          ...HOURS.map((hour) => {
            const at = row * 24 + hour;
            const level = levelOf(week[at] ?? 0, most);
            return (
              <span key={`${day} ${hour}`} className={mergeClasses(styles.hour, seen.includes(at) && styles.seen)}>
                {level !== undefined && <span className={mergeClasses(styles.fill, styles[level])} />}
              </span>
            );
          }),
        ])}
      </div>
      <figcaption>
        <Text size={200}>
          The stronger the color, the more activities in the four weeks before (UTC). Framed in red: when it happened.{' '}
          {weekWords(week, seen)}
        </Text>
      </figcaption>
    </figure>
  );
}

/** By orders of magnitude: a night with one request is told from one with none. */
function levelOf(count: number, most: number): (typeof LEVELS)[number] | undefined {
  const share = Math.log1p(count) / Math.log1p(most);
  return count === 0 ? undefined : LEVELS[Math.min(2, Math.floor(3 * share))];
}
