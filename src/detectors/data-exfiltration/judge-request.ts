import { addHour, HOUR_MS, usualVolume } from '../../baselines/hourly-volume.ts';
import { isLearning } from '../../baselines/learning.ts';
import type { Activity, Id } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import type { Report } from '../detector.ts';
import { exhibitOf, findingOf } from './finding-of.ts';
import type { Readers, RunningHour } from './readers.ts';
import { FACTOR, type Settings } from './settings.ts';

/** Active hours before a principal is judged, within the days of `LEARNING`. */
const MIN_HOURS = 20;
const LEARNING = { minDays: 7, maxDays: 14, minCount: MIN_HOURS };
const MEGABYTE = 1_000_000;

/** Judges what one request adds to the hour of its principal. */
export function judgeRequest(
  access: Activity,
  readers: Readers,
  options: Settings,
  report: Report,
  resource: Resource,
): void {
  const { principal, time } = access;
  if (principal === 0) {
    return; // of nobody there are no habits
  }
  const hour = Math.floor(time / HOUR_MS);
  if (hour !== readers.hourOf(principal)) {
    startHour(readers, principal, time, report, options);
  }
  if (readers.add(principal, access.responseBytes, time)) {
    look(readers, access, report, options, resource);
  }
}

/** Lets the hour that is over join the others, unless it was reported: what was reported teaches nothing. */
function startHour(readers: Readers, principal: Id, time: number, report: Report, options: Settings): void {
  const running = readers.runningHour(principal);
  const hour = Math.floor(time / HOUR_MS);
  if (running !== undefined && hour < running.hour) {
    return; // late: counted to the hour that runs
  }
  if (running?.exhibit !== undefined) {
    settleReader(readers, principal, report);
  } else if (running !== undefined) {
    addHour(running.volume, running.hour, running.sum);
  } else {
    for (const idle of readers.idle()) {
      settleReader(readers, idle, report);
      readers.forget(idle);
    }
  }
  readers.start(principal, time, options.floorMegabytes * MEGABYTE);
}

/** Reports an hour when it passes the threshold, and again when it has doubled; the rest is told by `settleReader`. */
function look(readers: Readers, access: Activity, report: Report, options: Settings, resource: Resource): void {
  const running = readers.runningHour(access.principal)!;
  const threshold = thresholdOf(running, options);
  if (running.sum <= threshold) {
    readers.lookAgainAt(access.principal, threshold);
    return;
  }
  readers.exhibit(access.principal, exhibitOf(access, resource, threshold, running.exhibit));
  readers.lookAgainAt(access.principal, 2 * running.sum);
  report.finding(findingOf(readers.runningHour(access.principal)!));
}

/** Worked out only when an hour has passed the floor: most never do. */
function thresholdOf({ volume, hour }: RunningHour, options: Settings): number {
  const usual = usualVolume(volume, hour);
  const ratio = options.largestHourRatio * FACTOR[options.sensitivity];
  return isLearning(usual.firstTime, usual.hours, hour * HOUR_MS, LEARNING)
    ? Number.POSITIVE_INFINITY
    : Math.max(options.floorMegabytes * MEGABYTE, ratio * usual.largest);
}

/** Brings the alert up to date. A finding of the same hour replaces the earlier one. */
export function settleReader(readers: Readers, principal: Id, report: Report): void {
  const running = readers.runningHour(principal);
  if (running?.exhibit !== undefined) {
    report.finding(findingOf(running));
  }
}
