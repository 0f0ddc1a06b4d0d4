import type { ActivityFilter } from './activity-filter.ts';
import { countRows } from './count-activities.ts';
import { type FoundActivity, foundOf, SHOWN_COLUMNS } from './found-activity.ts';
import type { Archive } from './open-archive.ts';
import { statementsOf } from './statement-texts.ts';

const MOST_ITEMS = 1000;
const MOST_VALUES = 20;
const LISTS = {
  principals: 'user_name',
  addresses: 'src_ip',
  applications: 'app_name',
  databases: 'database_name',
} as const;

/** One session from its first activity to its last. */
export interface SessionView extends Record<keyof typeof LISTS, string[]> {
  /** Epoch milliseconds. */
  from: number;
  to: number;
  count: number;
  failures: number;
  /** Sent to the client, as far as the log tells. */
  bytes: number;
  /** Most frequent first. */
  activities: { activity: string; count: number }[];
  /** Oldest first. */
  items: FoundActivity[];
  /** There are more than are told. */
  isCut: boolean;
}

/** @param filter which session, and when to look; undefined where there is no activity of it */
export async function sessionOf(archive: Archive, filter: ActivityFilter): Promise<SessionView | undefined> {
  const rows = await kindsOf(archive, filter);
  if (rows.length === 0) {
    return undefined;
  }
  const numbers = (name: string) => rows.map((row) => Number(row[name]));
  const sum = (name: string) => numbers(name).reduce((total, value) => total + value, 0);
  const valuesOf = (name: string) => [...new Set(rows.flatMap((row) => (row[name] ?? []) as string[]))].sort();
  return {
    from: Math.min(...numbers('first')),
    to: Math.max(...numbers('last')),
    count: sum('count'),
    failures: sum('failures'),
    bytes: sum('bytes'),
    activities: rows.map(({ activity, count }) => ({ activity: String(activity), count: Number(count) })),
    principals: valuesOf('principals'),
    addresses: valuesOf('addresses'),
    applications: valuesOf('applications'),
    databases: valuesOf('databases'),
    ...(await oldestActivities(archive, filter)),
  };
}

/** A row for each kind of activity, the most frequent first. */
async function kindsOf(archive: Archive, filter: ActivityFilter): Promise<Record<string, unknown>[]> {
  const lists = Object.entries(LISTS).map(
    ([name, column]) =>
      `list_slice(list_sort(list(DISTINCT ${column}) FILTER (${column} IS NOT NULL)), 1, ${MOST_VALUES}) AS ${name}`,
  );
  return countRows(
    archive,
    filter,
    `activity_name AS activity, count(*)::DOUBLE AS count, epoch_ms(min(time))::DOUBLE AS first,
    epoch_ms(max(time))::DOUBLE AS last, count(*) FILTER (status = 'Failure')::DOUBLE AS failures,
    coalesce(sum(bytes_out), 0)::DOUBLE AS bytes, ${lists.join(', ')}`,
    'GROUP BY activity ORDER BY count DESC, activity',
  );
}

/** Activities, the oldest first. */
export async function oldestActivities(
  archive: Archive,
  filter: ActivityFilter,
  most = MOST_ITEMS,
): Promise<Pick<SessionView, 'items' | 'isCut'>> {
  const found = await countRows(
    archive,
    filter,
    `${SHOWN_COLUMNS}, epoch_ms(time)::DOUBLE AS at`,
    `ORDER BY time, uid LIMIT ${most + 1}`,
  );
  const shown = found.slice(0, most);
  const texts = await statementsOf(archive, shown, await archive.files({ kind: 'statements' }));
  return { items: shown.map((row) => foundOf(row, texts)), isCut: found.length > most };
}
