import { Acquaintances } from '../../baselines/acquaintances.ts';
import { grown } from '../../lib/pair-table.ts';
import type { Id } from '../../model/activity.ts';
import type { Holder } from '../detector.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Within which a pool opens. */
const POOL_MS = 10_000;
/** Numbers kept of a principal: half a cache line. */
const STRIDE = 8;
/**
 * The hour of its latest login. Of its pools: the ten seconds in hand; the logins in them and, in the upper half, the
 * largest. Then places, each with the day of the latest login from there in the lower bits. Column 1 was used before.
 */
const Column = { hour: 0, pool: 2, sizes: 3, places: 4 } as const;
const NEAR_PLACES = 4;
const MAX_POOL = 0x7fff;
/** Days are kept modulo so many, which is far more than the memory. */
const DAYS = 1024;
/** Places beyond this are not remembered: there are fewer in the world. */
const MAX_PLACE = 0x1f_ffff;

/**
 * From which places principals log in, as of the day, and how many connections they open at once. 32 bytes a principal,
 * and 30 for each place beyond four.
 */
export class Principals {
  private readonly memoryDays: number;
  /** What does not fit beside the principal: pods may be spread over dozens of subnets. */
  private readonly farPlaces: Acquaintances;
  private table = new Int32Array(4 * STRIDE);

  constructor(memoryDays: number) {
    this.memoryDays = memoryDays;
    this.farPlaces = new Acquaintances(memoryDays);
  }

  /** Counts a login of a principal that was noted. */
  count(principal: Id, time: number): void {
    const { table } = this;
    const at = principal * STRIDE;
    table[at] = Math.floor(time / HOUR_MS);
    this.countPool(at, time);
  }

  /** Notes a login, and from where. */
  note(principal: Id, place: Id, time: number): void {
    const at = principal * STRIDE;
    if (at >= this.table.length) {
      this.table = grown(this.table, 2 * (principal + 1) * STRIDE);
    }
    this.count(principal, time);
    if (place !== 0 && place <= MAX_PLACE) {
      this.notePlace(principal, at + Column.places, place, dayOf(time));
    }
  }

  isAt(principal: Id, place: Id, time: number): boolean {
    const { table } = this;
    if (place === 0 || principal * STRIDE >= table.length) {
      return false;
    }
    const first = principal * STRIDE + Column.places;
    for (let at = first; at < first + NEAR_PLACES; at++) {
      if (Math.floor(table[at] / DAYS) === place && ageOf(table[at], dayOf(time)) <= this.memoryDays) {
        return true;
      }
    }
    return this.farPlaces.isKnown(principal, place, time);
  }

  /** Whether a principal has logged in at all. */
  exists(principal: Id, time: number): boolean {
    const hour = this.table[principal * STRIDE] ?? 0;
    return hour > 0 && Math.floor(time / HOUR_MS) - hour <= 24 * this.memoryDays;
  }

  /** As long as it is remembered. */
  largestPool(principal: Id, time: number): number {
    return this.exists(principal, time) ? this.table[principal * STRIDE + Column.sizes] >> 16 : 0;
  }

  /** Forgets all but those that `visit` names or places are remembered of: other ids are given to others. */
  keepOnly(holder: Holder, visit: (keep: (principal: Id) => void) => void): void {
    const kept = new Int32Array(this.table.length);
    const keep = (principal: Id) => {
      const at = principal * STRIDE;
      if (at < kept.length) {
        kept.set(this.table.subarray(at, at + STRIDE), at);
      }
    };
    visit(keep);
    this.farPlaces.forEach((principal) => {
      holder.principal(principal);
      keep(principal);
    });
    this.table = kept;
  }

  private countPool(at: number, time: number): void {
    const { table } = this;
    const pool = Math.floor(time / POOL_MS);
    const sizes = table[at + Column.sizes];
    const largest = sizes >> 16;
    const size = table[at + Column.pool] === pool ? Math.min(MAX_POOL, (sizes & 0xffff) + 1) : 1;
    table[at + Column.pool] = pool;
    table[at + Column.sizes] = ((size > largest ? size : largest) << 16) | size;
  }

  private notePlace(principal: Id, first: number, place: Id, day: number): void {
    const { table } = this;
    const entry = place * DAYS + (day % DAYS);
    for (let at = first; at < first + NEAR_PLACES; at++) {
      if (table[at] === entry) {
        return;
      }
      if (Math.floor(table[at] / DAYS) === place) {
        table[at] = ageOf(table[at], day) > 0 ? entry : table[at];
        return;
      }
    }
    table[this.makeRoom(principal, first, day)] = entry;
  }

  /** The place beside a principal that is not used, else the one not used for longest, which moves away. */
  private makeRoom(principal: Id, first: number, day: number): number {
    const { table } = this;
    let oldest = first;
    for (let at = first; at < first + NEAR_PLACES; at++) {
      if (table[at] === 0) {
        return at;
      }
      oldest = ageOf(table[at], day) > ageOf(table[oldest], day) ? at : oldest;
    }
    this.farPlaces.learn(principal, Math.floor(table[oldest] / DAYS), (day - ageOf(table[oldest], day)) * DAY_MS);
    return oldest;
  }
}

/** Days from that of an entry to another; 0 where it is the later one. */
function ageOf(entry: number, day: number): number {
  const age = (day - entry) & (DAYS - 1);
  return age < DAYS / 2 ? age : 0;
}

export function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}
