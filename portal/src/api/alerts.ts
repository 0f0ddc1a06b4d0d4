import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AlertDetail, AlertStatus, AlertSummary, Severity } from './schema.ts';
import { send } from './send.ts';

export const SEVERITIES = ['High', 'Medium', 'Low', 'Informational'] as const satisfies readonly Severity[];
export const STATUSES = ['Active', 'InProgress', 'Resolved', 'Dismissed'] as const satisfies readonly AlertStatus[];

/** What the list is narrowed to; the same keys stand in the page's address. */
export interface AlertFilter {
  severity?: Severity[];
  status?: AlertStatus[];
  resource?: string;
  text?: string;
  correlationKey?: string;
}

interface AlertPage {
  items: AlertSummary[];
  next?: string;
}

export interface AlertCount {
  severity: Severity;
  status: AlertStatus;
  count: number;
}

const PAGE_SIZE = 50;

export function useAlertPages(filter: AlertFilter) {
  return useInfiniteQuery({
    queryKey: ['alerts', filter],
    queryFn: ({ pageParam, signal }) =>
      send<AlertPage>('GET', `/api/v1/alerts?${queryOf({ ...filter, limit: PAGE_SIZE, cursor: pageParam })}`, {
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function useAlert(name: string) {
  return useQuery({
    queryKey: ['alert', name],
    queryFn: ({ signal }) => send<AlertDetail>('GET', `/api/v1/alerts/${encodeURIComponent(name)}`, { signal }),
  });
}

export function useAlertCounts(filter: AlertFilter) {
  return useQuery({
    queryKey: ['alerts', 'counts', filter],
    queryFn: ({ signal }) =>
      send<{ items: AlertCount[] }>('GET', `/api/v1/alert-counts?${queryOf({ ...filter })}`, { signal }),
  });
}

export interface StatusDecision {
  name: string;
  etag: string;
  status: AlertStatus;
  reason?: string;
}

/** Changes the status of alerts, one request each, so that each is checked against what the person saw. */
export function useChangeStatus() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (decisions: readonly StatusDecision[]) =>
      Promise.all(
        decisions.map(({ name, etag, ...body }) =>
          send<AlertDetail>('PATCH', `/api/v1/alerts/${encodeURIComponent(name)}`, { body, ifMatch: etag }),
        ),
      ),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['alerts'] }),
        queries.invalidateQueries({ queryKey: ['alert'] }),
      ]),
  });
}

/** Lists with commas between; what is empty is not asked for. */
function queryOf(query: Record<string, string | number | readonly string[] | undefined>): URLSearchParams {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && String(value) !== '');
  return new URLSearchParams(given.map(([key, value]) => [key, String(value)]));
}
