import { PairTable } from '../../lib/pair-table.ts';

/** Of more, all are forgotten: which ones are known must not depend on the secret under which statements are hashed. */
const MAX_STATEMENTS = 131_072;

/** Statements that are known to hand out little, as nearly all do, by their fingerprints: 20 bytes each. */
export class SmallStatements {
  private table = new PairTable();

  has(low: number, high: number): boolean {
    return this.table.find(low, high) !== 0;
  }

  /** Adds one that is not there. */
  add(low: number, high: number): void {
    if (this.table.size >= MAX_STATEMENTS) {
      this.table = new PairTable();
    }
    this.table.add(low, high);
  }
}
