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

type Settings = z.output<typeof settings>;

interface State {
  /** By principal id. */
  readers: (Reader | undefined)[];
  count: number;
}

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
  createState: (): State => ({ readers: [], count: 0 }),

  evaluate(access, state, options, report, resource) {
    const { principal, time } = access;
    const reader = state.readers[principal] ?? addReader(state, principal, time);
    const { volume } = reader;
    const hour = Math.floor(time / HOUR_MS);
    if (hour > volume.hour) {
      startHour(reader, hour, report, options);
    }
    volume.sum += access.responseBytes;
    volume.events++;
    reader.lastTime = Math.max(reader.lastTime, time);
    if (volume.sum > reader.threshold && volume.sum >= 2 * reader.reportedSum) {
      tell(reader, access, report, options, resource);
    }
  },

  settle({ readers }, _options, report) {
    for (const reader of readers) {
      if (reader !== undefined) {
        settleReader(reader, report);
      }
    }
  },

  hold({ readers }, holder) {
    for (const [principal, reader] of readers.entries()) {
      if (reader !== undefined) {
        holder.principal(principal);
      }
    }
  },
});

function addReader(state: State, principal: Id, time: number): Reader {
  if (state.count === MAX_PRINCIPALS) {
    forgetIdle(state);
  }
  while (state.readers.length < principal) {
    state.readers.push(undefined); // no holes: an array without them is faster
  }
  const reader: Reader = {
    volume: createHourlyVolume(time),
    threshold: Number.POSITIVE_INFINITY,
    lastTime: time,
    exhibit: undefined,
    reportedSum: 0,
  };
  state.readers[principal] = reader;
  state.count++;
  return reader;
}

/** Forgets the quarter of the principals that has been idle for longest. */
function forgetIdle(state: State): void {
  const known = [...state.readers.entries()].filter((entry): entry is [Id, Reader] => entry[1] !== undefined);
  known.sort(([a, one], [b, other]) => one.lastTime - other.lastTime || a - b);
  for (const [principal] of known.slice(0, MAX_PRINCIPALS / 4)) {
    state.readers[principal] = undefined;
    state.count--;
  }
}

function startHour(reader: Reader, hour: number, report: Report, options: Settings): void {
  settleReader(reader, report);
  closeHour(reader.volume, hour, reader.exhibit !== undefined);
  reader.exhibit = undefined;
  reader.reportedSum = 0;
  reader.threshold = options.floorMegabytes * MEGABYTE;
}

/** Reports an hour when it passes the threshold, and again when it has doubled; the rest is told by `settleReader`. */
function tell(reader: Reader, access: Activity, report: Report, options: Settings, resource: Resource): void {
  reader.threshold = thresholdOf(reader, options);
  if (reader.volume.sum > reader.threshold) {
    reader.exhibit = exhibitOf(access, resource);
    reader.reportedSum = reader.volume.sum;
    report.finding(findingOf(reader, reader.exhibit));
  }
}

/** Worked out only when an hour has passed the floor: most never do. */
function thresholdOf({ volume }: Reader, options: Settings): number {
  const usual = usualVolume(volume);
  const ratio = options.largestHourRatio * RATIO_FACTOR[options.sensitivity];
  return isLearning(usual.firstTime, usual.hours, volume.hour * HOUR_MS, LEARNING)
    ? Number.POSITIVE_INFINITY
    : Math.max(options.floorMegabytes * MEGABYTE, ratio * usual.largest);
}

function settleReader(reader: Reader, report: Report): void {
  if (reader.exhibit !== undefined && reader.volume.sum > reader.reportedSum) {
    reader.reportedSum = reader.volume.sum;
    report.finding(findingOf(reader, reader.exhibit));
  }
}
