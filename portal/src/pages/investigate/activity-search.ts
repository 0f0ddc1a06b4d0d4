import type { ActivityField, ActivityQuery } from '../../api/activities.ts';

/** Everything that activities can be narrowed by, in the order in which it is offered. */
export const FIELDS = [
  'activity',
  'outcome',
  'principal',
  'address',
  'country',
  'application',
  'database',
  'container',
  'table',
  'operation',
  'code',
  'reason',
  'place',
  'network',
  'asn',
  'cloud',
  'session',
  'fingerprint',
  'log',
] as const satisfies readonly ActivityField[];

/** Lengths of time up to now, in hours, by the name that stands in the address. */
export const SPANS = { '1h': 1, '24h': 24, '7d': 168, '30d': 720, '90d': 2160 } as const;
export type Span = keyof typeof SPANS;

type Narrowing = { [F in ActivityField | `not.${ActivityField}`]?: string[] };

/** What is looked at, as it stands in the page's address: a link shows others the same. */
export interface ActivitySearch extends Narrowing {
  /** Up to now; absent: between `from` and `to`, or 24 h. */
  last?: Span;
  /** ISO 8601. */
  from?: string;
  to?: string;
  resource?: string;
  text?: string;
  /** Name of the alert around which it looks. */
  alert?: string;
  /** A day, in UTC, of the one principal, which is laid beside its usual ones. */
  day?: string;
}

const MOST_VALUES = 50;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** What a person, or somebody else's link, wrote into the address: only what makes sense is taken. */
export function activitySearch(search: Record<string, unknown>): ActivitySearch {
  const found: ActivitySearch = {};
  for (const field of FIELDS) {
    for (const key of [field, `not.${field}`] as const) {
      const values = valuesOf(search[key]);
      if (values.length > 0) {
        found[key] = values;
      }
    }
  }
  for (const key of ['resource', 'text', 'alert'] as const) {
    const value = search[key];
    if (typeof value === 'string' && value !== '') {
      found[key] = value;
    }
  }
  for (const key of ['from', 'to'] as const) {
    const time = typeof search[key] === 'string' ? Date.parse(search[key]) : Number.NaN;
    if (!Number.isNaN(time)) {
      found[key] = new Date(time).toISOString();
    }
  }
  const { last, day } = search;
  return {
    ...found,
    ...(typeof last === 'string' && Object.hasOwn(SPANS, last) && { last: last as Span }),
    ...(typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) && { day }),
  };
}

/** @param now epoch milliseconds; taken as its minute, so that asking twice asks the same */
export function queryOfSearch(search: ActivitySearch, now: number): ActivityQuery {
  const { last, day: _day, from, to, ...query } = search;
  if (query.alert !== undefined || (last === undefined && from !== undefined)) {
    return { ...query, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  }
  const end = Math.ceil(now / MINUTE_MS) * MINUTE_MS;
  const start = end - SPANS[last ?? '24h'] * HOUR_MS;
  return { ...query, from: new Date(start).toISOString(), to: new Date(end).toISOString() };
}

/** One more value that must be, or must not be. */
export function narrowed(search: ActivitySearch, field: ActivityField, value: string, isNot = false): ActivitySearch {
  const key = isNot ? (`not.${field}` as const) : field;
  const other = isNot ? field : (`not.${field}` as const);
  const next = without(search, other, value);
  return { ...next, [key]: [...new Set([...(next[key] ?? []), value])] };
}

/** Without one of the values. */
export function without(search: ActivitySearch, key: keyof Narrowing, value: string): ActivitySearch {
  const { [key]: values = [], ...rest } = search;
  const left = values.filter((one) => one !== value);
  return left.length === 0 ? (rest as ActivitySearch) : { ...search, [key]: left };
}

/** All values by which it is narrowed, one by one. */
export function conditionsOf(
  search: ActivitySearch,
): { key: keyof Narrowing; field: ActivityField; isNot: boolean; value: string }[] {
  return FIELDS.flatMap((field) =>
    [field, `not.${field}` as const].flatMap((key) =>
      (search[key] ?? []).map((value) => ({ key, field, isNot: key !== field, value })),
    ),
  );
}

function valuesOf(given: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : given === undefined ? [] : [given];
  return list
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map(String)
    .slice(0, MOST_VALUES);
}

/** A query that a link brings along. */
export function sqlSearch({ sql }: Record<string, unknown>): { sql?: string } {
  return typeof sql === 'string' && sql !== '' ? { sql } : {};
}

/** Which hunt is looked at. */
export function huntSearch({ hunt }: Record<string, unknown>): { hunt?: string } {
  return typeof hunt === 'string' && hunt !== '' ? { hunt } : {};
}
