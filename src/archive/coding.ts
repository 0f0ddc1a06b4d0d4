import { PairTable } from '../lib/pair-table.ts';

/** Gives values codes 1, 2, 3 … in the order in which their keys are first met. */
export class Coding<T> {
  readonly values: T[] = [];
  private readonly codes = new Map<string | number, number>();

  codeOf(key: string | number, value: () => T): number {
    const known = this.codes.get(key);
    if (known !== undefined) {
      return known;
    }
    const code = this.values.push(value());
    this.codes.set(key, code);
    return code;
  }
}

/** The same for pairs of 32-bit integers; 0, 0 is none, and has code 0. */
export class PairCoding<T> {
  readonly values: T[] = [];
  private readonly table = new PairTable();
  private readonly meaningOf: (high: number, low: number) => T;

  constructor(meaningOf: (high: number, low: number) => T) {
    this.meaningOf = meaningOf;
  }

  codeOf(high: number, low: number): number {
    if (high === 0 && low === 0) {
      return 0;
    }
    const known = this.table.find(high, low);
    if (known !== 0) {
      return known;
    }
    this.values.push(this.meaningOf(high, low));
    return this.table.add(high, low);
  }
}
