import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { queryOf } from './alerts.ts';
import type { Answer, AuditEntry } from './schema.ts';
import { send } from './send.ts';

export type AuditVerdict = Answer<'get', '/api/v1/audit-log/verdict'>;
export interface AuditFilter {
  actor: string;
  action: string;
}

const PAGE_SIZE = 100;

export function useAuditPages(filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) =>
      send<{ items: AuditEntry[]; next?: string }>(
        'GET',
        `/api/v1/audit-log?${queryOf({ ...filter, limit: PAGE_SIZE, cursor: pageParam })}`,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

/** Whether the chain of hashes is whole; the server walks through all of it. */
export function useAuditVerdict() {
  return useQuery({
    queryKey: ['audit', 'verdict'],
    queryFn: ({ signal }) => send<AuditVerdict>('GET', '/api/v1/audit-log/verdict', { signal }),
  });
}
