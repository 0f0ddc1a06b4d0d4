import { statSync } from 'node:fs';
import { type DuckDBConnection, DuckDBInstance, type DuckDBPreparedStatement, StatementType } from '@duckdb/node-api';
import { exportStatement } from './export-sql.ts';
import type { SqlAnswer, SqlResult, SqlTask } from './sql-messages.ts';
import { createViews } from './sql-views.ts';

/**
 * Runs one query of an expert, then ends. DuckDB is locked before it sees the query: no file but those of the task, no
 * network, no extension, no setting; and the query must be one that reads. Whoever started it ends it when it takes too long.
 */
const MAX_RSS_BYTES = 1_500_000_000;
const LOOK_MS = 50;
const MEMORY_EXIT = 77;
/** A file that grows beyond it is given up. */
const MAX_FILE_BYTES = 2_000_000_000;

let output: string | undefined;

process.on('disconnect', () => process.exit());
setInterval(() => {
  const isTooLarge = output !== undefined && (statSync(output, { throwIfNoEntry: false })?.size ?? 0) > MAX_FILE_BYTES;
  if (isTooLarge || process.memoryUsage.rss() > MAX_RSS_BYTES) {
    process.exit(MEMORY_EXIT); // beyond what DuckDB itself keeps to
  }
}, LOOK_MS).unref();

process.once('message', (task: SqlTask) => {
  output = task.output?.path;
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
  const prepared = await preparedQuery(connection, task.sql);
  if (task.output === undefined) {
    return read(connection, task);
  }
  await connection.run(exportStatement(task, task.output, prepared));
  return { columns: [], rows: [], isCut: false };
}

/** One statement that reads. Others are refused although they could reach nothing: files that may be read may be written. */
async function preparedQuery(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) {
    throw new Error(`one query at a time: these are ${statements.count} statements`);
  }
  const prepared = await statements.prepare(0);
  if (prepared.statementType !== StatementType.SELECT) {
    throw new Error('only queries are run here: SELECT, FROM, WITH, VALUES, DESCRIBE'); // EXPLAIN ANALYZE runs what it explains
  }
  return prepared;
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
