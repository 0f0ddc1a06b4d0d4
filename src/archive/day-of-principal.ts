import type { ActivityFilter, FilterField } from './activity-filter.ts';
import { countRows } from './count-activities.ts';
import type { Archive } from './open-archive.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Days before, to which a day is compared. */
const USUAL_DAYS = 28;
const WEEK_HOURS = 168;
/** Hours from the beginning of a week, a Monday, to that of the epoch. */
const EPOCH_HOURS = 72;
/** What is compared beside the hours. */
const COMPARED = ['address', 'place', 'application', 'database', 'activity'] as const satisfies readonly FilterField[];
const COLUMNS = {
  address: 'src_ip',
  place: 'src_place',
  application: 'app_name',
  database: 'database_name',
  activity: 'activity_name',
} as const;
const MOST_VALUES = 20;

/** What somebody did on a day, beside the days before. */
export interface DayOfPrincipal {
  /** Days before on which there was anything. */
  usualDays: number;
  /** 24 hours, UTC. */
  hours: { count: number; usualMean: number; usualMost: number }[];
  /** Activities of the days before in each hour of the week, from Monday at midnight on, UTC. */
  week: number[];
  /** Most frequent first. */
  values: { field: (typeof COMPARED)[number]; value: string; count: number; usualPerDay: number; isNew: boolean }[];
}

/** @param filter who and where; its times are not looked at. @param day its beginning, epoch milliseconds */
export async function dayOfPrincipal(
  archive: Archive,
  filter: Omit<ActivityFilter, 'from' | 'to'>,
  day: number,
): Promise<DayOfPrincipal> {
  const range = { ...filter, from: day - USUAL_DAYS * DAY_MS, to: day + DAY_MS };
  const ofDay = `floor(epoch_ms(time) / ${DAY_MS}) * ${DAY_MS} = ${day}`;
  const counts = await countRows(
    archive,
    range,
    `floor(epoch_ms(time) / ${HOUR_MS})::DOUBLE AS hour, count(*)::DOUBLE AS count`,
    'GROUP BY hour',
  );
  const values: DayOfPrincipal['values'] = [];
  const usual = counts.filter(({ hour }) => Number(hour) * HOUR_MS < day);
  const usualDays = new Set(usual.map(({ hour }) => Math.floor((Number(hour) * HOUR_MS) / DAY_MS))).size;
  for (const field of COMPARED) {
    const rows = await countRows(
      archive,
      range,
      `${COLUMNS[field]} AS value, count(*) FILTER (${ofDay})::DOUBLE AS count, count(*) FILTER (NOT ${ofDay})::DOUBLE AS before`,
      `AND ${COLUMNS[field]} IS NOT NULL GROUP BY value HAVING count > 0 ORDER BY count DESC, value LIMIT ${MOST_VALUES}`,
    );
    for (const { value, count, before } of rows) {
      const usualPerDay = usualDays === 0 ? 0 : Number(before) / usualDays;
      values.push({ field, value: String(value), count: Number(count), usualPerDay, isNew: Number(before) === 0 });
    }
  }
  return { usualDays, hours: hoursOf(counts, day, usualDays), week: weekOf(usual), values };
}

function hoursOf(counts: readonly Record<string, unknown>[], day: number, usualDays: number): DayOfPrincipal['hours'] {
  const hours = Array.from({ length: 24 }, () => ({ count: 0, usualMean: 0, usualMost: 0 }));
  for (const row of counts) {
    const time = Number(row.hour) * HOUR_MS;
    const hour = hours[new Date(time).getUTCHours()]!;
    const count = Number(row.count);
    if (time >= day) {
      hour.count += count;
    } else {
      hour.usualMean += count / usualDays;
      hour.usualMost = Math.max(hour.usualMost, count);
    }
  }
  return hours;
}

function weekOf(counts: readonly Record<string, unknown>[]): number[] {
  const week = new Array<number>(WEEK_HOURS).fill(0);
  for (const { hour, count } of counts) {
    week[(Number(hour) + EPOCH_HOURS) % WEEK_HOURS]! += Number(count);
  }
  return week;
}
