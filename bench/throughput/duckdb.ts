/**
 * Child process: `node duckdb.ts csvlog|cosmos FILE [--rows]` runs the fixed load with one thread and prints JSON.
 * Without `--rows` only totals are printed, so that a timed run does not pay for output.
 */
import { parseArgs } from 'node:util';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type GroupByQuery, type GroupByResults, type GroupByTotals, LOADS, type LoadName } from './group-by-load.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { rows: { type: 'boolean', default: false } },
});
const [loadName, file] = positionals;
const load = LOADS[loadName as LoadName];

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run('SET threads = 1');
await connection.run(load.createTable, [file!]);
const results: Record<string, GroupByResults[string] | GroupByTotals[string]> = {};
for (const [name, query] of Object.entries(load.queries)) {
  results[name] = options.rows ? await rowsOf(connection, query) : await totalsOf(connection, query);
}
process.stdout.write(`${JSON.stringify(results)}\n`);

/** Null keys (no user, no application) read as empty texts. */
async function rowsOf(from: DuckDBConnection, { keys, sql }: GroupByQuery): Promise<Record<string, number>> {
  const key = keys.map((name) => `coalesce(${name}, '')`).join(` || chr(9) || `);
  const reader = await from.runAndReadAll(`SELECT ${key}, n::DOUBLE FROM (${sql}) ORDER BY 1`);
  return Object.fromEntries(reader.getRows().map(([text, n]) => [String(text), Number(n)]));
}

async function totalsOf(from: DuckDBConnection, { sql }: GroupByQuery): Promise<{ groups: number; sum: number }> {
  const reader = await from.runAndReadAll(`SELECT count(*)::DOUBLE, sum(n)::DOUBLE FROM (${sql})`);
  const [groups, sum] = reader.getRows()[0]!;
  return { groups: Number(groups), sum: Number(sum) };
}
