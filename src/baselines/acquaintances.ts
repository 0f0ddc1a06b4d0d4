import { grown, PairTable } from '../lib/pair-table.ts';

/** Pairs remembered at a time. */
const MAX_PAIRS = 1_048_576;
const DAY_S = 86_400;

/**
 * Which pairs (say, principal and address) have been seen together, with a memory of some days.
 * About 30 bytes a pair. When there are too many, those not seen for longest are forgotten.
 */
export class Acquaintances {
  private readonly memoryS: number;
  private readonly pairs = new PairTable(64);
  private last = new Int32Array(65);

  constructor(memoryDays: number) {
    this.memoryS = memoryDays * DAY_S;
  }

  isKnown(a: number, b: number, time: number): boolean {
    const slot = this.pairs.find(a, b);
    return slot !== 0 && time / 1000 - this.last[slot]! <= this.memoryS;
  }

  /** Notes that a known pair was seen again; false, and nothing noted, for others. */
  meet(a: number, b: number, time: number): boolean {
    const slot = this.pairs.find(a, b);
    const seconds = Math.floor(time / 1000);
    if (slot === 0 || seconds - this.last[slot]! > this.memoryS) {
      return false;
    }
    this.last[slot] = Math.max(this.last[slot]!, seconds);
    return true;
  }

  learn(a: number, b: number, time: number): void {
    let slot = this.pairs.find(a, b);
    if (slot === 0) {
      if (this.pairs.size >= MAX_PAIRS) {
        this.forgetOldest(MAX_PAIRS / 4);
      }
      slot = this.pairs.add(a, b);
      if (slot >= this.last.length) {
        this.last = grown(this.last, this.pairs.capacity + 1);
      }
      this.last[slot] = 0;
    }
    this.last[slot] = Math.max(this.last[slot]!, Math.floor(time / 1000));
  }

  /** Calls for every pair that is remembered; expired ones are forgotten first. */
  forEach(visit: (a: number, b: number) => void): void {
    this.forgetExpired();
    for (const slot of this.pairs.used()) {
      visit(this.pairs.first(slot), this.pairs.second(slot));
    }
  }

  private forgetExpired(): void {
    const used = [...this.pairs.used()];
    const newest = used.reduce((latest, slot) => Math.max(latest, this.last[slot]!), 0);
    for (const slot of used) {
      if (newest - this.last[slot]! > this.memoryS) {
        this.pairs.remove(slot);
      }
    }
  }

  private forgetOldest(count: number): void {
    const oldest = [...this.pairs.used()].sort((a, b) => this.last[a]! - this.last[b]! || a - b);
    for (const slot of oldest.slice(0, count)) {
      this.pairs.remove(slot);
    }
  }
}
