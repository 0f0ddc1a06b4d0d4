import { grown } from '../lib/pair-table.ts';
import type { Activity } from '../model/activity.ts';

/** Words of a place: principal, address, application, and the stamp of the day on which they came together. */
const STRIDE = 4;
const FIRST_PLACES = 64;
/** 1 MB at most. */
const MAX_PLACES = 65_536;
const DAY_MS = 86_400_000;

/** Who came by an access. */
type Access = Pick<Activity, 'principal' | 'address' | 'application' | 'time'>;

/**
 * Accesses of the day in hand of which nothing was found, by principal, address and application: a memo, which may lose
 * any. 16 bytes each.
 */
export class RepeatedAccesses {
  private rows = new Int32Array(STRIDE * FIRST_PLACES);
  private mask = FIRST_PLACES - 1;
  private count = 0;
  /** When the day in hand ends, milliseconds. */
  private dayEnd = 0;
  /** Stands for the day; those of another stamp do not count. */
  private stamp = 1;

  has({ principal, address, application, time }: Access): boolean {
    if (time >= this.dayEnd) {
      this.beginDay(time);
    }
    const { rows, stamp } = this;
    const at = this.placeOf(principal, address, application);
    return (
      rows[at + 3] === stamp &&
      rows[at] === principal &&
      rows[at + 1] === address &&
      rows[at + 2] === application &&
      time >= this.dayEnd - DAY_MS
    );
  }

  add({ principal, address, application, time }: Access): void {
    if (time >= this.dayEnd || time < this.dayEnd - DAY_MS) {
      return; // late
    }
    if (++this.count > this.mask >> 1 && this.mask < MAX_PLACES - 1) {
      this.grow();
    }
    const { rows } = this;
    const at = this.placeOf(principal, address, application);
    rows[at] = principal;
    rows[at + 1] = address;
    rows[at + 2] = application;
    rows[at + 3] = this.stamp;
  }

  /** What was noted of an access may not hold any longer. */
  clear(): void {
    this.stamp++;
    this.count = 0;
  }

  private beginDay(time: number): void {
    this.dayEnd = (Math.floor(time / DAY_MS) + 1) * DAY_MS;
    this.clear();
  }

  private placeOf(principal: number, address: number, application: number): number {
    const mixed = Math.imul(Math.imul(principal, 0x9e3779b1) + address, 0x85ebca6b) + application;
    return STRIDE * ((mixed ^ (mixed >>> 15)) & this.mask);
  }

  /** What was at hand is lost. */
  private grow(): void {
    this.mask = 2 * this.mask + 1;
    this.rows = grown(this.rows, STRIDE * (this.mask + 1));
    this.clear();
  }
}
