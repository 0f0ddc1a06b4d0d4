import { Acquaintances } from '../../baselines/acquaintances.ts';
import { compactTime } from '../../baselines/compact-time.ts';
import { grown } from '../../lib/pair-table.ts';
import type { Id } from '../../model/activity.ts';
import type { Holder } from '../detector.ts';

const DAY_MS = 86_400_000;
const DAY_S = 86_400;
/** Seconds in which a pool opens. */
const POOL_S = 10;
/** Numbers kept of a principal: a cache line. */
const STRIDE = 16;
/** Of its pools: seconds at which the one in hand began, its logins, the largest, seconds of that. */
const Column = { poolStart: 0, poolSize: 1, largestPool: 2, largestTime: 3, lastDay: 4, places: 5 } as const;
/** Places kept beside a principal, each with the day of the latest login; the first is the latest. */
const NEAR_PLACES = 5;

/** From which places principals log in, as of the day, and how many connections they open at once. */
export interface Principals {
  /** Notes one of the logins that make up a pool. */
  countPool(principal: Id, time: number): void;
  notePlace(principal: Id, place: Id, time: number): void;
  isAt(principal: Id, place: Id, time: number): boolean;
  /** Whether a principal has logged in at all. */
  exists(principal: Id, time: number): boolean;
  largestPool(principal: Id, time: number): number;
  /** Forgets all but those that `visit` names or places are remembered of: other ids are given to others. */
  keepOnly(holder: Holder, visit: (keep: (principal: Id) => void) => void): void;
}

/** 64 bytes a principal, and 30 for each place beyond five. */
export function createPrincipals(memoryDays: number): Principals {
  /** What does not fit beside the principal: pods may be spread over dozens of subnets. */
  const farPlaces = new Acquaintances(memoryDays);
  let table = new Int32Array(64 * STRIDE);

  function recordOf(principal: Id): number {
    if ((principal + 1) * STRIDE > table.length) {
      table = grown(table, 2 * (principal + 1) * STRIDE);
    }
    return principal * STRIDE;
  }

  function isRecent(day: number, time: number): boolean {
    return day > 0 && dayOf(time) - day <= memoryDays;
  }

  /** Puts a place in front; of too many the last moves away. */
  function moveToFront(principal: Id, first: number, place: Id, day: number): void {
    let found = first;
    const last = first + 2 * (NEAR_PLACES - 1);
    while (found < last && table[found] !== place && table[found] !== 0) {
      found += 2;
    }
    if (table[found] !== place && table[found] !== 0) {
      farPlaces.learn(principal, table[found], table[found + 1] * DAY_MS);
    }
    const known = table[found] === place ? table[found + 1] : 0;
    table.copyWithin(first + 2, first, found);
    table[first] = place;
    table[first + 1] = Math.max(known, day);
  }

  return {
    countPool(principal, time) {
      const at = recordOf(principal);
      const seconds = compactTime(time);
      if (seconds - table[at] >= POOL_S) {
        table[at] = seconds;
        table[at + Column.poolSize] = 0;
      }
      const size = ++table[at + Column.poolSize];
      const isForgotten = seconds - table[at + Column.largestTime] > memoryDays * DAY_S;
      if (isForgotten || size >= table[at + Column.largestPool]) {
        table[at + Column.largestPool] = size;
        table[at + Column.largestTime] = seconds;
      }
    },

    notePlace(principal, place, time) {
      const at = recordOf(principal);
      const day = dayOf(time);
      table[at + Column.lastDay] = Math.max(table[at + Column.lastDay], day);
      const first = at + Column.places;
      if (place !== 0 && (table[first] !== place || table[first + 1] < day)) {
        moveToFront(principal, first, place, day);
      }
    },

    isAt(principal, place, time) {
      if (place === 0 || principal * STRIDE >= table.length) {
        return false;
      }
      const first = principal * STRIDE + Column.places;
      for (let at = first; at < first + 2 * NEAR_PLACES; at += 2) {
        if (table[at] === place && isRecent(table[at + 1], time)) {
          return true;
        }
      }
      return farPlaces.isKnown(principal, place, time);
    },

    exists: (principal, time) => isRecent(table[principal * STRIDE + Column.lastDay] ?? 0, time),

    largestPool(principal, time) {
      const at = principal * STRIDE;
      const isKept = at < table.length && compactTime(time) - table[at + Column.largestTime] <= memoryDays * DAY_S;
      return isKept ? table[at + Column.largestPool] : 0;
    },

    keepOnly(holder, visit) {
      const kept = new Int32Array(table.length);
      const keep = (principal: Id) => {
        const at = principal * STRIDE;
        if (at < kept.length) {
          kept.set(table.subarray(at, at + STRIDE), at);
        }
      };
      visit(keep);
      farPlaces.forEach((principal) => {
        holder.principal(principal);
        keep(principal);
      });
      table = kept;
    },
  };
}

export function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}
