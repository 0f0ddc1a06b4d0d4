import { z } from 'zod';
import { closeHour, createHourlyVolume, HOUR_MS, usualVolume } from '../../baselines/hourly-volume.ts';
import { isLearning } from '../../baselines/learning.ts';
import { type Activity, ActivityClass, type Id } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { defineDetector, type Report } from '../detector.ts';
import { type Sensitivity, sensitivity } from '../sensitivity.ts';
import { exhibitOf, findingOf, type Reader } from './finding-of.ts';

/** Principals watched at a time; of more, the one idle for longest is forgotten. */
const MAX_PRINCIPALS = 16_384;
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
  floorMegabytes: z
    .number()
    .min(0)
    .default(10)
    .describe('Megabytes an hour below which nothing is unusual.'),
});

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
  createState: () => new Map<Id, Reader>(),

  evaluate(access, readers, options, report, resource) {
    const { principal, time } = access;
    if (principal === 0) {
      return;
    }
    const hour = Math.floor(time / HOUR_MS);
    const reader = readers.get(principal) ?? addReader(readers, principal, time);
    if (hour > reader.volume.hour) {
      startHour(reader, hour, report, options);
    }
    reader.volume.sum += access.responseBytes;
    reader.volume.events++;
    reader.lastTime = Math.max(reader.lastTime, time);
    if (reader.volume.sum > reader.threshold && reader.volume.sum >= 2 * reader.reportedSum) {
      tell(reader, access, report, resource);
    }
  },

  settle(readers, _options, report) {
    for (const reader of readers.values()) {
      settleReader(reader, report);
    }
  },

  hold(readers, holder) {
    for (const principal of readers.keys()) {
      holder.principal(principal);
    }
  },
});

function addReader(readers: Map<Id, Reader>, principal: Id, time: number): Reader {
  if (readers.size >= MAX_PRINCIPALS) {
    const idle = [...readers].reduce((a, b) => (b[1].volume.hour < a[1].volume.hour ? b : a));
    readers.delete(idle[0]);
  }
  const reader: Reader = {
    volume: createHourlyVolume(time),
    threshold: Number.POSITIVE_INFINITY,
    lastTime: time,
    exhibit: undefined,
    reportedSum: 0,
  };
  readers.set(principal, reader);
  return reader;
}

function startHour(reader: Reader, hour: number, report: Report, options: z.output<typeof settings>): void {
  settleReader(reader, report);
  closeHour(reader.volume, hour, reader.exhibit !== undefined);
  reader.exhibit = undefined;
  reader.reportedSum = 0;
  const usual = usualVolume(reader.volume);
  const ratio = options.largestHourRatio * RATIO_FACTOR[options.sensitivity];
  reader.threshold = isLearning(usual.firstTime, usual.hours, hour * HOUR_MS, LEARNING)
    ? Number.POSITIVE_INFINITY
    : Math.max(options.floorMegabytes * MEGABYTE, ratio * usual.largest);
}

/** Reports an hour when it passes the threshold, and again when it has doubled; the rest is told by `settleReader`. */
function tell(reader: Reader, access: Activity, report: Report, resource: Resource): void {
  reader.exhibit = exhibitOf(access, resource);
  reader.reportedSum = reader.volume.sum;
  report.finding(findingOf(reader, reader.exhibit));
}

function settleReader(reader: Reader, report: Report): void {
  if (reader.exhibit !== undefined && reader.volume.sum > reader.reportedSum) {
    reader.reportedSum = reader.volume.sum;
    report.finding(findingOf(reader, reader.exhibit));
  }
}
