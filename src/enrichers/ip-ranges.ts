import { type IpLanes, type IpPrefix, lastOf } from '../lib/ip.ts';
import { shareUint32 } from './shared-memory.ts';

/** Address ranges with a number each, searchable, in shared memory. Ranges may lie within or overlap each other. */
export interface IpRanges {
  ipv4: SortedRanges;
  ipv6: SortedRanges;
}

/** Ranges of one family by (first address ascending, last address descending), both inclusive, as lanes. */
interface SortedRanges {
  starts: Uint32Array;
  ends: Uint32Array;
  values: Uint32Array;
  /** For each row, one more than the last earlier row that ends later; 0 where there is none. */
  enclosing: Uint32Array;
  /** For each value of the first bits of an address, and one beyond, how many rows start below it. */
  index: Uint32Array;
}

/** Ranges being collected, in any order. */
export interface RangeList {
  ipv4: GrowingRanges;
  ipv6: GrowingRanges;
}

interface GrowingRanges {
  /** Lanes of an address: 1 or 4. */
  width: number;
  count: number;
  starts: Uint32Array;
  ends: Uint32Array;
  values: Uint32Array;
}

/** Rows that a new list has room for. */
const FIRST_ROWS = 64;

/** First bits of an address that the index goes by, at most (256 KiB). Smaller tables have about as many entries as rows. */
const MOST_INDEX_BITS = 16;

export function createRangeList(): RangeList {
  return { ipv4: growingRanges(1), ipv6: growingRanges(4) };
}

/** Adds a range from `start` to `end`, both inclusive; `width` (1 or 4) says how many of their lanes count. */
export function addRange(list: RangeList, width: number, start: Uint32Array, end: Uint32Array, value: number): void {
  const ranges = width === 1 ? list.ipv4 : list.ipv6;
  if (ranges.count === ranges.values.length) {
    ranges.starts = doubled(ranges.starts);
    ranges.ends = doubled(ranges.ends);
    ranges.values = doubled(ranges.values);
  }
  const at = ranges.count * width;
  for (let i = 0; i < width; i++) {
    ranges.starts[at + i] = start[i];
    ranges.ends[at + i] = end[i];
  }
  ranges.values[ranges.count++] = value;
}

export function addPrefix(list: RangeList, prefix: IpPrefix, value: number): void {
  addRange(list, prefix.lanes.length, Uint32Array.from(prefix.lanes), Uint32Array.from(lastOf(prefix)), value);
}

/** Sorts what was collected and puts it into shared memory. */
export function sealRanges(list: RangeList): IpRanges {
  return { ipv4: sorted(list.ipv4), ipv6: sorted(list.ipv6) };
}

/**
 * The number of the narrowest range that holds an address: of those that do, the one that starts last.
 * Of equal ranges, the one added last.
 */
export function findValue(ranges: IpRanges, address: IpLanes): number | undefined {
  const family = address.length === 1 ? ranges.ipv4 : ranges.ipv6;
  let count = countUpTo(family, address);
  // Rows between a row and its enclosing one end before the row does.
  while (count > 0 && compareRow(family.ends, count - 1, address, 0) < 0) {
    count = family.enclosing[count - 1];
  }
  return count === 0 ? undefined : family.values[count - 1];
}

/** The numbers of all ranges that hold an address, the narrowest first, `most` of them at most. */
export function findValues(ranges: IpRanges, address: IpLanes, most: number): number[] {
  const family = address.length === 1 ? ranges.ipv4 : ranges.ipv6;
  const found: number[] = [];
  let count = countUpTo(family, address);
  while (count > 0 && found.length < most) {
    if (compareRow(family.ends, count - 1, address, 0) >= 0) {
      found.push(family.values[count - 1]);
      count--;
    } else {
      count = family.enclosing[count - 1];
    }
  }
  return found;
}

/** How many ranges start at or before an address. */
function countUpTo({ starts, index }: SortedRanges, address: IpLanes): number {
  const width = address.length;
  const first = address[0];
  const entry = first >>> indexShift(index);
  let low = index[entry];
  let high = index[entry + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const difference = starts[middle * width] - first; // nearly always tells, so the rest is looked at on a tie only
    if (difference < 0 || (difference === 0 && compareRow(starts, middle, address, 1) <= 0)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** How far the first lane is shifted to be an entry of the index, which has 2^bits + 1 of them. */
function indexShift(index: Uint32Array): number {
  return Math.clz32(index.length - 1) + 1;
}

/** Compares from a lane on: negative when the row is before the address, positive when after. */
function compareRow(rows: Uint32Array, row: number, address: IpLanes, fromLane: number): number {
  for (let i = fromLane; i < address.length; i++) {
    const difference = rows[row * address.length + i] - address[i];
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

function growingRanges(width: number): GrowingRanges {
  const lanes = FIRST_ROWS * width;
  return {
    width,
    count: 0,
    starts: new Uint32Array(lanes),
    ends: new Uint32Array(lanes),
    values: new Uint32Array(FIRST_ROWS),
  };
}

function doubled(array: Uint32Array): Uint32Array {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

function sorted(ranges: GrowingRanges): SortedRanges {
  const { width, count, starts, ends, values } = isSorted(ranges) ? ranges : rearranged(ranges);
  return {
    starts: shareUint32(starts.subarray(0, count * width)),
    ends: shareUint32(ends.subarray(0, count * width)),
    values: shareUint32(values.subarray(0, count)),
    enclosing: shareUint32(enclosingRows(ends, width, count)),
    index: shareUint32(indexOf(starts, width, count)),
  };
}

function isSorted(ranges: GrowingRanges): boolean {
  for (let row = 1; row < ranges.count; row++) {
    if (compareRanges(ranges, row - 1, row) > 0) {
      return false;
    }
  }
  return true;
}

function rearranged(ranges: GrowingRanges): GrowingRanges {
  const order = Array.from({ length: ranges.count }, (_, row) => row).sort(
    (a, b) => compareRanges(ranges, a, b) || a - b,
  );
  const moved = (rows: Uint32Array, width: number) =>
    Uint32Array.from(
      { length: ranges.count * width },
      (_, i) => rows[order[Math.floor(i / width)] * width + (i % width)],
    );
  return {
    ...ranges,
    starts: moved(ranges.starts, ranges.width),
    ends: moved(ranges.ends, ranges.width),
    values: moved(ranges.values, 1),
  };
}

function compareRanges({ starts, ends, width }: GrowingRanges, a: number, b: number): number {
  return compareRows(starts, width, a, b) || compareRows(ends, width, b, a);
}

function compareRows(rows: Uint32Array, width: number, a: number, b: number): number {
  for (let i = 0; i < width; i++) {
    const difference = rows[a * width + i] - rows[b * width + i];
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

function enclosingRows(ends: Uint32Array, width: number, count: number): Uint32Array {
  const enclosing = new Uint32Array(count);
  for (let row = 1; row < count; row++) {
    let outer = row;
    while (outer > 0 && compareRows(ends, width, outer - 1, row) <= 0) {
      outer = enclosing[outer - 1];
    }
    enclosing[row] = outer;
  }
  return enclosing;
}

function indexOf(starts: Uint32Array, width: number, count: number): Uint32Array {
  const bits = Math.min(MOST_INDEX_BITS, Math.max(1, 31 - Math.clz32(count)));
  const index = new Uint32Array(2 ** bits + 1);
  const shift = indexShift(index);
  for (let row = 0; row < count; row++) {
    index[(starts[row * width] >>> shift) + 1]++;
  }
  for (let entry = 1; entry < index.length; entry++) {
    index[entry] += index[entry - 1];
  }
  return index;
}
