import { type AlertFilter, SEVERITIES, STATUSES } from '../../api/alerts.ts';
import type { AlertStatus, Severity } from '../../api/schema.ts';

/** The filter of the alert list as it stands in the page's address: a link shows others the same list. */
export interface AlertSearch {
  severity?: Severity[];
  status?: AlertStatus[];
  resource?: string;
  text?: string;
  /** First and last day, `YYYY-MM-DD`, in the zone of the browser. */
  from?: string;
  to?: string;
  /** Whether alerts of one intrusion stand together. */
  group?: true;
}

/** What a person, or somebody else's link, wrote into the address: only what makes sense is taken. */
export function alertSearch(search: Record<string, unknown>): AlertSearch {
  const severity = known(SEVERITIES, search.severity);
  const status = known(STATUSES, search.status);
  const { resource, text, from, to, group } = search;
  return {
    ...(severity.length > 0 && { severity }),
    ...(status.length > 0 && { status }),
    ...(typeof resource === 'string' && resource !== '' && { resource }),
    ...(typeof text === 'string' && text !== '' && { text }),
    ...(isDay(from) && { from }),
    ...(isDay(to) && { to }),
    ...((group === true || group === 'true') && { group: true as const }),
  };
}

/** Without a choice of status the list shows what is still to be looked at. */
export function filterOf(search: AlertSearch): AlertFilter {
  const { from, to, group: _group, ...others } = search;
  return {
    ...others,
    status: search.status ?? ['Active', 'InProgress'],
    ...(from !== undefined && { from: startOf(from, 0) }),
    ...(to !== undefined && { to: startOf(to, 1) }),
  };
}

function isDay(given: unknown): given is string {
  return typeof given === 'string' && /^\d{4}-\d\d-\d\d$/.test(given) && !Number.isNaN(Date.parse(given));
}

/** The first moment of a day, or of one that comes so many days later, here. */
function startOf(day: string, daysLater: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}

function known<T extends string>(all: readonly T[], given: unknown): T[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  return all.filter((one) => list.includes(one));
}
