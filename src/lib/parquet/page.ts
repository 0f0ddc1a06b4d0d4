import { constants, zstdCompressSync } from 'node:zlib';
import { hybrid, hybridRun } from './bit-packing.ts';
import { type ThriftField, thriftStruct } from './compact-writer.ts';

/** Numbers by which Parquet knows encodings. */
export const Encoding = { plain: 0, rle: 3, delta: 5, dictionary: 8 } as const;
const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;
const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };

/** Values of a column that are compressed together. */
export interface Page {
  /** How many, those that are missing included. */
  values: number;
  encoding: number;
  bytes: Uint8Array;
}

/** What some rows have in one column. */
export interface ColumnPages {
  dictionary?: Page;
  pages: Page[];
  nulls: number;
  /** As statistics have them; absent where there is none. */
  least?: Uint8Array;
  most?: Uint8Array;
}

/** Which rows have a value, as it stands before their values. @param has absent: all of them */
export function levelsOf(rows: number, has?: (row: number) => boolean): Uint8Array {
  const packed = has === undefined ? hybridRun(1, rows, 1) : hybrid(flagsOf(rows, has), rows, 1);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(packed.length);
  return Buffer.concat([length, packed]);
}

function flagsOf(rows: number, has: (row: number) => boolean): Int32Array {
  const flags = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    flags[row] = has(row) ? 1 : 0;
  }
  return flags;
}

/** A page with its header, packed by zstd. */
export function packedPage(
  { values, encoding, bytes }: Page,
  isDictionary: boolean,
): { bytes: Uint8Array; unpacked: number } {
  const packed = zstdCompressSync(bytes, OPTIONS);
  const about: ThriftField[] = [
    [1, { i32: values }],
    [2, { i32: encoding }],
  ];
  const levels: ThriftField[] = [
    [3, { i32: Encoding.rle }],
    [4, { i32: Encoding.rle }],
  ];
  const header = thriftStruct([
    [1, { i32: isDictionary ? DICTIONARY_PAGE : DATA_PAGE }],
    [2, { i32: bytes.length }],
    [3, { i32: packed.length }],
    isDictionary ? [7, { struct: about }] : [5, { struct: [...about, ...levels] }],
  ]);
  return { bytes: Buffer.concat([header, packed]), unpacked: header.length + bytes.length };
}
