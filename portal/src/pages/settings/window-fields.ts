import type { MaintenanceWindow, NewWindow } from '../../api/notifications.ts';

const HOUR_MS = 3_600_000;
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A maintenance window while it is written. */
export interface WindowFields {
  reason: string;
  owner: string;
  /** Patterns of resources, one a line; empty: all. */
  resources: string;
  isWeekly: boolean;
  once: { from: string; to: string };
  weekly: { days: Weekday[]; from: string; to: string; timeZone: string };
}

/** @param now milliseconds */
export function fieldsOfWindow(window: MaintenanceWindow | undefined, owner: string, now: number): WindowFields {
  return {
    reason: window?.reason ?? '',
    owner: window?.owner ?? owner,
    resources: (window?.resources ?? []).join('\n'),
    isWeekly: window?.weekly !== undefined,
    once: window?.once ?? { from: new Date(now).toISOString(), to: new Date(now + 2 * HOUR_MS).toISOString() },
    weekly: window?.weekly ?? { days: ['sunday'], from: '02:00', to: '04:00', timeZone: ZONE },
  };
}

/** What is to be saved; undefined while something is missing. What the fields do not show of a window stays. */
export function windowOf(fields: WindowFields, before?: MaintenanceWindow): NewWindow | undefined {
  const { isWeekly, once, weekly } = fields;
  const [reason, owner] = [fields.reason.trim(), fields.owner.trim()];
  const resources = fields.resources.split('\n').flatMap((line) => line.trim() || []);
  const isWhole = isWeekly ? weekly.days.length > 0 && weekly.from !== '' && weekly.to !== '' : once.from < once.to;
  if (reason === '' || owner === '' || !isWhole) {
    return undefined;
  }
  const { severities, alertTypes, tags } = before ?? {};
  return {
    ...(severities && { severities }),
    ...(alertTypes && { alertTypes }),
    ...(tags && { tags }),
    ...(resources.length > 0 && { resources }),
    reason,
    owner,
    ...(isWeekly ? { weekly } : { once }),
  };
}
