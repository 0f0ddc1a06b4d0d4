import { grown } from '../lib/pair-table.ts';
import type { Id } from '../model/activity.ts';

const FIRST_IDS = 16;

/** Gives ids codes 1, 2, 3 … in the order in which they are first met, with what they stand for. */
export class IdCodes<T> {
  readonly values: T[] = [];
  private codes = new Int32Array(FIRST_IDS);
  private readonly meaningOf: (id: Id) => T;

  constructor(meaningOf: (id: Id) => T) {
    this.meaningOf = meaningOf;
  }

  codeOf(id: Id): number {
    if (id === 0) {
      return 0;
    }
    const code = this.codes[id];
    return code === undefined || code === 0 ? this.add(id) : code;
  }

  /** Ids may stand for others from now on; codes that were given stay. */
  forgetIds(): void {
    this.codes.fill(0);
  }

  /** Begins anew. */
  clear(): void {
    this.values.length = 0;
    this.codes.fill(0);
  }

  private add(id: Id): number {
    if (id >= this.codes.length) {
      this.codes = grown(this.codes, 2 * (id + 1));
    }
    const code = this.values.push(this.meaningOf(id));
    this.codes[id] = code;
    return code;
  }
}
