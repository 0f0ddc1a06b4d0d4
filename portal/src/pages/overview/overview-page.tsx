import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import { type AlertCount, SEVERITIES, useAlertCounts, useAlertPages } from '../../api/alerts.ts';
import { Loaded, Nothing } from '../../components/message.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { SeverityMark } from '../../components/severity.tsx';
import { AlertTable } from '../alerts/alert-table.tsx';

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
});

const OPEN = { status: ['Active', 'InProgress'] } as const;
const NEWEST = 8;

export function OverviewPage() {
  const counts = useAlertCounts({ status: [...OPEN.status] });
  const newest = useAlertPages({ status: [...OPEN.status] });
  const alerts = (newest.data?.pages[0]?.items ?? []).slice(0, NEWEST);
  return (
    <Page title="Overview">
      <Loaded query={counts}>{({ items }) => <Tiles counts={items} />}</Loaded>
      <Panel title="Newest alerts">
        <Loaded query={newest}>
          {() =>
            alerts.length === 0 ? (
              <Nothing title="Nothing to do">No alert waits for anybody.</Nothing>
            ) : (
              <AlertTable alerts={alerts} />
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}

function Tiles({ counts }: { counts: readonly AlertCount[] }) {
  const styles = useStyles();
  return (
    <div className={styles.tiles}>
      {SEVERITIES.map((severity) => (
        <Link key={severity} to="/alerts" search={{ severity: [severity] }} className={styles.tile}>
          <Text>
            <SeverityMark severity={severity} /> {severity}
          </Text>
          <span className={styles.number}>{countOf(counts, severity)}</span>
        </Link>
      ))}
    </div>
  );
}

function countOf(counts: readonly AlertCount[], severity: AlertCount['severity']): number {
  return counts.filter((count) => count.severity === severity).reduce((sum, { count }) => sum + count, 0);
}
