import { type DuckDBConnection, DuckDBInstance, StatementType } from '@duckdb/node-api';
import type { SqlAnswer, SqlResult, SqlTask } from './sql-messages.ts';
import { quoted } from './sql-text.ts';
import { createViews } from './sql-views.ts';

/**
 * Runs one query of an expert, then ends. DuckDB is locked before it sees the query: no file but those of the task, no
 * network, no extension, no setting; and the query must be one that reads. Whoever started it ends it when it takes too long.
 */
const MAX_RSS_BYTES = 1_500_000_000;
const LOOK_MS = 50;
const MEMORY_EXIT = 77;

process.on('disconnect', () => process.exit());
setInterval(() => {
  if (process.memoryUsage.rss() > MAX_RSS_BYTES) {
    process.exit(MEMORY_EXIT); // beyond what DuckDB itself keeps to
  }
}, LOOK_MS).unref();

process.once('message', (task: SqlTask) => {
  run(task).then(
    (result) => reply({ result }),
    (error: Error) => reply({ error: error.message }),
  );
});

function reply(answer: SqlAnswer): void {
  process.send?.(answer, () => process.exit());
}

async function run(task: SqlTask): Promise<SqlResult> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '512MB',
    threads: '2',
    temp_directory: '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  await createViews(connection, task);
  await requireQuery(connection, task.sql);
  return task.output === undefined ? read(connection, task) : write(connection, task.sql, task.output);
}

/** One statement that reads. Others are refused although they could reach nothing: files that may be read may be written. */
async function requireQuery(connection: DuckDBConnection, sql: string): Promise<void> {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) {
    throw new Error(`one query at a time: these are ${statements.count} statements`);
  }
  const { statementType } = await statements.prepare(0);
  if (statementType !== StatementType.SELECT) {
    throw new Error('only queries are run here: SELECT, FROM, WITH, VALUES, DESCRIBE'); // EXPLAIN ANALYZE runs what it explains
  }
}

async function read(connection: DuckDBConnection, { sql, maxRows }: SqlTask): Promise<SqlResult> {
  const reader = await connection.streamAndReadUntil(sql, maxRows + 1);
  const types = reader.columnTypes();
  const rows = reader.getRowsJson();
  return {
    columns: reader.columnNames().map((name, i) => ({ name, type: types[i]!.toString() })),
    rows: rows.slice(0, maxRows),
    isCut: rows.length > maxRows,
  };
}

async function write(
  connection: DuckDBConnection,
  sql: string,
  { path, format }: NonNullable<SqlTask['output']>,
): Promise<SqlResult> {
  const options = format === 'csv' ? 'FORMAT csv, HEADER' : 'FORMAT parquet, COMPRESSION zstd';
  await connection.run(`COPY (${sql.trim().replace(/;$/, '')}\n) TO ${quoted(path)} (${options})`);
  return { columns: [], rows: [], isCut: false };
}
