import { type ActivityFilter, conditionOf, FILTER_COLUMNS, type FilterField } from './activity-filter.ts';
import { fingerprintText } from './fingerprint-text.ts';
import type { Archive } from './open-archive.ts';
import { fileList } from './sql-text.ts';
import { statementsOf } from './statement-texts.ts';

/** How many activities there were in a while. */
export interface HistogramBar {
  /** Epoch milliseconds. */
  time: number;
  success: number;
  failure: number;
}

export interface Facet {
  field: FilterField;
  /** Most frequent first. Absent value: none. */
  values: { value?: string; count: number }[];
}

/** Lengths that people read easily. */
const STEPS_MS = [1, 5, 10, 30, 60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200, 86_400, 604_800].map((s) => s * 1000);
const WANTED_BARS = 60;
const FACET_VALUES = 10;

/** Bars over the whole range; those without activities are absent. */
export async function histogramOf(
  archive: Archive,
  filter: ActivityFilter,
): Promise<{ stepMs: number; bars: HistogramBar[] }> {
  const stepMs = STEPS_MS.find((step) => (filter.to - filter.from) / step <= WANTED_BARS) ?? STEPS_MS.at(-1)!;
  const rows = await countRows(
    archive,
    filter,
    `floor(epoch_ms(time) / ${stepMs}) * ${stepMs} AS bar, count(*) FILTER (status <> 'Failure')::DOUBLE AS success,
    count(*) FILTER (status = 'Failure')::DOUBLE AS failure`,
    'GROUP BY bar ORDER BY bar',
  );
  return {
    stepMs,
    bars: rows.map(({ bar, success, failure }) => ({
      time: Number(bar),
      success: Number(success),
      failure: Number(failure),
    })),
  };
}

/** The most frequent values of some fields. */
export async function facetsOf(
  archive: Archive,
  filter: ActivityFilter,
  fields: readonly FilterField[],
): Promise<Facet[]> {
  const facets: Facet[] = [];
  for (const field of fields) {
    const rows =
      field === 'table'
        ? await tableRows(archive, filter)
        : await countRows(
            archive,
            filter,
            `${FILTER_COLUMNS[field]} AS value, count(*)::DOUBLE AS count`,
            `GROUP BY value ORDER BY count DESC, value LIMIT ${FACET_VALUES}`,
          );
    const values = rows.map(({ value, count }) => ({
      ...(value !== null && { value: typeof value === 'bigint' ? numberText(field, value) : `${value as string}` }),
      count: Number(count),
    }));
    facets.push({ field, values });
  }
  return facets;
}

/** Tables are told of statements: each counts as often as a statement with it. */
async function tableRows(archive: Archive, filter: ActivityFilter): Promise<Record<string, unknown>[]> {
  const counted = await countRows(
    archive,
    filter,
    'fingerprint, count(*) AS count',
    'AND fingerprint IS NOT NULL GROUP BY fingerprint',
  );
  const texts = await statementsOf(archive, counted, await archive.files({ kind: 'statements' }));
  const counts = new Map<string, number>();
  for (const { fingerprint, count } of counted) {
    const { reads = [], writes = [] } = texts.get(fingerprint as bigint) ?? {};
    for (const table of new Set([...reads, ...writes])) {
      counts.set(table, (counts.get(table) ?? 0) + Number(count));
    }
  }
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return sorted.slice(0, FACET_VALUES).map(([value, count]) => ({ value, count }));
}

function numberText(field: FilterField, value: bigint): string {
  return FILTER_COLUMNS[field] === 'fingerprint' ? fingerprintText(value) : String(value);
}

/** Rows of a query over the activities of a filter; none where there is no file. */
export async function countRows(
  archive: Archive,
  filter: ActivityFilter,
  columns: string,
  behind: string,
): Promise<Record<string, unknown>[]> {
  await archive.flush();
  const [files, statements] = await Promise.all([
    archive.files({ kind: 'activities', from: filter.from, to: filter.to }),
    archive.files({ kind: 'statements' }),
  ]);
  if (files.length === 0) {
    return [];
  }
  const pathsOf = (some: typeof files) => fileList(some.map(({ path }) => path));
  const { sql, values } = conditionOf(filter, statements.length === 0 ? undefined : pathsOf(statements));
  return archive.query.rows(
    `SELECT ${columns} FROM read_parquet(${pathsOf(files)}, union_by_name = true, hive_partitioning = false)
    WHERE ${sql} ${behind}`,
    values,
  );
}
