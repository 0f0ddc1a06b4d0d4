import { HOUR_MS, usualVolume } from '../../baselines/hourly-volume.ts';
import { isLearning } from '../../baselines/learning.ts';
import type { Id } from '../../model/activity.ts';
import type { BulkReaders } from './bulk-readers.ts';
import { isServerNew } from './clients.ts';
import type { RequestVerdict } from './judge-hour.ts';
import type { Readers } from './readers.ts';
import { FACTOR, type Settings } from './settings.ts';

/** Others who work by hand that must be known: what fewer read says little of the next one. */
const MIN_OTHERS = 3;
const MEGABYTE = 1_000_000;

/**
 * What the running hour says of somebody who works by hand and of whom too little is known yet: it is compared with the
 * others who do. Undefined where there are too few, or where enough is known; a number: from how many bytes on it is to
 * be looked at again. Looks at all readers.
 */
export function judgeNewcomerHour(
  principal: Id,
  readers: Readers,
  people: BulkReaders,
  options: Settings,
): RequestVerdict | number | undefined {
  const { hour, sum, habits } = readers.runningHour(principal);
  const time = hour * HOUR_MS;
  const own = usualVolume(habits.hours, hour);
  if (
    !people.hands.has(principal) ||
    isServerNew(people.clients, time) ||
    !isLearning(own.firstTime, own.hours, time)
  ) {
    return undefined;
  }
  const others = largestHours(principal, readers, people, hour);
  if (others.length < MIN_OTHERS) {
    return undefined;
  }
  const ratio = options.largestHourRatio * FACTOR[options.sensitivity];
  const threshold = Math.max(options.floorMegabytes * MEGABYTE, ratio * Math.max(...others));
  return sum <= threshold
    ? threshold
    : {
        variant: 'newcomer',
        severity: 'Low',
        value: Math.round(sum),
        threshold: Math.round(threshold),
        unit: 'bytes read in an hour',
      };
}

/** Bytes of the largest hours of the others who work by hand and are known. */
function largestHours(principal: Id, readers: Readers, { hands }: BulkReaders, hour: number): number[] {
  const found: number[] = [];
  readers.forEach((other) => {
    if (other === principal || !hands.has(other)) {
      return;
    }
    const { firstTime, hours, largest } = usualVolume(readers.runningHour(other).habits.hours, hour);
    if (!isLearning(firstTime, hours, hour * HOUR_MS)) {
      found.push(largest);
    }
  });
  return found;
}
