import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ProtectionSettings, Resource, ResourceHealth } from './schema.ts';
import { readVersioned, send, type Versioned } from './send.ts';

interface ResourcePage {
  items: Resource[];
  next?: string;
}

const PAGE_SIZE = 100;

export function useResourcePages(text: string) {
  return useInfiniteQuery({
    queryKey: ['resources', text],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: String(PAGE_SIZE) });
      if (text !== '') {
        query.set('text', text);
      }
      if (pageParam !== '') {
        query.set('cursor', pageParam);
      }
      return send<ResourcePage>('GET', `/api/v1/resources?${query}`, { signal });
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

export function useResource(id: string) {
  return useQuery({
    queryKey: ['resource', id],
    queryFn: ({ signal }) => send<Resource>('GET', resourcePath(id), { signal }),
  });
}

/** What people set for the resource itself, beside file and policies. */
export function useOwnSettings(id: string) {
  return useQuery({
    queryKey: ['resource', id, 'settings'],
    queryFn: ({ signal }) => readVersioned<ProtectionSettings>(`${resourcePath(id)}/settings`, signal),
  });
}

/** How its logs fare. */
export function useResourceHealth(id: string) {
  return useQuery({
    queryKey: ['resource', id, 'health'],
    queryFn: ({ signal }) => send<ResourceHealth>('GET', `${resourcePath(id)}/health`, { signal }),
  });
}

export function useSaveSettings(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ data, etag }: Versioned<ProtectionSettings>) =>
      send<Resource>('PUT', `${resourcePath(id)}/settings`, { body: data, ifMatch: etag }),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['resource', id] }),
        queries.invalidateQueries({ queryKey: ['resources'] }),
      ]),
  });
}

export function resourcePath(id: string): string {
  return `/api/v1/resources/${encodeURIComponent(id)}`;
}
