import { Spinner, Text } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Resource } from '../../api/schema.ts';
import { send } from '../../api/send.ts';

/** It is looked for this often; milliseconds. */
const LOOK_EVERY_MS = 3000;

/** Says as soon as the server watches a database of that name. */
export function WaitingForResource({ name }: { name: string }) {
  const query = useQuery({
    queryKey: ['resources', 'named', name],
    queryFn: async ({ signal }) => {
      const found = await send<{ items: Resource[] }>('GET', `/api/v1/resources?text=${encodeURIComponent(name)}`, {
        signal,
      });
      return found.items.find((resource) => resource.name.toLowerCase() === name.toLowerCase()) ?? null;
    },
    refetchInterval: ({ state }) => (state.data ? false : LOOK_EVERY_MS),
  });
  return (
    <output>
      {query.data ? (
        <Text weight="semibold">
          {query.data.name} is there.{' '}
          <Link to="/resources/$id" params={{ id: query.data.id }}>
            Look at it
          </Link>
        </Text>
      ) : (
        <Spinner size="tiny" labelPosition="after" label={`Waiting for ${name} to appear`} />
      )}
    </output>
  );
}
