import { writeVarint } from './compact-writer.ts';

/** Values are packed in eights, and as many that are the same are told once. */
const GROUP = 8;
/** A shift of 32-bit numbers takes no more: seven bits that wait, and these. */
const MOST_BITS = 24;

/** Bits that a whole number takes that is not negative. */
export function bitsOf(value: number): number {
  return value < 0x1_0000_0000 ? 32 - Math.clz32(value) : 64 - Math.clz32(value / 0x1_0000_0000);
}

/** Bytes, and numbers of some bits each, the lowest bit first. */
export class BitWriter {
  private bytes: Uint8Array;
  private length = 0;
  private waiting = 0;
  private bits = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
  }

  /** Whole bytes. Bits before them must have been flushed. */
  put(bytes: ArrayLike<number>): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** The numbers at `from` to `to`, then as many that are 0, and no bit of a byte is left open. */
  pack(values: Int32Array | Float64Array, from: number, to: number, width: number, zeros = 0): void {
    this.reserve(Math.ceil(((to - from + zeros) * width) / 8) + 1);
    if (width <= MOST_BITS) {
      this.packNarrow(values, from, to, width);
    } else {
      for (let i = from; i < to; i++) {
        this.wide(values[i]!, width);
      }
    }
    for (let i = 0; i < zeros; i++) {
      this.wide(0, width);
    }
    this.flush();
  }

  taken(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  private packNarrow(values: Int32Array | Float64Array, from: number, to: number, width: number): void {
    const { bytes } = this;
    let [waiting, bits, length] = [this.waiting, this.bits, this.length];
    for (let i = from; i < to; i++) {
      waiting |= values[i]! << bits;
      bits += width;
      while (bits >= 8) {
        bytes[length++] = waiting;
        waiting >>>= 8;
        bits -= 8;
      }
    }
    this.waiting = waiting;
    this.bits = bits;
    this.length = length;
  }

  private wide(value: number, width: number): void {
    const part = new Float64Array(1);
    for (let left = width, rest = value; left > 0; left -= MOST_BITS) {
      part[0] = rest % 2 ** MOST_BITS;
      this.packNarrow(part, 0, 1, Math.min(left, MOST_BITS));
      rest = Math.floor(rest / 2 ** MOST_BITS);
    }
  }

  private flush(): void {
    if (this.bits > 0) {
      this.bytes[this.length++] = this.waiting;
      this.waiting = 0;
      this.bits = 0;
    }
  }

  private reserve(more: number): void {
    if (this.length + more > this.bytes.length) {
      const wider = new Uint8Array(2 * (this.length + more));
      wider.set(this.taken());
      this.bytes = wider;
    }
  }
}

/** Numbers of so many bits (at most 24) as runs and as packed groups: what Parquet calls RLE. */
export function hybrid(values: Int32Array, count: number, width: number): Uint8Array {
  const out = new BitWriter(Math.ceil((count * width) / 8) + 64);
  let packed = 0;
  for (let at = 0; at < count; ) {
    const same = runAt(values, at, count);
    if (same < GROUP && at + same < count) {
      at += GROUP;
    } else {
      putGroups(out, values, packed, at, width);
      putRun(out, values[at]!, same, width);
      at += same;
      packed = at;
    }
  }
  putGroups(out, values, packed, count, width);
  return out.taken();
}

/** The same for numbers that are all the same. */
export function hybridRun(value: number, count: number, width: number): Uint8Array {
  const out = new BitWriter(16);
  putRun(out, value, count, width);
  return out.taken();
}

/** How many numbers from here on are the same: eights, or all that are left. */
function runAt(values: Int32Array, from: number, count: number): number {
  const value = values[from];
  let to = from + 1;
  while (to < count && values[to] === value) {
    to++;
  }
  return to === count ? to - from : (to - from) & -GROUP;
}

function putGroups(out: BitWriter, values: Int32Array, from: number, to: number, width: number): void {
  if (from < to) {
    const groups = Math.ceil((to - from) / GROUP);
    const header: number[] = [];
    writeVarint(header, 2 * groups + 1);
    out.put(header);
    out.pack(values, from, to, width, groups * GROUP - (to - from));
  }
}

function putRun(out: BitWriter, value: number, count: number, width: number): void {
  const header: number[] = [];
  writeVarint(header, 2 * count);
  for (let bits = 0; bits < width; bits += 8) {
    header.push((value >>> bits) & 0xff);
  }
  out.put(header);
}
