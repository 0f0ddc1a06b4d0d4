import type { Severity } from '../model/severity.ts';
import type { Notice, Pace } from './notifier.ts';
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

/** The history of messages that were sent: those of one moment were one mail. */
export function historyOf(sentTimes: readonly number[]): MailHistory {
  const byTime = Map.groupBy(sentTimes, (time) => time);
  const times = [...byTime].map(([time, { length }]) => ({ time, isSingle: length === 1 }));
  return {
    single: times.filter(({ isSingle }) => isSingle).map(({ time }) => time),
    storm: times.filter(({ isSingle }) => !isSingle).map(({ time }) => time),
  };
}

export interface PaceRules {
  timeZone: string;
  quietHours?: QuietHours;
}

/**
 * What one recipient is told now, and what waits. High wakes at once and never floods; Medium is told soon; what is
 * due of the rest is one digest. Only mails that were really sent count: see `noteSent`.
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

  // those that were held belong together: told one by one they would be the flood all over again
  const isBacklog = high.some(({ plannedTime }) => time - plannedTime >= STORM.windowMs);
  const left = room(history, STORM, time);
  const singles = isBacklog && high.length > left ? [] : high.splice(0, left);
  deliveries.push(...singles.map((notice) => [notice]));
  if (high.length > 0 && history.storm.length === 0) {
    deliveries.push(high.splice(0));
  }
  hold(high, (history.storm[0] ?? time) + STORM.windowMs, 'waits for the next mail of a storm of alerts');

  const quiet = quietUntil(time, rules.timeZone, rules.quietHours);
  if (quiet !== undefined) {
    hold([...medium, ...rest], quiet, 'waits for the end of the quiet hours');
    return { deliveries, held };
  }
  const late = medium.filter(({ plannedTime }) => time - plannedTime >= HOURLY.windowMs);
  const fresh = medium.filter((notice) => !late.includes(notice));
  const soon = fresh.splice(0, Math.max(0, room(history, HOURLY, time) - singles.length));
  deliveries.push(...soon.map((notice) => [notice]));
  hold(fresh, nextDigest(fresh), 'waits for the digest of the hour');
  if (late.length + rest.length > 0) {
    deliveries.push([...late, ...rest]);
  }
  return { deliveries, held };
}

/** Notes down a mail that was sent: of one alert, or of many. */
export function noteSent(history: MailHistory, notices: readonly Notice[], time: number): void {
  if (notices.length === 1) {
    history.single.push(time);
  } else if (notices.some(({ alert }) => alert.properties.severity === 'High')) {
    history.storm.push(time);
  }
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
