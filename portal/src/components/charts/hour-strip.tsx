import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { hoursText } from './hours-text.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: '2px', width: '240px', maxWidth: '100%' },
  strip: { display: 'grid', gridTemplateColumns: 'repeat(24, minmax(0, 1fr))', columnGap: '1px', height: '12px' },
  hour: { backgroundColor: tokens.colorNeutralBackground5, borderRadius: '1px' },
  usual: { backgroundColor: tokens.colorCompoundBrandBackground },
  words: { fontSize: tokens.fontSizeBase200 },
});

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Hours of a day, as a strip of twenty-four and in words. */
export function HourStrip({ hours }: { hours: readonly number[] }) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <div className={styles.strip} aria-hidden>
        {HOURS.map((hour) => (
          <span key={hour} className={mergeClasses(styles.hour, hours.includes(hour) && styles.usual)} />
        ))}
      </div>
      <span className={styles.words}>{hoursText(hours)}</span>
    </div>
  );
}
