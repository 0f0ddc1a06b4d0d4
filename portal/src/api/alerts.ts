import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { download } from './download.ts';
import type { AlertComment, AlertDetail, AlertStatus, Answer, Severity } from './schema.ts';
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
  isIncident?: boolean;
  from?: string;
  to?: string;
}

type AlertPage = Answer<'get', '/api/v1/alerts'>;
type AlertCounts = Answer<'get', '/api/v1/alert-counts'>;
export type AlertCount = AlertCounts['items'][number];

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
    queryFn: ({ signal }) => send<AlertDetail>('GET', pathOf(name), { signal }),
  });
}

export function useAlertCounts(filter: AlertFilter) {
  return useQuery({
    queryKey: ['alerts', 'counts', filter],
    queryFn: ({ signal }) => send<AlertCounts>('GET', `/api/v1/alert-counts?${queryOf({ ...filter })}`, { signal }),
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
        decisions.map(({ name, etag, ...body }) => send<AlertDetail>('PATCH', pathOf(name), { body, ifMatch: etag })),
      ),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['alerts'] }),
        queries.invalidateQueries({ queryKey: ['alert'] }),
      ]),
  });
}

/** What people wrote to each other about an alert, and how its status changed. */
export function useComments(name: string) {
  return useQuery({
    queryKey: ['alert', name, 'comments'],
    queryFn: ({ signal }) => send<{ items: AlertComment[] }>('GET', `${pathOf(name)}/comments`, { signal }),
  });
}

export function useStatusHistory(name: string) {
  return useQuery({
    queryKey: ['alert', name, 'history'],
    queryFn: ({ signal }) =>
      send<Answer<'get', '/api/v1/alerts/{name}/history'>>('GET', `${pathOf(name)}/history`, { signal }),
  });
}

export function useAddComment(name: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => send<AlertComment>('POST', `${pathOf(name)}/comments`, { body: { text } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['alert', name, 'comments'] }),
  });
}

/** A signed package of the alert, its records and what surrounds them, which the browser keeps. */
export function useEvidenceFile(name: string) {
  return useMutation({ mutationFn: () => download('POST', `${pathOf(name)}/evidence`, `vedette-${name}.zip`) });
}

function pathOf(name: string): string {
  return `/api/v1/alerts/${encodeURIComponent(name)}`;
}

/** Lists with commas between; what is empty is not asked for. */
export function queryOf(
  query: Record<string, string | number | boolean | readonly string[] | undefined>,
): URLSearchParams {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && String(value) !== '');
  return new URLSearchParams(given.map(([key, value]) => [key, String(value)]));
}
