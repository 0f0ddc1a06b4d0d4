import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { SnapshotError } from './snapshot-scope.ts';

const WORD = 4;
/** Numbers of columns that are tried: tables of ours have no more. */
const MOST_COLUMNS = 16;
/** The columns are told from so many words. */
const SAMPLE_WORDS = 256;

/**
 * Writes a buffer as words of a table, column by column, each word as its distance from the one above: zigzag, so that
 * small distances are small numbers, then a varint; behind a zero, how many more zeros follow. Tables hold times and
 * counts that grow, so that little is left, and equal columns of several tables become equal bytes. How many columns
 * there are is found out. What is no whole word comes last.
 */
export function writeColumns(writer: ByteWriter, buffer: ArrayBuffer): void {
  const count = Math.floor(buffer.byteLength / WORD);
  const words = new Int32Array(buffer, 0, count);
  let used = count;
  while (used > 0 && words[used - 1] === 0) {
    used--;
  }
  writer.varint(used);
  if (used > 0) {
    const columns = columnsOf(words.subarray(0, Math.min(used, SAMPLE_WORDS)));
    writer.byte(columns);
    if (columns === 0) {
      writer.bytes(new Uint8Array(buffer, 0, WORD * used));
    }
    for (let column = 0; column < columns; column++) {
      writeColumn(writer, words.subarray(0, used), column, columns);
    }
  }
  writer.bytes(new Uint8Array(buffer, WORD * count));
}

/** Fills a buffer of zeros of the length that was written. */
export function readColumns(reader: ByteReader, buffer: ArrayBuffer): void {
  const count = Math.floor(buffer.byteLength / WORD);
  const words = new Int32Array(buffer, 0, count);
  const used = reader.varint();
  if (used > count) {
    throw new SnapshotError('a snapshot holds numbers beyond the end of their array');
  }
  const columns = used === 0 ? 0 : reader.byte();
  if (columns === 0) {
    new Uint8Array(buffer).set(reader.bytes(WORD * used));
  }
  for (let column = 0; column < columns; column++) {
    readColumn(reader, words.subarray(0, used), column, columns);
  }
  new Uint8Array(buffer).set(reader.bytes(buffer.byteLength - WORD * count), WORD * count);
}

function writeColumn(writer: ByteWriter, words: Int32Array, column: number, columns: number): void {
  let above = 0;
  for (let i = column; i < words.length; i += columns) {
    writer.varint(zigzag((words[i]! - above) | 0));
    if (words[i] === above) {
      let more = 0;
      for (; i + columns < words.length && words[i + columns] === above; i += columns) {
        more++;
      }
      writer.varint(more);
    }
    above = words[i]!;
  }
}

function readColumn(reader: ByteReader, words: Int32Array, column: number, columns: number): void {
  let above = 0;
  for (let i = column; i < words.length; i += columns) {
    const distance = unzigzag(reader.varint());
    above = (above + distance) | 0;
    words[i] = above;
    for (let more = distance === 0 ? reader.varint() : 0; more > 0 && i + columns < words.length; more--) {
      i += columns;
      words[i] = above;
    }
  }
}

/** The number of columns by which the words take the fewest bytes; 0: they are shorter as they are. */
function columnsOf(words: Int32Array): number {
  let best = 0;
  let fewest = WORD * words.length;
  for (let columns = 1; columns <= MOST_COLUMNS; columns++) {
    let bytes = 0;
    for (let i = 0; i < words.length && bytes < fewest; i++) {
      bytes += varintBytes(zigzag((words[i]! - (words[i - columns] ?? 0)) | 0));
    }
    if (bytes < fewest) {
      best = columns;
      fewest = bytes;
    }
  }
  return best;
}

/** 0, -1, 1, -2 … as 0, 1, 2, 3 … */
function zigzag(distance: number): number {
  return ((distance << 1) ^ (distance >> 31)) >>> 0;
}

function unzigzag(value: number): number {
  return (value >>> 1) ^ -(value & 1);
}

function varintBytes(value: number): number {
  if (value < 0x80) {
    return 1;
  }
  return value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : value < 0x1000_0000 ? 4 : 5;
}
