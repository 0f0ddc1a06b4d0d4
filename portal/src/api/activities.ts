import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Answer, paths } from './schema.ts';
import { send } from './send.ts';

type Query = NonNullable<paths['/api/v1/activity-histogram']['get']['parameters']['query']>;

/** What activities can be narrowed by. */
export type ActivityField = Exclude<keyof Query, 'from' | 'to' | 'resource' | 'text' | 'alert' | `not.${string}`>;
/** Which activities are asked for: each field by its name, or `not.` and its name. */
export type ActivityQuery = Query;

type ActivityPage = Answer<'get', '/api/v1/activities'>;
type Histogram = Answer<'get', '/api/v1/activity-histogram'>;
type Facets = Answer<'get', '/api/v1/activity-facets'>;
type Day = Answer<'get', '/api/v1/activity-day'>;
type Session = Answer<'get', '/api/v1/activity-session'>;
export type Activity = ActivityPage['items'][number];
export type ActivityHistogram = Histogram;
export type ActivityFacet = Facets['items'][number];
export type ActivityDay = Day;

const PAGE_SIZE = 100;

/** The newest first. */
export function useActivityPages(query: ActivityQuery) {
  return useInfiniteQuery({
    queryKey: ['activities', query],
    queryFn: ({ pageParam, signal }) => {
      const page = { ...query, limit: String(PAGE_SIZE), cursor: pageParam };
      return send<ActivityPage>('GET', `/api/v1/activities?${activityParams(page)}`, { signal });
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}

/** The newest of them; nothing is asked while it is not enabled. */
export function useActivities(query: ActivityQuery, limit: number, enabled: boolean) {
  return useQuery({
    queryKey: ['activities', 'newest', query, limit],
    queryFn: ({ signal }) =>
      send<ActivityPage>('GET', `/api/v1/activities?${activityParams({ ...query, limit: String(limit) })}`, { signal }),
    enabled,
  });
}

export function useActivityHistogram(query: ActivityQuery) {
  return useQuery({
    queryKey: ['activities', 'histogram', query],
    queryFn: ({ signal }) => send<Histogram>('GET', `/api/v1/activity-histogram?${activityParams(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useActivityFacets(query: ActivityQuery, fields: readonly ActivityField[]) {
  return useQuery({
    queryKey: ['activities', 'facets', query, fields],
    queryFn: ({ signal }) =>
      send<Facets>('GET', `/api/v1/activity-facets?${activityParams(query)}&field=${fields.join()}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** A day of somebody beside the four weeks before. `day` is a date in UTC: `2026-11-18`. */
export function useActivityDay(query: ActivityQuery, day: string) {
  return useQuery({
    queryKey: ['activities', 'day', query, day],
    queryFn: ({ signal }) => send<Day>('GET', `/api/v1/activity-day?${activityParams(query)}&day=${day}`, { signal }),
  });
}

/** One session, oldest activity first. */
export function useActivitySession(query: { resource: string; session: string; from?: string; to?: string }) {
  return useQuery({
    queryKey: ['activities', 'session', query],
    queryFn: ({ signal }) => send<Session>('GET', `/api/v1/activity-session?${activityParams(query)}`, { signal }),
  });
}

/** Several values of a field stand one by one: a comma may be part of a name. An empty value stands for none. */
export function activityParams(query: Readonly<Record<string, string | readonly string[] | undefined>>) {
  const params = new URLSearchParams();
  for (const [key, given] of Object.entries(query)) {
    const isOne = typeof given === 'string';
    for (const value of isOne ? [given] : (given ?? [])) {
      if (!isOne || value !== '') {
        params.append(key, value);
      }
    }
  }
  return params;
}
