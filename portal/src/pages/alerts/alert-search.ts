import { type AlertFilter, SEVERITIES, STATUSES } from '../../api/alerts.ts';
import type { AlertStatus, Severity } from '../../api/schema.ts';

/** The filter of the alert list as it stands in the page's address: a link shows others the same list. */
export interface AlertSearch {
  severity?: Severity[];
  status?: AlertStatus[];
  resource?: string;
  text?: string;
}

/** What a person, or somebody else's link, wrote into the address: only what makes sense is taken. */
export function alertSearch(search: Record<string, unknown>): AlertSearch {
  const severity = known(SEVERITIES, search.severity);
  const status = known(STATUSES, search.status);
  const { resource, text } = search;
  return {
    ...(severity.length > 0 && { severity }),
    ...(status.length > 0 && { status }),
    ...(typeof resource === 'string' && resource !== '' && { resource }),
    ...(typeof text === 'string' && text !== '' && { text }),
  };
}

/** Without a choice of status the list shows what is still to be looked at. */
export function filterOf(search: AlertSearch): AlertFilter {
  return { ...search, status: search.status ?? ['Active', 'InProgress'] };
}

function known<T extends string>(all: readonly T[], given: unknown): T[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  return all.filter((one) => list.includes(one));
}
