import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { convertBlocks } from './convert-blocks.ts';
import type { Answers, FromProcess, Request, ToProcess } from './process-messages.ts';
import { PARQUET, quoted } from './sql-text.ts';
import { syncedSize } from './synced-size.ts';

/**
 * A process of its own: DuckDB is native, takes memory and may be ended at any time. Its memory is bounded, its work of low
 * priority; it ends with its parent.
 */
const [directory = '.'] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', {
  memory_limit: '350MB',
  threads: '2',
  temp_directory: join(directory, 'tmp', 'duckdb'),
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
});

async function connect(): Promise<DuckDBConnection> {
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return connection;
}

const converting = await connect();

async function answer(request: Request): Promise<Answers[keyof Answers]> {
  switch (request.kind) {
    case 'convert':
      return convertBlocks(converting, request.conversion);
    case 'rows':
      return rowsOf(request);
    case 'write':
      return write(request);
  }
}

async function rowsOf({ sql, values, timeoutMs }: Extract<Request, { kind: 'rows' }>): Promise<Answers['rows']> {
  const connection = await connect();
  const timer = setTimeout(() => connection.interrupt(), timeoutMs);
  try {
    const result = await connection.runAndReadAll(sql, values as DuckDBValue[]);
    return result.getRowObjectsJS() as Answers['rows'];
  } finally {
    clearTimeout(timer);
    connection.closeSync();
  }
}

async function write({ sql, path, format }: Extract<Request, { kind: 'write' }>): Promise<Answers['write']> {
  const connection = await connect();
  try {
    const result = await connection.runAndReadAll(
      `COPY (${sql}) TO ${quoted(path)} (${format === 'csv' ? 'FORMAT csv, HEADER' : PARQUET})`,
    );
    return { rows: Number(result.getRowsJS()[0]?.[0]), bytes: await syncedSize(path) };
  } finally {
    connection.closeSync();
  }
}

function reply(message: FromProcess): void {
  process.send?.(message);
}

process.on('disconnect', () => process.exit());
process.on('message', ({ id, request }: ToProcess) => {
  answer(request).then(
    (told) => reply({ id, answer: told }),
    (error: Error) => reply({ id, error: error.message }),
  );
});
