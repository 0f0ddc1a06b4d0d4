import { crc32 } from 'node:zlib';
import { type ActivityColumns, COLUMN_NAMES, COLUMN_TYPES } from './activity-columns.ts';

/** What is known of an address when it is archived. */
export interface ArchivedAddress {
  /** As it is shown; not always an IP address: `[local]`, a host name. */
  text: string;
  country?: string;
  city?: string;
  asn?: number;
  organization?: string;
  /** Label of the place by which Vedette judges. */
  place?: string;
  network?: string;
  cloud?: string;
}

/** A statement of which no literal is left. */
export interface ArchivedStatement {
  low: number;
  high: number;
  text: string;
  /** `select`, `copy` … */
  kinds: readonly string[];
  /** Tables. */
  reads: readonly string[];
  writes: readonly string[];
}

/** What the codes of a block stand for, each list from code 1. */
export interface BlockDictionary {
  resource: string;
  engine: string;
  principals: string[];
  databases: string[];
  applications: string[];
  words: string[];
  addresses: ArchivedAddress[];
  sources: string[];
  /** Those that the writer of the block may have met first. */
  statements: ArchivedStatement[];
}

export interface Block {
  rows: number;
  columns: ActivityColumns;
  dictionary: BlockDictionary;
}

/** `VAB1`, little-endian. */
const MAGIC = 0x31424156;
/** Magic, length of all, checksum of what follows it, rows, length of the dictionary, nothing. */
const HEADER_BYTES = 24;
const ROWS_AT = 12;
/** Every column begins at a multiple of it. */
const ALIGNMENT = 8;

export class BlockError extends Error {}

/** Rows of a block that is whole. */
export function rowsOf(block: Uint8Array): number {
  return new DataView(block.buffer, block.byteOffset).getUint32(ROWS_AT, true);
}

/** Rows of one resource as bytes. All that they need is in there. */
export function encodeBlock(columns: ActivityColumns, rows: number, dictionary: BlockDictionary): Uint8Array {
  const names = Buffer.from(JSON.stringify(dictionary));
  const columnsAt = HEADER_BYTES + aligned(names.length);
  const bytes = Buffer.alloc(columnsAt + columnBytes(rows));
  bytes.set(names, HEADER_BYTES);
  let at = columnsAt;
  for (const name of COLUMN_NAMES) {
    const { buffer, byteOffset } = columns[name];
    const length = rows * COLUMN_TYPES[name].BYTES_PER_ELEMENT;
    bytes.set(new Uint8Array(buffer, byteOffset, length), at);
    at += aligned(length);
  }
  bytes.writeInt32LE(MAGIC, 0);
  bytes.writeUInt32LE(bytes.length, 4);
  bytes.writeUInt32LE(rows, ROWS_AT);
  bytes.writeUInt32LE(names.length, 16);
  bytes.writeUInt32LE(crc32(bytes.subarray(12)), 8);
  return bytes;
}

/** The blocks that lie one behind the other, each with its offset. Throws `BlockError` where they are damaged. */
export function* decodeBlocks(bytes: Uint8Array): Generator<Block & { offset: number }> {
  for (let offset = 0; offset < bytes.length; ) {
    const length = lengthOf(bytes, offset);
    const own = new Uint8Array(bytes.subarray(offset, offset + length)); // a copy: columns must be aligned
    yield { ...decodeBlock(own), offset };
    offset += length;
  }
}

function lengthOf(bytes: Uint8Array, offset: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, bytes.length - offset);
  if (view.byteLength < HEADER_BYTES || view.getInt32(0, true) !== MAGIC) {
    throw new BlockError(`no block begins at ${offset}`);
  }
  const length = view.getUint32(4, true);
  if (length < HEADER_BYTES || length > view.byteLength) {
    throw new BlockError(`the block at ${offset} is cut`);
  }
  return length;
}

function decodeBlock(bytes: Uint8Array): Block {
  const { buffer } = bytes;
  const view = new DataView(buffer);
  if (view.getUint32(8, true) !== crc32(bytes.subarray(12))) {
    throw new BlockError('the checksum of a block is wrong');
  }
  const rows = view.getUint32(ROWS_AT, true);
  const named = view.getUint32(16, true);
  let at = HEADER_BYTES + aligned(named);
  const columns = {} as Record<string, unknown>;
  for (const name of COLUMN_NAMES) {
    const type = COLUMN_TYPES[name];
    columns[name] = new type(buffer as ArrayBuffer, at, rows);
    at += aligned(rows * type.BYTES_PER_ELEMENT);
  }
  const text = Buffer.from(buffer, HEADER_BYTES, named).toString();
  return { rows, columns: columns as unknown as ActivityColumns, dictionary: JSON.parse(text) as BlockDictionary };
}

function columnBytes(rows: number): number {
  return COLUMN_NAMES.reduce((sum, name) => sum + aligned(rows * COLUMN_TYPES[name].BYTES_PER_ELEMENT), 0);
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}
