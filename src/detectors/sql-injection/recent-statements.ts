import { grown } from '../../lib/pair-table.ts';

/** Statements of a scope at hand: as many as a transaction mostly has. */
const STATEMENTS = 8;
/** Words of a scope, one cache line: halves of fingerprints. */
const STRIDE = 2 * STATEMENTS;

/** Which usual statements a scope has sent in the period in hand: those are looked up nowhere else. May lose any of them. */
export class RecentStatements {
  private period = 0;
  private rows = new Int32Array(STRIDE);
  /** The place that is taken next, of any scope. */
  private next = 0;

  has(scope: number, low: number, high: number, period: number): boolean {
    const { rows } = this;
    const first = scope * STRIDE;
    if (period !== this.period || first >= rows.length) {
      return false;
    }
    for (let i = first; i < first + STRIDE; i += 2) {
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
    if (period > this.period) {
      this.period = period;
      this.rows.fill(0);
    }
    const first = scope * STRIDE;
    if (first >= this.rows.length) {
      this.rows = grown(this.rows, 2 * (first + STRIDE));
    }
    const at = first + 2 * (this.next++ & (STATEMENTS - 1));
    this.rows[at] = low;
    this.rows[at + 1] = high;
  }
}
