import { BitWriter } from './bit-packing.ts';
import { HIGH_UNIT, type NumberColumn } from './column.ts';
import { deltaPacked } from './delta.ts';
import { type ColumnPages, Encoding, levelsOf, type Page } from './page.ts';

/** Whole numbers of some rows as differences; a page as long as the upper bits stay the same. */
export function numberPages({ numbers, high }: NumberColumn, order: Uint32Array): ColumnPages {
  const pages: Page[] = [];
  let nulls = 0;
  const extremes = { least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY };
  for (let from = 0, to = 0; from < order.length; from = to) {
    const upper = high?.[order[from]!];
    while (to < order.length && high?.[order[to]!] === upper) {
      to++;
    }
    const { page, missing } = numberPage(numbers, order.subarray(from, to), BigInt(upper ?? 0) * HIGH_UNIT, extremes);
    pages.push(page);
    nulls += missing;
  }
  const { least, most } = extremes;
  return { pages, nulls, ...(high === undefined && least <= most && { least: int64(least), most: int64(most) }) };
}

function numberPage(
  numbers: Float64Array,
  order: Uint32Array,
  base: bigint,
  extremes: { least: number; most: number },
) {
  const present = new Float64Array(order.length);
  let count = 0;
  let { least, most } = extremes;
  for (let i = 0; i < order.length; i++) {
    const number = numbers[order[i]!]!;
    if (!Number.isNaN(number)) {
      present[count++] = number;
      least = number < least ? number : least;
      most = number > most ? number : most;
    }
  }
  Object.assign(extremes, { least, most });
  const has = count === order.length ? undefined : (row: number) => !Number.isNaN(numbers[order[row]!]!);
  const bytes = Buffer.concat([levelsOf(order.length, has), deltaPacked(present, count, base)]);
  const page: Page = { values: order.length, encoding: Encoding.delta, bytes };
  return { page, missing: order.length - count };
}

/** Bits of some rows. */
export function flagPages(flags: Uint8Array, order: Uint32Array): ColumnPages {
  const bits = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) {
    bits[i] = flags[order[i]!]!;
  }
  const out = new BitWriter(order.length / 8 + 1);
  out.pack(bits, 0, bits.length, 1);
  const bytes = Buffer.concat([levelsOf(order.length), out.taken()]);
  return { pages: [{ values: order.length, encoding: Encoding.plain, bytes }], nulls: 0 };
}

function int64(value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(value));
  return bytes;
}
