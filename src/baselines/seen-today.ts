import { grown } from '../lib/pair-table.ts';

/** Of each first number: the day of event time, and the second numbers that came last on it. */
const STRIDE = 4;

/**
 * Pairs that were noted on a day, the last three of each first number: a memo of what is known elsewhere, which may lose
 * any pair. 16 bytes for each first number up to the highest; second numbers are not 0.
 */
export class SeenToday {
  private rows = new Int32Array(16 * STRIDE);

  has(a: number, b: number, day: number): boolean {
    const { rows } = this;
    const at = a * STRIDE;
    return at < rows.length && rows[at] === day && (rows[at + 1] === b || rows[at + 2] === b || rows[at + 3] === b);
  }

  add(a: number, b: number, day: number): void {
    const at = a * STRIDE;
    if (at >= this.rows.length) {
      this.rows = grown(this.rows, 2 * (at + STRIDE));
    }
    const { rows } = this;
    if (rows[at]! < day) {
      rows.fill(0, at, at + STRIDE);
      rows[at] = day;
    }
    if (rows[at] === day) {
      rows[at + 3] = rows[at + 2]!;
      rows[at + 2] = rows[at + 1]!;
      rows[at + 1] = b;
    }
  }

  clear(): void {
    this.rows.fill(0);
  }
}
