import { useParams } from '@tanstack/react-router';
import { useAlertPages } from '../../api/alerts.ts';
import { useOwnSettings, useResource } from '../../api/resources.ts';
import type { Resource } from '../../api/schema.ts';
import { Facts } from '../../components/facts.tsx';
import { LogText } from '../../components/log-text.tsx';
import { Loaded, Nothing } from '../../components/message.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { AlertTable } from '../alerts/alert-table.tsx';
import { ENGINES } from '../resources/engines.ts';
import { AdvancedSecurity } from './advanced-security.tsx';

const NEWEST = 10;

export function ResourcePage() {
  const { id } = useParams({ from: '/shell/resources/$id' });
  return <Loaded query={useResource(id)}>{(resource) => <ResourceDetails resource={resource} />}</Loaded>;
}

function ResourceDetails({ resource }: { resource: Resource }) {
  const own = useOwnSettings(resource.id);
  return (
    <Page title={resource.name} trail={[{ label: 'Resources', to: '/resources' }]} lead={ENGINES[resource.engine]}>
      <Panel title="Advanced security">
        <Loaded query={own}>{(settings) => <AdvancedSecurity resource={resource} own={settings} />}</Loaded>
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
    </Page>
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
