/** Of each row: a first number, the day of event time, and the second numbers that came last with it on that day. */
const STRIDE = 5;
/** First numbers at hand, at first and at most, powers of two: of those that share a row the one that came last. */
const FIRST_ROWS = 16;
const MAX_ROWS = 65_536;

/**
 * Pairs that were noted on a day, the last three of each first number: a memo of what is known elsewhere, which may lose
 * any pair. 20 bytes for each first number up to the highest, 1.3 MB at most; second numbers are not 0.
 */
export class SeenToday {
  private mask = FIRST_ROWS - 1;
  private rows = new Int32Array(FIRST_ROWS * STRIDE);

  has(a: number, b: number, day: number): boolean {
    const { rows } = this;
    const at = (a & this.mask) * STRIDE;
    return rows[at] === a && rows[at + 1] === day && (rows[at + 2] === b || rows[at + 3] === b || rows[at + 4] === b);
  }

  add(a: number, b: number, day: number): void {
    if (a > this.mask && this.mask < MAX_ROWS - 1) {
      this.mask = Math.min(MAX_ROWS, 2 ** (32 - Math.clz32(a))) - 1;
      this.rows = new Int32Array((this.mask + 1) * STRIDE);
    }
    const { rows } = this;
    const at = (a & this.mask) * STRIDE;
    if (rows[at] !== a || rows[at + 1]! < day) {
      rows.fill(0, at, at + STRIDE);
      rows[at] = a;
      rows[at + 1] = day;
    }
    if (rows[at + 1] === day) {
      rows[at + 4] = rows[at + 3]!;
      rows[at + 3] = rows[at + 2]!;
      rows[at + 2] = b;
    }
  }

  clear(): void {
    this.rows.fill(0);
  }
}
