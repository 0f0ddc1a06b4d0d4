import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { writeParquet } from '../lib/parquet/write-parquet.ts';
import type { ArchiveFile } from '../store/archive-store.ts';
import { activityFileColumns } from './activity-file-columns.ts';
import { type Block, decodeBlocks } from './block.ts';
import { periodsOf } from './periods.ts';
import type { SpoolPiece } from './spool.ts';
import { SpooledRows } from './spooled-rows.ts';
import { writeStatements } from './write-statements.ts';

/** A file that was written, and is not of the archive yet. */
export type DraftFile = Omit<ArchiveFile, 'name'> & { path: string };

export interface Conversion {
  pieces: readonly SpoolPiece[];
  /** An empty folder for the files. */
  directory: string;
  /** Files with the statements that are known already. */
  knownStatements: readonly string[];
}

/** Writes what lies in the pieces of the spool into Parquet files, an hour or a day each. */
export async function convertBlocks(
  connection: DuckDBConnection,
  { pieces, directory, knownStatements }: Conversion,
): Promise<DraftFile[]> {
  const rows = rowsOf(await blocksOf(pieces));
  const columns = activityFileColumns(rows);
  const drafts: DraftFile[] = [];
  for (const [i, { period, order }] of periodsOf(rows).entries()) {
    const path = join(directory, `${i}.parquet`);
    const bytes = await writeParquet(path, columns, order);
    drafts.push({ path, kind: 'activities', period, ...timesOf(rows.time, order), rows: order.length, bytes });
  }
  const statements = rows.statements.values;
  return [
    ...drafts,
    ...(await writeStatements(connection, statements, join(directory, 'statements'), knownStatements)),
  ];
}

interface SpooledBlock extends Block {
  shard: number;
  /** Where it begins in the spool of its shard. */
  base: number;
}

async function blocksOf(pieces: readonly SpoolPiece[]): Promise<SpooledBlock[]> {
  const blocks: SpooledBlock[] = [];
  for (const piece of pieces) {
    for (const { offset, ...block } of decodeBlocks(await bytesOf(piece))) {
      blocks.push({ ...block, shard: piece.shard, base: piece.base + offset });
    }
  }
  return blocks;
}

/** Those of a resource one behind the other. */
function rowsOf(blocks: readonly SpooledBlock[]): SpooledRows {
  const rows = new SpooledRows(blocks.reduce((sum, block) => sum + block.rows, 0));
  for (const ofResource of Map.groupBy(blocks, ({ dictionary }) => dictionary.resource).values()) {
    for (const block of ofResource) {
      rows.add(block, block.shard, block.base);
    }
  }
  return rows;
}

async function bytesOf({ path, start, length }: SpoolPiece): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.allocUnsafe(length);
    await file.read(bytes, 0, length, start);
    return bytes;
  } finally {
    await file.close();
  }
}

function timesOf(time: Float64Array, order: Uint32Array): { fromTime: number; toTime: number } {
  let [fromTime, toTime] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of order) {
    fromTime = Math.min(fromTime, time[row]!);
    toTime = Math.max(toTime, time[row]!);
  }
  return { fromTime, toTime };
}
