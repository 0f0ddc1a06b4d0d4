import { Outlet, useParams } from '@tanstack/react-router';
import { useResource } from '../../api/resources.ts';
import { Loaded } from '../../components/message.tsx';
import { Page } from '../../components/page.tsx';
import { TabLinks } from '../../components/tab-links.tsx';
import { ENGINES } from '../resources/engines.ts';

/** One resource: how it is protected, what is usual on it, how its logs fare. */
export function ResourcePage() {
  const params = useParams({ from: '/shell/resources/$id' });
  return (
    <Loaded query={useResource(params.id)}>
      {(resource) => (
        <Page title={resource.name} trail={[{ label: 'Resources', to: '/resources' }]} lead={ENGINES[resource.engine]}>
          <TabLinks
            label="Resource"
            tabs={[
              { label: 'Advanced security', to: '/resources/$id', params },
              { label: 'What is normal here', to: '/resources/$id/normal', params },
              { label: 'Logs', to: '/resources/$id/logs', params },
            ]}
          />
          <Outlet />
        </Page>
      )}
    </Loaded>
  );
}
