import { bitsOf, hybrid } from './bit-packing.ts';
import type { ParquetColumn } from './column.ts';
import { type ColumnPages, Encoding, levelsOf, type Page } from './page.ts';

type Dictionary = Extract<ParquetColumn, { values: readonly unknown[] }>;
type Extremes = Pick<ColumnPages, 'least' | 'most'>;
const LENGTH_BYTES = 4;
const NUMBER_BYTES = { text: 0, int32: 4, int64: 8 };
/** A longer value is in no statistics: they are read with every search. */
const MAX_STATISTIC = 128;

/** The values that some rows have, each once, and which of them each row has. */
export function dictionaryPages(column: Dictionary, order: Uint32Array): ColumnPages {
  const { codes, used, nulls } = ownCodes(column, order);
  const values = plainValues(column, used);
  const count = order.length - nulls;
  const present = nulls === 0 ? codes : codes.filter((code) => code >= 0);
  const width = Math.max(1, bitsOf(used.length - 1));
  const levels = levelsOf(order.length, nulls === 0 ? undefined : (row) => codes[row]! >= 0);
  const page: Page = {
    values: order.length,
    encoding: Encoding.dictionary,
    bytes: Buffer.concat([levels, Uint8Array.of(width), hybrid(present, count, width)]),
  };
  const dictionary = { values: used.length, encoding: Encoding.plain, bytes: values.bytes };
  return { dictionary, pages: [page], nulls, ...extremes(column, used, values) };
}

interface OwnCodes {
  /** Of each row, its place in `used`; -1: it has no value. */
  codes: Int32Array;
  /** Codes of the column, in the order in which rows use them. */
  used: number[];
  nulls: number;
}

function ownCodes({ codes, through, values }: Dictionary, order: Uint32Array): OwnCodes {
  const places = new Int32Array(values.length + 1).fill(-1);
  const own = new Int32Array(order.length);
  const used: number[] = [];
  let nulls = 0;
  for (let i = 0; i < order.length; i++) {
    const told = codes[order[i]!]!;
    const code = through === undefined ? told : (through[told] ?? 0);
    if (code === 0) {
      nulls++;
    } else if (places[code]! < 0) {
      places[code] = used.push(code) - 1;
    }
    own[i] = places[code]!;
  }
  return { codes: own, used, nulls };
}

/** Values as Parquet writes them, texts behind their length, and where each begins. */
interface PlainValues {
  bytes: Buffer;
  /** The end of all at the end. */
  starts: Uint32Array;
}

function plainValues({ type, values }: Dictionary, used: readonly number[]): PlainValues {
  const starts = new Uint32Array(used.length + 1);
  const lengthOf = (value: string | number | bigint) =>
    typeof value === 'string' ? LENGTH_BYTES + Buffer.byteLength(value) : NUMBER_BYTES[type];
  for (let i = 0; i < used.length; i++) {
    starts[i + 1] = starts[i]! + lengthOf(values[used[i]! - 1]!);
  }
  const bytes = Buffer.allocUnsafe(starts[used.length]!);
  for (let i = 0; i < used.length; i++) {
    const value = values[used[i]! - 1]!;
    if (typeof value === 'string') {
      bytes.writeUInt32LE(starts[i + 1]! - starts[i]! - LENGTH_BYTES, starts[i]!);
      bytes.write(value, starts[i]! + LENGTH_BYTES);
    } else if (typeof value === 'bigint') {
      bytes.writeBigInt64LE(value, starts[i]!);
    } else {
      bytes.writeInt32LE(value, starts[i]!);
    }
  }
  return { bytes, starts };
}

/** The least and the greatest value, as statistics have them. */
function extremes({ type, values }: Dictionary, used: readonly number[], { bytes, starts }: PlainValues): Extremes {
  if (used.length === 0) {
    return {};
  }
  const skipped = type === 'text' ? LENGTH_BYTES : 0;
  const valueAt = (i: number) => bytes.subarray(starts[i]! + skipped, starts[i + 1]!);
  const isLess =
    type === 'text'
      ? (a: number, b: number) => isTextLess(bytes, starts, a, b)
      : (a: number, b: number) => values[used[a]! - 1]! < values[used[b]! - 1]!;
  let [least, most] = [0, 0];
  for (let i = 1; i < used.length; i++) {
    least = isLess(i, least) ? i : least;
    most = isLess(most, i) ? i : most;
  }
  const [first, last] = [valueAt(least), valueAt(most)];
  return Math.max(first.length, last.length) > MAX_STATISTIC ? {} : { least: first, most: last };
}

/** By their bytes, as Parquet orders texts. */
function isTextLess(bytes: Buffer, starts: Uint32Array, a: number, b: number): boolean {
  let [i, j] = [starts[a]! + LENGTH_BYTES, starts[b]! + LENGTH_BYTES];
  const [endA, endB] = [starts[a + 1]!, starts[b + 1]!];
  while (i < endA && j < endB && bytes[i] === bytes[j]) {
    i++;
    j++;
  }
  return j < endB && (i === endA || bytes[i]! < bytes[j]!);
}
