import type { Activity, KeptRecord } from '../../model/activity.ts';
import type { AddressFacts, Listing } from '../../model/address-facts.ts';
import type { Resource } from '../../model/resource.ts';
import type { Sighting } from './matter.ts';

/** Addresses that are waited for at a time; when there are more, nobody is waited for any longer. */
const MAX_ADDRESSES = 4096;
/** Connections of one address of which time and record are kept. */
const MAX_KEPT = 32;

/** Connections of one address that nobody has logged in on yet. */
interface Knock {
  resource: Resource;
  facts: AddressFacts;
  listings: readonly Listing[];
  /** The oldest first. */
  kept: { time: number; records: readonly KeptRecord[] }[];
  /** Connections beyond those kept. */
  more: number;
  lastTime: number;
  isLate: boolean;
}

/**
 * Connections from listed addresses, to be told as probes when nobody has logged in on them after a while: between one
 * and two times the wait. By address rather than by session, since which connection a login belongs to makes no difference.
 */
export class Knocks {
  /** Those before the last turn, and those since. */
  private older = new Map<string, Knock>();
  private newer = new Map<string, Knock>();
  private nextTurn = Number.POSITIVE_INFINITY;

  isDue(time: number): boolean {
    return time >= this.nextTurn || this.newer.size >= MAX_ADDRESSES;
  }

  connect(activity: Activity, from: Pick<Sighting, 'resource' | 'facts' | 'listings'>, waitMs: number): void {
    const { time, isLate } = activity;
    if (this.older.size + this.newer.size === 0) {
      this.nextTurn = time + waitMs;
    }
    const known = this.newer.get(from.facts.address);
    const knock = known ?? { ...from, kept: [], more: 0, lastTime: time, isLate };
    this.newer.set(from.facts.address, knock);
    knock.lastTime = Math.max(knock.lastTime, time);
    knock.isLate ||= isLate;
    if (knock.kept.length < MAX_KEPT) {
      knock.kept.push({ time, records: activity.keep() });
    } else {
      knock.more++;
    }
  }

  /** Somebody from there tried to log in, so that one of the connections was no probe. */
  logIn(address: string): void {
    for (const knocks of [this.older, this.newer]) {
      const knock = knocks.get(address);
      if (knock !== undefined) {
        answer(knocks, address, knock);
        return;
      }
    }
  }

  /** The probes that are known to be such at a time. */
  probesAt(time: number, waitMs: number): Sighting[] {
    const over: Knock[] = [];
    while (this.isWaiting && this.isDue(time)) {
      over.push(...this.older.values());
      this.older = this.newer;
      this.newer = new Map();
      this.nextTurn += waitMs;
    }
    this.nextTurn = this.isWaiting ? this.nextTurn : Number.POSITIVE_INFINITY;
    return over.map(sightingOf);
  }

  private get isWaiting(): boolean {
    return this.older.size + this.newer.size > 0;
  }
}

function answer(knocks: Map<string, Knock>, address: string, knock: Knock): void {
  if (knock.more > 0) {
    knock.more--;
  } else {
    knock.kept.shift();
  }
  if (knock.kept.length === 0) {
    knocks.delete(address);
  }
}

function sightingOf({ resource, facts, listings, kept, more, lastTime, isLate }: Knock): Sighting {
  return {
    resource,
    facts,
    listings,
    count: kept.length + more,
    firstTime: kept[0].time,
    lastTime,
    principal: '',
    application: '',
    database: '',
    isRefused: false,
    isLate,
    records: () => kept.flatMap(({ records }) => records),
  };
}
