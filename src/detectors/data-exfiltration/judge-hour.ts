import { peakOf, usualPeaks } from '../../baselines/daily-peaks.ts';
import { HOUR_MS, usualVolume } from '../../baselines/hourly-volume.ts';
import { isLearning } from '../../baselines/learning.ts';
import { unusualVolume } from '../../baselines/seasonal-volume.ts';
import type { Severity } from '../../model/severity.ts';
import type { Circumstances } from './bulk-run.ts';
import type { ReadHabits, RunningHour } from './read-habits.ts';
import { FACTOR, type Settings } from './settings.ts';

/** Times the largest hour, from a new place, and with something else that is unusual. */
const NEW_PLACE_RATIO = 1;
const ODD_RATIO = 1.5;
/** Of fewer hours the largest says too little: one in so many exceeds all before by chance. */
const MIN_HOURS = 10;
/** Containers that are new to a service within an hour: its code says what it reads. */
const SERVICE_CONTAINERS = 3;
/** Share of the floor below which it matters to nobody how many containers were looked at. */
const LOOK_SHARE = 0.1;
/** A day that brings so many times the largest one, and so many floors, is a drip. */
const DAY_RATIO = 2.5;
const DAY_FLOORS = 3;
/** So many times the largest day is more than a busy hour, if one hour brought it all. */
const BUSY_RATIO = 10;
/** Days that must be known. */
const MIN_DAYS = 5;
/** Share of that floor which is enough for a service, whose every hour is known, once so many days are. */
const SERVICE_SHARE = 0.1;
const SERVICE_DAYS = 10;
const DELAYED_DAYS = 3;
/** Width of a bin of `HourlyVolume`. */
const BIN = 2 ** 0.25;
const MEGABYTE = 1_000_000;

export type RequestVariant =
  | 'volume'
  | 'unusual client'
  | 'off hours'
  | 'breadth of containers'
  | 'slow drip'
  | 'newcomer';

export interface RequestVerdict {
  variant: RequestVariant;
  severity: Severity;
  value: number;
  threshold: number;
  unit: string;
}

/** What the running hour says beside what is usual; or from how many bytes on it is to be looked at again. */
export function judgeHour(
  running: RunningHour,
  circumstances: Circumstances,
  isService: boolean,
  isLate: boolean,
  options: Settings,
): RequestVerdict | number {
  const { sum, fresh } = running;
  const floor = options.floorMegabytes * MEGABYTE;
  const bars = barsOf(running, options, floor);
  if (bars === undefined) {
    return Number.POSITIVE_INFINITY;
  }
  if (isLate && sum <= bars.volume) {
    return bars.volume; // it was read in another hour than the one that it is counted to
  }
  const variant = variantOf(sum, bars, circumstances);
  if (variant !== undefined) {
    const severity = severityOf(variant.variant, circumstances, sum > bars.volume);
    return { ...variant, severity, value: Math.round(sum), unit: 'bytes read in an hour' };
  }
  const wide = Math.ceil(
    (isService ? Math.min(SERVICE_CONTAINERS, options.newTableCount) : options.newTableCount) *
      FACTOR[options.sensitivity],
  );
  if (fresh.size >= wide && sum >= LOOK_SHARE * floor) {
    return {
      variant: 'breadth of containers',
      severity: severityOf('breadth of containers', circumstances, false),
      value: fresh.size,
      threshold: wide,
      unit: 'containers queried for the first time',
    };
  }
  const next = [bars.volume, bars.season, bars.newPlace, bars.odd].filter((bar) => bar > sum);
  return Math.min(...next, fresh.size >= wide ? LOOK_SHARE * floor : Number.POSITIVE_INFINITY);
}

/** Bytes an hour from which it is unusual, in different circumstances. */
interface Bars {
  volume: number;
  season: number;
  newPlace: number;
  odd: number;
}

/** Worked out only when an hour has passed the floor: most never do. Undefined while the principal is learning. */
function barsOf({ habits, hour }: RunningHour, options: Settings, floor: number): Bars | undefined {
  const usual = usualVolume(habits.hours, hour);
  if (isLearning(usual.firstTime, usual.hours, hour * HOUR_MS)) {
    return undefined;
  }
  const factor = FACTOR[options.sensitivity];
  const ratio = options.largestHourRatio * factor;
  const largest = largestHour(habits, hour, usual.largest);
  const oddRatios = usual.hours < MIN_HOURS ? [ratio, ratio] : [NEW_PLACE_RATIO * factor, ODD_RATIO * factor];
  const [newPlace, odd] = oddRatios.map((times) => Math.max(floor, times * largest)) as [number, number];
  const season = unusualVolume(habits.season, hour, options.yearlyFalseAlarmCount / factor);
  return {
    volume: Math.max(floor, ratio * largest),
    season:
      season === undefined
        ? Number.POSITIVE_INFINITY
        : Math.max(floor, season.unusual, ratio * season.usual, habits.hours.pinned),
    newPlace,
    odd,
  };
}

/** Who grows a little each hour does not teach himself in within a week. `largest` is the upper edge of its bin. */
function largestHour({ hourPeaks }: ReadHabits, hour: number, largest: number): number {
  const delayed = usualPeaks(hourPeaks, hour * HOUR_MS);
  return delayed.days < DELAYED_DAYS ? largest : Math.min(largest, BIN * delayed.largest);
}

function variantOf(
  sum: number,
  bars: Bars,
  { isNewPlace, isNewApplication, isOffHours }: Circumstances,
): Pick<RequestVerdict, 'variant' | 'threshold'> | undefined {
  if (isNewPlace && sum > bars.newPlace) {
    return { variant: 'unusual client', threshold: Math.round(bars.newPlace) };
  }
  if (sum > bars.volume) {
    return { variant: 'volume', threshold: Math.round(bars.volume) };
  }
  if ((isNewApplication || isOffHours) && sum > bars.odd) {
    return { variant: isNewApplication ? 'unusual client' : 'off hours', threshold: Math.round(bars.odd) };
  }
  return sum > bars.season ? { variant: 'volume', threshold: Math.round(bars.season) } : undefined;
}

/** Far more than ever is Medium, as what comes from a new place; what is only odd is Low. Two oddities beside it wake somebody. */
function severityOf(
  variant: RequestVariant,
  { isNewPlace, isNewApplication, isOffHours }: Circumstances,
  isLarge: boolean,
): Severity {
  const others = [isNewApplication, isOffHours].filter(Boolean).length;
  if (isNewPlace && variant !== 'breadth of containers') {
    return others > 0 ? 'High' : 'Medium';
  }
  return isLarge || others > 1 ? 'Medium' : 'Low';
}

/** Bytes up to which a day is of no interest, whatever is usual. */
export function dayFloorOf({ floorMegabytes }: Settings, isService: boolean): number {
  return DAY_FLOORS * floorMegabytes * MEGABYTE * (isService ? SERVICE_SHARE : 1);
}

/**
 * What the day in hand says, which has passed its floor, hour by hour within what is usual; undefined for nothing.
 * `hasNewClient`: whether the principal came from a new place or with a new application that day; asked rarely.
 */
export function judgeDay(
  { habits, day, hour }: RunningHour,
  isService: boolean,
  options: Settings,
  hasNewClient: () => boolean,
): RequestVerdict | undefined {
  const { daySums, hours } = habits;
  const time = hour * HOUR_MS;
  const known = usualVolume(hours, hour);
  const usual = usualPeaks(daySums, time);
  const isKnown = isService && usual.days >= SERVICE_DAYS;
  const floor = dayFloorOf(options, isKnown);
  const threshold = Math.max(floor, DAY_RATIO * FACTOR[options.sensitivity] * usual.largest);
  if (usual.days < MIN_DAYS || day.sum <= threshold || isLearning(known.firstTime, known.hours, time)) {
    return undefined;
  }
  const isBusyHour = isKnown && day.sum - peakOf(habits.hourPeaks, day.firstTime) <= floor;
  if (isBusyHour && day.sum <= BUSY_RATIO * usual.largest && !hasNewClient()) {
    return undefined; // such as a test of load
  }
  return {
    variant: 'slow drip',
    severity: 'Low',
    value: Math.round(day.sum),
    threshold: Math.round(threshold),
    unit: 'bytes read in a day',
  };
}
