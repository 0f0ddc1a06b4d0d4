import type { Severity } from '../../model/severity.ts';
import type { Notice, Pace } from '../notifier.ts';
import { type QuietHours, quietUntil } from './quiet-hours.ts';

const MINUTE_MS = 60_000;
/** High alerts are told one by one, at most so many in this time; then comes one mail for all. */
export const STORM = { mails: 5, windowMs: 10 * MINUTE_MS } as const;
/** The same for Medium ones, of which the rest waits for a digest. */
export const HOURLY = { mails: 5, windowMs: 60 * MINUTE_MS } as const;

/** Times of the mails that one recipient got lately, milliseconds since the epoch. */
export interface MailHistory {
  single: number[];
  storm: number[];
}

export interface PaceRules {
  timeZone: string;
  quietHours?: QuietHours;
}

/**
 * What one recipient is told now, and what waits. High wakes at once and never floods; Medium is told soon; what is
 * due of the rest is one digest. Notes down what it plans in `history`.
 */
export function paceMails(due: readonly Notice[], time: number, history: MailHistory, rules: PaceRules): Pace {
  forgetOld(history, time);
  const deliveries: Notice[][] = [];
  const held: { id: string; until: number; why: string }[] = [];
  const hold = (notices: readonly Notice[], until: number, why: string) =>
    held.push(...notices.map(({ id }) => ({ id, until, why })));

  const [high, medium, rest] = [['High'], ['Medium'], ['Low', 'Informational']].map((wanted) =>
    due.filter(({ alert }) => wanted.includes(alert.properties.severity)),
  ) as [Notice[], Notice[], Notice[]];

  const singles = high.splice(0, room(history, STORM, time));
  deliveries.push(...singles.map((notice) => [notice]));
  history.single.push(...singles.map(() => time));
  if (high.length > 0 && history.storm.length === 0) {
    deliveries.push(high.splice(0));
    history.storm.push(time);
  }
  hold(high, (history.storm[0] ?? time) + STORM.windowMs, 'waits for the next mail of a storm of alerts');

  const quiet = quietUntil(time, rules.timeZone, rules.quietHours);
  if (quiet !== undefined) {
    hold([...medium, ...rest], quiet, 'waits for the end of the quiet hours');
    return { deliveries, held };
  }
  const late = medium.filter(({ plannedTime }) => time - plannedTime >= HOURLY.windowMs);
  const fresh = medium.filter((notice) => !late.includes(notice));
  const soon = fresh.splice(0, room(history, HOURLY, time));
  deliveries.push(...soon.map((notice) => [notice]));
  history.single.push(...soon.map(() => time));
  hold(fresh, nextDigest(fresh), 'waits for the digest of the hour');
  if (late.length + rest.length > 0) {
    deliveries.push([...late, ...rest]);
  }
  return { deliveries, held };
}

function room({ single }: MailHistory, { mails, windowMs }: typeof STORM | typeof HOURLY, time: number): number {
  return Math.max(0, mails - single.filter((sent) => time - sent < windowMs).length);
}

/** All that wait become due together: an hour after the first of them was to be told. */
function nextDigest(notices: readonly Notice[]): number {
  const oldest = notices.reduce((least, { plannedTime }) => Math.min(least, plannedTime), Number.POSITIVE_INFINITY);
  return oldest + HOURLY.windowMs;
}

function forgetOld(history: MailHistory, time: number): void {
  history.single = history.single.filter((sent) => time - sent < HOURLY.windowMs);
  history.storm = history.storm.filter((sent) => time - sent < STORM.windowMs);
}

/** Severities that never wait for a daily digest. */
export const AT_ONCE: ReadonlySet<Severity> = new Set<Severity>(['High', 'Medium']);
