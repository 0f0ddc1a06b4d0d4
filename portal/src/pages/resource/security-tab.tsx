import { useParams } from '@tanstack/react-router';
import { useAlertPages } from '../../api/alerts.ts';
import { useOwnSettings, useResource } from '../../api/resources.ts';
import type { Resource } from '../../api/schema.ts';
import { useMay } from '../../api/session.ts';
import { Facts } from '../../components/facts.tsx';
import { LogText } from '../../components/log-text.tsx';
import { Loaded, Nothing } from '../../components/message.tsx';
import { Panel } from '../../components/panel.tsx';
import { ReadOnlyNote } from '../../components/read-only-note.tsx';
import { Settled } from '../../components/settled.tsx';
import { AlertTable } from '../alerts/alert-table.tsx';
import { AdvancedSecurity } from './advanced-security.tsx';

const NEWEST = 10;

/** How a resource is protected, its newest alerts, and what it is called. */
export function SecurityTab() {
  const { id } = useParams({ from: '/shell/resources/$id' });
  return <Loaded query={useResource(id)}>{(resource) => <Security resource={resource} />}</Loaded>;
}

function Security({ resource }: { resource: Resource }) {
  const own = useOwnSettings(resource.id);
  const isAdmin = useMay('Security Admin', resource.id);
  return (
    <Settled>
      {!isAdmin && <ReadOnlyNote needs="Security Admin" what="how it is protected" />}
      <Panel title="Advanced security">
        <Loaded query={own}>
          {(settings) => <AdvancedSecurity resource={resource} own={settings} isReadOnly={!isAdmin} />}
        </Loaded>
      </Panel>
      <Panel title="Newest alerts">
        <NewestAlerts resource={resource} />
      </Panel>
      <Panel title="Identity">
        <Facts
          facts={[
            { term: 'Resource id', value: <LogText>{resource.id}</LogText> },
            { term: 'Subscription', value: <LogText>{resource.subscriptionId}</LogText> },
            { term: 'Resource group', value: <LogText>{resource.resourceGroup}</LogText> },
            { term: 'Location', value: <LogText>{resource.location}</LogText> },
          ]}
        />
      </Panel>
    </Settled>
  );
}

function NewestAlerts({ resource }: { resource: Resource }) {
  const query = useAlertPages({ resource: resource.id });
  const alerts = (query.data?.pages[0]?.items ?? []).slice(0, NEWEST);
  return (
    <Loaded query={query}>
      {() => (alerts.length > 0 ? <AlertTable alerts={alerts} /> : <Nothing title="No alert so far" />)}
    </Loaded>
  );
}
