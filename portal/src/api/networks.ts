import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Body, NamedNetwork } from './schema.ts';
import { send } from './send.ts';

export type NetworkBody = Body<'put', '/api/v1/networks/{name}'>;

export function useNetworks() {
  return useQuery({
    queryKey: ['networks'],
    queryFn: ({ signal }) => send<{ items: NamedNetwork[] }>('GET', '/api/v1/networks', { signal }),
  });
}

export function useSaveNetwork() {
  const queries = useQueryClient();
  return useMutation({
    /** @param etag of what people set before; empty: nothing yet */
    mutationFn: ({ name, etag = '""', body }: { name: string; etag?: string | undefined; body: NetworkBody }) =>
      send<NamedNetwork>('PUT', pathOf(name), { body, ifMatch: etag }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['networks'] }),
  });
}

export function useRemoveNetwork() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ name, etag }: NamedNetwork) =>
      send<undefined>('DELETE', pathOf(name), { ...(etag !== undefined && { ifMatch: etag }) }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['networks'] }),
  });
}

function pathOf(name: string): string {
  return `/api/v1/networks/${encodeURIComponent(name)}`;
}
