import { grown } from '../lib/pair-table.ts';
import type { Activity } from '../model/activity.ts';

/** Words of a place: four of the statement's hash, principal, application, the stamp of the hour, and one that is unused. */
const STRIDE = 8;
const FIRST_PLACES = 64;
/** 512 kB at most. */
const MAX_PLACES = 16_384;
const HOUR_MS = 3_600_000;

/** Who sent a statement, and what `TextHash` says of it. */
type Sent = Pick<Activity, 'principal' | 'application' | 'time'> & { statementHash(): Int32Array };

/**
 * Statements of the hour in hand that tell nothing when they come again, by principal, application and bytes: a memo, which
 * may lose any. 32 bytes each.
 */
export class RepeatedStatements {
  private rows = new Int32Array(STRIDE * FIRST_PLACES);
  private mask = FIRST_PLACES - 1;
  private count = 0;
  /** When the hour in hand ends, milliseconds. */
  private hourEnd = 0;
  /** Stands for the hour; those of another stamp do not count. */
  private stamp = 1;

  has(sent: Sent): boolean {
    const { time } = sent;
    if (time >= this.hourEnd) {
      this.beginHour(time);
    }
    const hash = sent.statementHash();
    if (hash.length === 0) {
      return false;
    }
    const { principal, application } = sent;
    const { rows } = this;
    const at = this.placeOf(hash, principal);
    return (
      rows[at + 1] === hash[1] &&
      rows[at] === hash[0] &&
      rows[at + 2] === hash[2] &&
      rows[at + 3] === hash[3] &&
      rows[at + 4] === principal &&
      rows[at + 5] === application &&
      rows[at + 6] === this.stamp &&
      time >= this.hourEnd - HOUR_MS
    );
  }

  /** It was looked for, and told nothing. */
  add(sent: Sent): void {
    const hash = sent.statementHash();
    if (hash.length === 0 || sent.time < this.hourEnd - HOUR_MS) {
      return; // unknown, or late
    }
    if (++this.count > this.mask >> 1 && this.mask < MAX_PLACES - 1) {
      this.grow();
    }
    const { rows } = this;
    const at = this.placeOf(hash, sent.principal);
    rows.set(hash, at);
    rows[at + 4] = sent.principal;
    rows[at + 5] = sent.application;
    rows[at + 6] = this.stamp;
  }

  /** What was noted of a statement may not hold any longer. */
  clear(): void {
    this.stamp++;
    this.count = 0;
  }

  private beginHour(time: number): void {
    this.hourEnd = (Math.floor(time / HOUR_MS) + 1) * HOUR_MS;
    this.clear();
  }

  private placeOf(hash: Int32Array, principal: number): number {
    const mixed = hash[0]! + Math.imul(principal, 0x9e3779b1);
    return STRIDE * ((mixed ^ (mixed >>> 15)) & this.mask);
  }

  /** What was at hand is lost. */
  private grow(): void {
    this.mask = 2 * this.mask + 1;
    this.rows = grown(this.rows, STRIDE * (this.mask + 1));
    this.clear();
  }
}
