import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import { type AlertCount, SEVERITIES, useAlertCounts } from '../../api/alerts.ts';
import { Loaded } from '../../components/message.tsx';
import { SeverityMark } from '../../components/severity.tsx';
import { useNow } from '../../components/use-now.ts';
import { OPEN } from './open-alerts.ts';
import { trendWords } from './trend-words.ts';

const useStyles = makeStyles({
  tiles: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))', gap: '12px' },
  tile: {
    padding: '16px',
    display: 'flex',
    flexDirection: 'column',
    rowGap: '4px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  number: {
    fontSize: tokens.fontSizeHero800,
    lineHeight: tokens.lineHeightHero800,
    fontWeight: tokens.fontWeightSemibold,
  },
  trend: { color: tokens.colorNeutralForeground3 },
});

const WEEK_MS = 7 * 86_400_000;
const HOUR_MS = 3_600_000;

/** How many alerts wait for somebody, by severity, and whether there come more or fewer than the week before. */
export function SeverityTiles() {
  const styles = useStyles();
  const hour = Math.floor(useNow() / HOUR_MS) * HOUR_MS;
  const iso = (time: number) => new Date(time).toISOString();
  const open = useAlertCounts({ status: [...OPEN] });
  const week = useAlertCounts({ from: iso(hour - WEEK_MS) });
  const before = useAlertCounts({ from: iso(hour - 2 * WEEK_MS), to: iso(hour - WEEK_MS) });
  return (
    <Loaded query={open}>
      {({ items }) => (
        <div className={styles.tiles}>
          {SEVERITIES.map((severity) => (
            <Link key={severity} to="/alerts" search={{ severity: [severity] }} className={styles.tile}>
              <Text>
                <SeverityMark severity={severity} /> {severity}
              </Text>
              <span className={styles.number}>{countOf(items, severity).toLocaleString()}</span>
              <Text size={200} className={styles.trend}>
                {week.data === undefined || before.data === undefined
                  ? ' '
                  : trendWords(countOf(week.data.items, severity), countOf(before.data.items, severity))}
              </Text>
            </Link>
          ))}
        </div>
      )}
    </Loaded>
  );
}

function countOf(counts: readonly AlertCount[], severity: AlertCount['severity']): number {
  return counts.filter((count) => count.severity === severity).reduce((sum, { count }) => sum + count, 0);
}
