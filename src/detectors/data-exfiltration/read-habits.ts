import { addPeak, createDailyPeaks, type DailyPeaks } from '../../baselines/daily-peaks.ts';
import { addHour, createHourlyVolume, HOUR_MS, type HourlyVolume } from '../../baselines/hourly-volume.ts';
import { addSeasonalHour, createSeasonalVolume, type SeasonalVolume } from '../../baselines/seasonal-volume.ts';
import type { Id } from '../../model/activity.ts';
import type { Exhibit } from './finding-of.ts';

/** What a principal has read before the running hour. */
export interface ReadHabits {
  hours: HourlyVolume;
  season: SeasonalVolume;
  /** The largest hour of each day, and the whole day. */
  hourPeaks: DailyPeaks;
  daySums: DailyPeaks;
}

/** The day in hand: what it brought in hours that are over. */
export interface RunningDay {
  sum: number;
  events: number;
  firstTime: number;
}

/** The running hour of one principal, beside the hours before. */
export interface RunningHour {
  /** Counted since the epoch. */
  hour: number;
  /** Bytes. */
  sum: number;
  events: number;
  /** Of its events: the one that started it, and the latest. */
  firstTime: number;
  lastTime: number;
  habits: ReadHabits;
  day: RunningDay;
  /** Containers that it queries for the first time within a week. */
  fresh: ReadonlySet<Id>;
  /** What is shown of the hour, once it was reported. */
  exhibit: Exhibit | undefined;
}

export function createReadHabits(time: number): ReadHabits {
  return {
    hours: createHourlyVolume(time),
    season: createSeasonalVolume(Math.floor(time / HOUR_MS)),
    hourPeaks: createDailyPeaks(time),
    daySums: createDailyPeaks(time),
  };
}

/** Adds an hour that is over. `hour` is counted since the epoch. */
export function addHabitualHour({ hours, season, hourPeaks }: ReadHabits, hour: number, sum: number): void {
  addHour(hours, hour, sum);
  addSeasonalHour(season, hour, sum);
  addPeak(hourPeaks, hour * HOUR_MS, sum);
}
