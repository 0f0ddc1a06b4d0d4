import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { download } from './download.ts';
import { renewAlerts } from './renew-alerts.ts';
import type { AlertComment, AlertDetail, AlertStatus, Answer, Severity } from './schema.ts';
import { send } from './send.ts';

export const SEVERITIES = ['High', 'Medium', 'Low', 'Informational'] as const satisfies readonly Severity[];
export const STATUSES = ['Active', 'InProgress', 'Resolved', 'Dismissed'] as const satisfies readonly AlertStatus[];

/** What the list is narrowed to; the same keys stand in the page's address. */
export interface AlertFilter {
  severity?: Severity[];
  status?: AlertStatus[];
  resource?: string;
  alertType?: readonly string[];
  text?: string;
  correlationKey?: string;
  isIncident?: boolean;
  from?: string;
  to?: string;
}

type Revealed = Answer<'post', '/api/v1/alerts/{name}/reveal'>;
export type RevealedLine = Revealed['items'][number];
export type AlertPage = Answer<'get', '/api/v1/alerts'>;
type AlertCounts = Answer<'get', '/api/v1/alert-counts'>;
export type AlertCount = AlertCounts['items'][number];
type StatusOutcome = Answer<'post', '/api/v1/alert-status-changes'>['items'][number];

/** Alerts of one page of a list. */
export const PAGE_SIZE = 50;
/** Alerts that the server changes at once. */
const MOST_CHANGED = 200;

/** The stream of alerts keeps the list up to date, however long it is: coming back to it asks nobody. */
export function useAlertPages(filter: AlertFilter) {
  return useInfiniteQuery({
    queryKey: ['alerts', 'list', filter],
    queryFn: ({ pageParam, signal }) => readAlertPage(filter, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function readAlertPage(filter: AlertFilter, cursor: string, signal?: AbortSignal): Promise<AlertPage> {
  const query = queryOf({ ...filter, limit: PAGE_SIZE, cursor });
  return send<AlertPage>('GET', `/api/v1/alerts?${query}`, { ...(signal !== undefined && { signal }) });
}

/** Where all alerts that fit are got as a table. */
export function exportPath(filter: AlertFilter): string {
  return `/api/v1/alert-export?${queryOf({ ...filter })}`;
}

/** Changes the status of many alerts; the stream tells the lists. Tells of each that did not change, why. */
export function useChangeStatuses() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ names, ...change }: { names: readonly string[]; status: AlertStatus; reason?: string }) => {
      const outcomes: StatusOutcome[] = [];
      for (let at = 0; at < names.length; at += MOST_CHANGED) {
        const body = { ...change, names: names.slice(at, at + MOST_CHANGED) };
        const { items } = await send<{ items: StatusOutcome[] }>('POST', '/api/v1/alert-status-changes', { body });
        outcomes.push(...items);
      }
      return outcomes.filter(({ outcome }) => outcome !== 'changed' && outcome !== 'unchanged');
    },
    onSettled: () => renewAlerts(queries, new Map()),
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
    onSettled: (changed) => renewAlerts(queries, new Map(changed?.map((alert) => [alert.name, alert]))),
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

/** The log records with their literals; who asked, and why, is audited. */
export function useReveal(name: string) {
  return useMutation({
    mutationFn: (reason: string) => send<Revealed>('POST', `${pathOf(name)}/reveal`, { body: { reason } }),
  });
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
