import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ResourceHealth } from '../../api/schema.ts';

const useStyles = makeStyles({
  root: { flexGrow: 1 },
  bar: { width: '100%', height: '8px', display: 'block', marginTop: '6px' },
  parsed: { fill: tokens.colorPaletteGreenForeground1 },
  skipped: { fill: tokens.colorNeutralForeground4 },
  rejected: { fill: tokens.colorPaletteRedForeground1 },
  words: { fontSize: tokens.fontSizeBase200 },
  bad: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
});

const NUMBER = new Intl.NumberFormat();

/** Which part of the records was judged, was of no concern, was not understood. */
export function ShareBar({ health }: { health: ResourceHealth }) {
  const styles = useStyles();
  const rejected = health.rejected.reduce((sum, { count }) => sum + count, 0);
  const parts = [
    { kind: 'parsed', count: health.activities },
    { kind: 'skipped', count: health.skipped },
    { kind: 'rejected', count: rejected },
  ] as const;
  const all = Math.max(1, health.activities + health.skipped + rejected);
  let start = 0;
  return (
    <div className={styles.root}>
      <span className={styles.words}>
        {NUMBER.format(health.activities)} judged · {NUMBER.format(health.skipped)} skipped ·{' '}
        <span className={mergeClasses(rejected > 0 && styles.bad)}>{NUMBER.format(rejected)} not understood</span>
      </span>
      <svg className={styles.bar} aria-hidden="true">
        {parts.map(({ kind, count }) => {
          const x = (100 * start) / all;
          start += count;
          return <rect key={kind} className={styles[kind]} x={`${x}%`} width={`${(100 * count) / all}%`} height="8" />;
        })}
      </svg>
    </div>
  );
}
