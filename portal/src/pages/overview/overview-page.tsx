import { makeStyles } from '@fluentui/react-components';
import { useAlertPages } from '../../api/alerts.ts';
import { useResourcePages } from '../../api/resources.ts';
import { Loaded, Nothing } from '../../components/message.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { Settled } from '../../components/settled.tsx';
import { AccessMap } from './access-map.tsx';
import { FirstDatabase } from './first-database.tsx';
import { Incidents } from './incidents.tsx';
import { NewestAlerts } from './newest-alerts.tsx';
import { OPEN } from './open-alerts.ts';
import { SeverityTiles } from './severity-tiles.tsx';
import { Watch } from './watch.tsx';

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)',
    gap: '16px',
    alignItems: 'start',
    '@media (max-width: 1200px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  side: { display: 'flex', flexDirection: 'column', rowGap: '16px', minWidth: 0 },
});

const NEWEST = 8;

/** What waits for somebody, and whether everything is watched; before the first database, how one is added. */
export function OverviewPage() {
  const resources = useResourcePages('').data?.pages[0]?.items;
  return <Page title="Overview">{resources?.length === 0 ? <FirstDatabase /> : <Watched />}</Page>;
}

function Watched() {
  const styles = useStyles();
  const newest = useAlertPages({ status: [...OPEN] });
  const alerts = (newest.data?.pages[0]?.items ?? []).slice(0, NEWEST);
  return (
    <Settled>
      <SeverityTiles />
      <div className={styles.columns}>
        <Panel title="Newest alerts">
          <Loaded query={newest}>
            {() =>
              alerts.length === 0 ? (
                <Nothing title="Nothing to do">No alert waits for anybody.</Nothing>
              ) : (
                <NewestAlerts alerts={alerts} />
              )
            }
          </Loaded>
        </Panel>
        <div className={styles.side}>
          <Panel title="Incidents">
            <Incidents />
          </Panel>
          <Panel title="Where accesses come from">
            <AccessMap />
          </Panel>
          <Panel title="Resources and logs">
            <Watch />
          </Panel>
        </div>
      </div>
    </Settled>
  );
}
