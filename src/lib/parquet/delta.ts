import { BitWriter, bitsOf } from './bit-packing.ts';
import { writeVarint } from './compact-writer.ts';

const BLOCK = 128;
const MINIBLOCKS = 4;
const MINIBLOCK = BLOCK / MINIBLOCKS;

/**
 * Whole numbers as differences of neighbours (Parquet's DELTA_BINARY_PACKED): what ascends takes few bits.
 *
 * @param values below 2^51 in size
 * @param base is added to each; a `bigint`, since the sum may be no safe integer
 */
export function deltaPacked(values: Float64Array, count: number, base = 0n): Uint8Array {
  const out = new BitWriter(2 * count + 64);
  const header: number[] = [];
  for (const number of [BLOCK, MINIBLOCKS, count]) {
    writeVarint(header, number);
  }
  out.put([...header, ...zigzagVarint(count === 0 ? 0n : base + BigInt(values[0]!))]);
  const deltas = new Float64Array(BLOCK);
  for (let from = 1; from < count; from += BLOCK) {
    const length = Math.min(BLOCK, count - from);
    for (let i = 0; i < length; i++) {
      deltas[i] = values[from + i]! - values[from + i - 1]!;
    }
    putBlock(out, deltas, length);
  }
  return out.taken();
}

function putBlock(out: BitWriter, deltas: Float64Array, length: number): void {
  let least = deltas[0]!;
  for (let i = 1; i < length; i++) {
    least = Math.min(least, deltas[i]!);
  }
  const widths = new Array<number>(MINIBLOCKS).fill(0);
  for (let i = 0; i < length; i++) {
    deltas[i]! -= least;
    const miniblock = Math.floor(i / MINIBLOCK);
    widths[miniblock] = Math.max(widths[miniblock]!, bitsOf(deltas[i]!));
  }
  out.put([...zigzagVarint(BigInt(least)), ...widths]);
  for (let from = 0; from < length; from += MINIBLOCK) {
    const to = Math.min(from + MINIBLOCK, length);
    out.pack(deltas, from, to, widths[from / MINIBLOCK]!, from + MINIBLOCK - to);
  }
}

/** Signed, 64 bits, seven of them a byte. */
function zigzagVarint(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n)); ; rest >>= 7n) {
    if (rest < 0x80n) {
      return [...bytes, Number(rest)];
    }
    bytes.push(Number(rest & 0x7fn) | 0x80);
  }
}
