/** Statements of a scope at hand: as many as a transaction mostly has. */
const STATEMENTS = 8;
/** Scopes at hand, at first and at most, powers of two: of those that share a row the one that came last. */
const FIRST_ROWS = 16;
const MAX_ROWS = 4096;
/** Words of a row, two cache lines at most: the scope, then halves of fingerprints. */
const STRIDE = 1 + 2 * STATEMENTS;

/** Which usual statements scopes have sent in the period in hand: those are looked up nowhere else. May lose any of them. */
export class RecentStatements {
  private period = 0;
  private mask = FIRST_ROWS - 1;
  private rows = new Int32Array(FIRST_ROWS * STRIDE);
  /** The place that is taken next, of any scope. */
  private next = 0;

  has(scope: number, low: number, high: number, period: number): boolean {
    const { rows } = this;
    const first = (scope & this.mask) * STRIDE;
    if (period !== this.period || rows[first] !== scope) {
      return false;
    }
    for (let i = first + 1; i < first + STRIDE; i += 2) {
      if (rows[i] === low && rows[i + 1] === high) {
        return true;
      }
    }
    return false;
  }

  /** Statements of a period that is over are forgotten, and not taken. */
  add(scope: number, low: number, high: number, period: number): void {
    if (period < this.period) {
      return;
    }
    if (scope > this.mask && this.mask < MAX_ROWS - 1) {
      this.mask = 2 * this.mask + 1;
      this.rows = new Int32Array((this.mask + 1) * STRIDE);
    }
    const { rows } = this;
    if (period > this.period) {
      this.period = period;
      rows.fill(0);
    }
    const first = (scope & this.mask) * STRIDE;
    if (rows[first] !== scope) {
      rows.fill(0, first, first + STRIDE);
      rows[first] = scope;
    }
    const at = first + 1 + 2 * (this.next++ & (STATEMENTS - 1));
    rows[at] = low;
    rows[at + 1] = high;
  }
}
