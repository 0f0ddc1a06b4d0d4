import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { DOUBLE, type DuckDBConnection, DuckDBDataChunk, type DuckDBVector, INTEGER } from '@duckdb/node-api';
import { ActivityClass, type ActivityClassName } from '../model/activity.ts';
import type { ArchiveFile } from '../store/archive-store.ts';
import { ACTIVITY_COLUMNS, OCSF_OF, STATEMENT_COLUMNS } from './activity-table.ts';
import { type Block, decodeBlocks } from './block.ts';
import { createDictionary, type Dictionary } from './dictionary.ts';
import type { SpoolPiece } from './spool.ts';
import { columnList, fileList, quoted } from './sql-text.ts';

/** A file that was written, and is not of the archive yet. */
export type DraftFile = Omit<ArchiveFile, 'name'> & { path: string };

export interface Conversion {
  pieces: readonly SpoolPiece[];
  /** An empty folder for the files. */
  directory: string;
  /** Files with the statements that are known already. */
  knownStatements: readonly string[];
}

/** Columns of the table that blocks are put into, as numbers; codes are those of the dictionary of the conversion. */
const RAW = {
  shard: INTEGER,
  class: INTEGER,
  http: INTEGER,
  resource: INTEGER,
  principal: INTEGER,
  db: INTEGER,
  application: INTEGER,
  address: INTEGER,
  operation: INTEGER,
  container: INTEGER,
  source: INTEGER,
  state: INTEGER,
  session_high: INTEGER,
  session_low: INTEGER,
  print_low: INTEGER,
  print_high: INTEGER,
  failure: INTEGER,
  protection: INTEGER,
  late: INTEGER,
  time: DOUBLE,
  place: DOUBLE,
  bytes: DOUBLE,
  log_offset: DOUBLE,
} as const;
type RawColumn = keyof typeof RAW;
const RAW_NAMES = Object.keys(RAW) as RawColumn[];
/** Rows of a chunk of DuckDB's. */
const CHUNK_ROWS = 2048;
/** What a code stands for in a text column of `raw`. */
const TEXTS = ['resource', 'principal', 'db', 'application', 'operation', 'container', 'source', 'state'] as const;
export const PARQUET = 'FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 5, ROW_GROUP_SIZE 122880';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Writes what lies in the pieces of the spool into Parquet files, an hour or a day each. */
export async function convertBlocks(connection: DuckDBConnection, conversion: Conversion): Promise<DraftFile[]> {
  const dictionary = createDictionary();
  await createTables(connection);
  const appender = await connection.createAppender('raw');
  const chunk = DuckDBDataChunk.create(Object.values(RAW), CHUNK_ROWS);
  for (const piece of conversion.pieces) {
    for (const block of decodeBlocks(await bytesOf(piece))) {
      const columns = rawColumns(block, piece.shard, piece.base + block.offset, dictionary);
      for (let row = 0; row < block.rows; row += CHUNK_ROWS) {
        const rows = Math.min(CHUNK_ROWS, block.rows - row);
        chunk.rowCount = CHUNK_ROWS;
        for (const [i, name] of RAW_NAMES.entries()) {
          fill(chunk.getColumnVector(i), columns[name], row, rows);
        }
        chunk.rowCount = rows;
        appender.appendDataChunk(chunk);
      }
    }
  }
  appender.closeSync();
  await dictionary.write(connection);
  const files = [
    ...(await writePeriods(connection, conversion.directory)),
    ...(await writeStatements(connection, conversion)),
  ];
  await dropTables(connection);
  return files;
}

/** What numeric vectors hold; the library's types do not tell. */
type NumericVector = DuckDBVector & { items: Int32Array | Float64Array };

function fill(vector: DuckDBVector, column: Int32Array | Float64Array, from: number, rows: number): void {
  (vector as NumericVector).items.set(column.subarray(from, from + rows));
  vector.flush();
}

async function bytesOf({ path, start, length }: SpoolPiece): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(length);
    await file.read(bytes, 0, length, start);
    return bytes;
  } finally {
    await file.close();
  }
}

async function createTables(connection: DuckDBConnection): Promise<void> {
  await dropTables(connection);
  const columns = RAW_NAMES.map((name) => `${name} ${RAW[name].toString()}`);
  await connection.run(`CREATE TABLE raw (${columns.join(', ')})`);
  const classes = (Object.entries(OCSF_OF) as [ActivityClassName, { uid: number; status: string }][]).map(
    ([name, { uid, status }]) => `(${ActivityClass[name]}, ${quoted(name)}, ${uid}, ${quoted(status)})`,
  );
  await connection.run(`CREATE TABLE class AS SELECT * FROM (VALUES ${classes.join(', ')}) v(id, name, uid, status)`);
}

async function dropTables(connection: DuckDBConnection): Promise<void> {
  for (const table of ['raw', 'class', 'name', 'address', 'statement']) {
    await connection.run(`DROP TABLE IF EXISTS ${table}`);
  }
}

/** The columns of a block, with codes of the dictionary. */
function rawColumns(
  { columns, dictionary: own, rows }: Block,
  shard: number,
  base: number,
  dictionary: Dictionary,
): Record<RawColumn, Int32Array | Float64Array> {
  const names = (codes: Int32Array, texts: readonly string[]) => recoded(codes, texts.map(dictionary.nameOf));
  const isCosmos = own.engine === 'cosmosdb';
  const local = isCosmos ? 0 : dictionary.addressOf({ text: '[local]' });
  dictionary.noteStatements(own.statements);
  return {
    shard: new Int32Array(rows).fill(shard),
    class: columns.class,
    http: isCosmos ? columns.status : new Int32Array(rows),
    resource: new Int32Array(rows).fill(dictionary.nameOf(own.resource)),
    principal: names(columns.principal, own.principals),
    db: names(columns.database, own.databases),
    application: names(columns.application, own.applications),
    address: recoded(columns.address, own.addresses.map(dictionary.addressOf), local),
    operation: names(columns.operation, own.words),
    container: names(columns.container, own.words),
    source: names(columns.source, own.sources),
    state: columns.status.map((status) => dictionary.stateOf(status, isCosmos)),
    session_high: columns.sessionHigh,
    session_low: columns.sessionLow,
    print_low: columns.fingerprintLow,
    print_high: columns.fingerprintHigh,
    failure: Int32Array.from(columns.failure),
    protection: Int32Array.from(columns.protection),
    late: Int32Array.from(columns.isLate),
    time: columns.time,
    place: Float64Array.from({ length: rows }, (_, row) => base + row),
    bytes: columns.responseBytes,
    log_offset: columns.byteOffset,
  };
}

function recoded(codes: Int32Array, meanings: readonly number[], none = 0): Int32Array {
  const table = Int32Array.of(none, ...meanings);
  return codes.map((code) => table[code]!);
}

/** One pass over all rows. Days before the newest one are a file each: a history of weeks is no heap of small files. */
async function writePeriods(connection: DuckDBConnection, directory: string): Promise<DraftFile[]> {
  const columns = ACTIVITY_COLUMNS.map(({ name, from }) => `${from} AS ${name}`).join(', ');
  const joins = TEXTS.map((text) => `LEFT JOIN name ${text} ON ${text}.id = r.${text}`).join(' ');
  await connection.run(`COPY (
    SELECT ${columns}, CAST(CASE WHEN r.time < newest.day THEN floor(r.time / ${DAY_MS}) * ${DAY_MS}
      ELSE floor(r.time / ${HOUR_MS}) * ${HOUR_MS} END AS BIGINT) AS period
    FROM raw r CROSS JOIN (SELECT floor(max(time) / ${DAY_MS}) * ${DAY_MS} AS day FROM raw) newest
    JOIN class c ON c.id = r.class ${joins} LEFT JOIN address a ON a.id = r.address
    ORDER BY period, resource_uid, time, uid
  ) TO ${quoted(join(directory, 'activities'))} (${PARQUET}, PARTITION_BY (period))`);
  const written = await connection.runAndReadAll(`
    SELECT filename, regexp_extract(filename, 'period=(-?\\d+)', 1)::DOUBLE,
      epoch_ms(min(time))::DOUBLE, epoch_ms(max(time))::DOUBLE, count(*)::DOUBLE
    FROM read_parquet(${quoted(join(directory, 'activities', '*', '*.parquet'))}, filename = true, hive_partitioning = false)
    GROUP BY filename`);
  const rows = written.getRowsJS() as [string, number, number, number, number][];
  return Promise.all(
    rows.map(([path, period, fromTime, toTime, count]) =>
      synced({ path, kind: 'activities', period, fromTime, toTime, rows: count }),
    ),
  );
}

/** Statements that no file has yet. */
async function writeStatements(
  connection: DuckDBConnection,
  { directory, knownStatements }: Conversion,
): Promise<DraftFile[]> {
  if (knownStatements.length > 0) {
    await connection.run(
      `DELETE FROM statement WHERE fingerprint IN (SELECT fingerprint FROM read_parquet(${fileList(knownStatements)}))`,
    );
  }
  const [[rows]] = (await connection.runAndReadAll('SELECT count(*)::DOUBLE FROM statement')).getRowsJS() as [[number]];
  if (rows === 0) {
    return [];
  }
  const path = join(directory, 'statements.parquet');
  await connection.run(`COPY (SELECT ${columnList(STATEMENT_COLUMNS)} FROM statement ORDER BY fingerprint)
    TO ${quoted(path)} (${PARQUET})`);
  return [await synced({ path, kind: 'statements', period: 0, fromTime: 0, toTime: 0, rows })];
}

async function synced(file: Omit<DraftFile, 'bytes'>): Promise<DraftFile> {
  return { ...file, bytes: await syncedSize(file.path) };
}

/** Bytes of a file, all of which are on disk by then. */
export async function syncedSize(path: string): Promise<number> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}
