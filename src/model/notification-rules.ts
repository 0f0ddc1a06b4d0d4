import type { Severity } from './severity.ts';

/** Which alerts are meant: all that is given must fit, and of a list one entry. Patterns hold `*` for anything. */
export interface AlertMatch {
  severities?: readonly Severity[];
  /** Patterns of alert types, or of ids of detectors. */
  alertTypes?: readonly string[];
  /** Patterns of names, or ids of subscriptions, groups and resources: what is below one is meant, too. */
  resources?: readonly string[];
  /** Tags of the resource with patterns of their values. */
  tags?: Readonly<Record<string, string>>;
}

/** A time in which nobody is told of what is meant, since somebody works on it. */
export interface MaintenanceWindow extends AlertMatch {
  reason: string;
  owner: string;
  /** Once: first moment, and first moment after it. Milliseconds since the epoch. */
  once?: { from: number; to: number };
  weekly?: WeeklyHours;
}

/** Hours of some days of the week, by a clock of the zone; over midnight where `to` is the earlier one. */
export interface WeeklyHours {
  days: readonly Weekday[];
  /** `HH:MM`. */
  from: string;
  to: string;
  /** IANA name. */
  timeZone: string;
}

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
