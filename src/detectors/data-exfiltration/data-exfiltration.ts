import { z } from 'zod';
import { addHour, HOUR_MS, usualVolume } from '../../baselines/hourly-volume.ts';
import { isLearning } from '../../baselines/learning.ts';
import { type Activity, ActivityClass, type Id } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { defineDetector, type Report } from '../detector.ts';
import { type Sensitivity, sensitivity } from '../sensitivity.ts';
import { exhibitOf, findingOf } from './finding-of.ts';
import { Readers, type RunningHour } from './readers.ts';

/** Active hours before a principal is judged, within the days of `LEARNING`. */
const MIN_HOURS = 20;
const LEARNING = { minDays: 7, maxDays: 14, minCount: MIN_HOURS };
const RATIO_FACTOR: Record<Sensitivity, number> = { low: 2, medium: 1, high: 0.6 };
const MEGABYTE = 1_000_000;

const settings = z.object({
  sensitivity,
  largestHourRatio: z
    .number()
    .min(1)
    .default(3)
    .describe('Times the largest hour of the last 60 days that an hour must bring to be unusual.'),
  floorMegabytes: z.number().min(0).default(10).describe('Megabytes an hour below which nothing is unusual.'),
});

type Settings = z.output<typeof settings>;

/**
 * A principal reads far more in an hour than in any other hour that is remembered.
 *
 * Cosmos DB only, from the response lengths of its data-plane requests. Blind spots: a slow drip below the largest
 * usual hour; a principal still learning; breadth without volume.
 */
export const dataExfiltration = defineDetector({
  id: 'data-exfiltration',
  title: 'Extraction of an unusual amount of data',
  attack: [{ tactic: 'TA0009', technique: 'T1213.006' }],
  watches: ActivityClass.dataAccess,
  settings,
  stateClasses: { Readers },
  createState: () => new Readers(),

  evaluate(access, readers, options, report, resource) {
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
  },

  settle(readers, _options, report) {
    readers.forEach((principal) => {
      settleReader(readers, principal, report);
    });
  },

  hold(readers, holder) {
    readers.forEach((principal) => {
      holder.principal(principal);
    });
  },
});

/** Lets the hour that is over join the others, unless it was reported: what was reported teaches nothing. */
function startHour(readers: Readers, principal: Id, time: number, report: Report, options: Settings): void {
  const running = readers.runningHour(principal);
  const hour = Math.floor(time / HOUR_MS);
  if (running !== undefined && hour < running.hour) {
    return; // late: counted to the hour that runs
  }
  if (running !== undefined) {
    settleReader(readers, principal, report);
    if (running.exhibit === undefined) {
      addHour(running.volume, running.hour, running.sum);
    }
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
  const ratio = options.largestHourRatio * RATIO_FACTOR[options.sensitivity];
  return isLearning(usual.firstTime, usual.hours, hour * HOUR_MS, LEARNING)
    ? Number.POSITIVE_INFINITY
    : Math.max(options.floorMegabytes * MEGABYTE, ratio * usual.largest);
}

/** Brings the alert up to date. A finding of the same hour replaces the earlier one. */
function settleReader(readers: Readers, principal: Id, report: Report): void {
  const running = readers.runningHour(principal);
  if (running?.exhibit !== undefined) {
    report.finding(findingOf(running));
  }
}
