import { makeStyles } from '@fluentui/react-components';
import { useHealth } from '../../api/health.ts';
import { Loaded, Nothing } from '../../components/message.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { isFaulty, LogFaults } from './log-faults.tsx';
import { LogSources } from './log-sources.tsx';
import { LogTable } from './log-table.tsx';
import { Notices } from './notices.tsx';

const useStyles = makeStyles({ list: { display: 'flex', flexDirection: 'column', rowGap: '16px' } });

/** Whether records come, are understood, and nothing is lost. */
export function HealthPage() {
  const styles = useStyles();
  const query = useHealth();
  return (
    <Page title="Health" lead="Whether logs arrive, whether they are understood, and what is missing in them.">
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title="No log is read yet">Name one in the configuration, or add a resource.</Nothing>
          ) : (
            <div className={styles.list}>
              <Panel title="To look at">
                <Notices items={items} />
              </Panel>
              {items.filter(isFaulty).map((health) => (
                <LogFaults key={health.resourceKey} health={health} />
              ))}
              <Panel title="Logs of every resource">
                <LogTable items={items} />
              </Panel>
              <Panel title="Where records come from">
                <LogSources items={items} />
              </Panel>
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}
