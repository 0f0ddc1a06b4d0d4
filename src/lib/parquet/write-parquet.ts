import { type FileHandle, open } from 'node:fs/promises';
import { type ParquetColumn, PHYSICAL_TYPES } from './column.ts';
import { type ThriftField, type ThriftValue, thriftStruct } from './compact-writer.ts';
import { dictionaryPages } from './dictionary-pages.ts';
import { flagPages, numberPages } from './number-pages.ts';
import { type ColumnPages, Encoding, packedPage } from './page.ts';

/** Rows whose values lie together, and are looked at together by whoever searches. */
const GROUP_ROWS = 122_880;
const MAGIC = Buffer.from('PAR1');
const ZSTD = 6;
const OPTIONAL = 1;
const UTF8 = 0;
const TIMESTAMP_MICROS = 10;
const EMPTY: ThriftValue = { struct: [] };

/**
 * Writes a file of Parquet, packed by zstd, and puts it on disk. Gives its bytes.
 *
 * @param order the rows of the columns that it gets, in the order in which it has them
 */
export async function writeParquet(
  path: string,
  columns: readonly ParquetColumn[],
  order: Uint32Array,
): Promise<number> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.write(MAGIC);
    let at = MAGIC.length;
    const groups: ThriftValue[] = [];
    for (let from = 0; from < order.length; from += GROUP_ROWS) {
      const group = await writeGroup(file, at, columns, order.subarray(from, from + GROUP_ROWS));
      groups.push(group.metadata);
      at += group.bytes;
    }
    const footer = footerOf(columns, order.length, groups);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(footer.length);
    await file.writev([footer, length, MAGIC]);
    await file.sync();
    return at + footer.length + length.length + MAGIC.length;
  } finally {
    await file.close();
  }
}

async function writeGroup(file: FileHandle, at: number, columns: readonly ParquetColumn[], order: Uint32Array) {
  let [bytes, unpacked] = [0, 0];
  const chunks: ThriftValue[] = [];
  for (const column of columns) {
    const chunk = chunkOf(column, pagesOf(column, order), order.length, at + bytes);
    for (const part of chunk.parts) {
      await file.write(part);
    }
    chunks.push({
      struct: [
        [2, { i64: at + bytes }],
        [3, { struct: chunk.metadata }],
      ],
    });
    bytes += chunk.bytes;
    unpacked += chunk.unpacked;
  }
  const metadata: ThriftValue = {
    struct: [
      [1, { list: chunks }],
      [2, { i64: unpacked }],
      [3, { i64: order.length }],
      [5, { i64: at }],
      [6, { i64: bytes }],
    ],
  };
  return { bytes, metadata };
}

function pagesOf(column: ParquetColumn, order: Uint32Array): ColumnPages {
  switch (column.type) {
    case 'number':
    case 'time':
      return numberPages(column, order);
    case 'flag':
      return flagPages(column.flags, order);
    default:
      return dictionaryPages(column, order);
  }
}

/** The pages of a column behind each other, and what the footer says of them. */
function chunkOf(
  { name, type }: ParquetColumn,
  { dictionary, pages, nulls, least, most }: ColumnPages,
  rows: number,
  at: number,
) {
  const packed = [
    ...(dictionary === undefined ? [] : [packedPage(dictionary, true)]),
    ...pages.map((page) => packedPage(page, false)),
  ];
  const bytes = packed.reduce((sum, part) => sum + part.bytes.length, 0);
  const unpacked = packed.reduce((sum, part) => sum + part.unpacked, 0);
  const encodings = new Set([Encoding.rle, ...(dictionary === undefined ? [] : [Encoding.plain]), pages[0]!.encoding]);
  const statistics: ThriftField[] = [
    [3, { i64: nulls }],
    ...(most === undefined ? [] : [[5, { bytes: most }] as const]),
    ...(least === undefined ? [] : [[6, { bytes: least }] as const]),
  ];
  const metadata: ThriftField[] = [
    [1, { i32: PHYSICAL_TYPES[type] }],
    [2, { list: [...encodings].map((encoding) => ({ i32: encoding })) }],
    [3, { list: [{ bytes: Buffer.from(name) }] }],
    [4, { i32: ZSTD }],
    [5, { i64: rows }],
    [6, { i64: unpacked }],
    [7, { i64: bytes }],
    [9, { i64: at + (dictionary === undefined ? 0 : packed[0]!.bytes.length) }],
    ...(dictionary === undefined ? [] : [[11, { i64: at }] as const]),
    [12, { struct: statistics }],
  ];
  return { parts: packed.map((part) => part.bytes), bytes, unpacked, metadata };
}

function footerOf(columns: readonly ParquetColumn[], rows: number, groups: readonly ThriftValue[]): Uint8Array {
  const root: ThriftValue = {
    struct: [
      [4, { bytes: Buffer.from('schema') }],
      [5, { i32: columns.length }],
    ],
  };
  return thriftStruct([
    [1, { i32: 1 }],
    [2, { list: [root, ...columns.map(schemaOf)] }],
    [3, { i64: rows }],
    [4, { list: groups }],
    [6, { bytes: Buffer.from('vedette') }],
    [7, { list: columns.map(() => ({ struct: [[1, EMPTY]] })) }],
  ]);
}

function schemaOf({ name, type }: ParquetColumn): ThriftValue {
  const inUtc: ThriftValue = {
    struct: [
      [1, { flag: true }],
      [2, { struct: [[2, EMPTY]] }],
    ],
  };
  return {
    struct: [
      [1, { i32: PHYSICAL_TYPES[type] }],
      [3, { i32: OPTIONAL }],
      [4, { bytes: Buffer.from(name) }],
      ...(type === 'text'
        ? ([
            [6, { i32: UTF8 }],
            [10, { struct: [[1, EMPTY]] }],
          ] as const)
        : []),
      ...(type === 'time'
        ? ([
            [6, { i32: TIMESTAMP_MICROS }],
            [10, { struct: [[8, inUtc]] }],
          ] as const)
        : []),
    ],
  };
}
