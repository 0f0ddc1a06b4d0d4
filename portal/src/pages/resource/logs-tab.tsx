import { Text } from '@fluentui/react-components';
import { Link, useParams } from '@tanstack/react-router';
import { useAlertPages } from '../../api/alerts.ts';
import { useResource, useResourceHealth } from '../../api/resources.ts';
import type { Resource, ResourceHealth } from '../../api/schema.ts';
import { Facts } from '../../components/facts.tsx';
import { LogText } from '../../components/log-text.tsx';
import { Loaded, Nothing } from '../../components/message.tsx';
import { Panel } from '../../components/panel.tsx';
import { Settled } from '../../components/settled.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { AlertTable } from '../alerts/alert-table.tsx';
import { isFaulty, LogFaults } from '../health/log-faults.tsx';

const WEAKNESSES = ['SQL.PostgreSQL_WeakAuthentication', 'CosmosDB_KeyAuthentication'];

/** How the logs of a resource fare, and which logins they tell to be weak. */
export function LogsTab() {
  const { id } = useParams({ from: '/shell/resources/$id' });
  return <Loaded query={useResource(id)}>{(resource) => <Logs resource={resource} />}</Loaded>;
}

function Logs({ resource }: { resource: Resource }) {
  const weak = useAlertPages({ resource: resource.id, alertType: WEAKNESSES });
  const alerts = weak.data?.pages[0]?.items ?? [];
  return (
    <Settled>
      <Loaded query={useResourceHealth(resource.id)}>{(health) => <Health health={health} />}</Loaded>
      <Panel title="What its log does not tell">
        <Text>
          <Link to="/resources/add">Paste some lines of it</Link>: Vedette names what detectors miss in them, and the
          statements that mend it.
        </Text>
      </Panel>
      <Panel title="Weak authentication">
        <Loaded query={weak}>
          {() =>
            alerts.length === 0 ? (
              <Nothing title="None was seen">No login without encryption, by trust, or by an account key.</Nothing>
            ) : (
              <AlertTable alerts={alerts} />
            )
          }
        </Loaded>
      </Panel>
    </Settled>
  );
}

function Health({ health }: { health: ResourceHealth }) {
  const { lastEventTime, lastArrivalTime, records, activities, skipped, late, waitingBytes, notices } = health;
  return (
    <>
      <Panel title="How it is read">
        <Facts
          facts={[
            { term: 'Newest record', value: lastEventTime ? <TimeText iso={lastEventTime} /> : 'None yet' },
            { term: 'Came last', value: lastArrivalTime && <TimeText iso={lastArrivalTime} isRelative /> },
            { term: 'Records', value: `${records.toLocaleString()} since the server started` },
            {
              term: 'Of them',
              value: `${activities.toLocaleString()} told something, ${skipped.toLocaleString()} none of our business, ${late.toLocaleString()} late`,
            },
            { term: 'Waiting', value: `${waitingBytes.toLocaleString()} bytes` },
            ...notices.map(({ text }) => ({ term: 'To look at', value: <LogText>{text}</LogText> })),
          ]}
        />
      </Panel>
      {isFaulty(health) && <LogFaults health={health} />}
    </>
  );
}
