/** Words of a place: the pair, and the day on which it was noted. */
const STRIDE = 4;
/** The day of a pair that was removed. */
const NEVER = -1;

/**
 * Pairs that were noted on a day: a memo of what is known elsewhere, which may lose any pair. One look touches one cache
 * line, where the table of all pairs takes three. 16 bytes a place.
 */
export class NotedPairs {
  private readonly rows: Int32Array;
  private readonly mask: number;

  /** @param places a power of two */
  constructor(places: number) {
    this.rows = new Int32Array(STRIDE * places);
    this.mask = places - 1;
  }

  /** The pair must not be 0, 0. */
  has(a: number, b: number, day: number): boolean {
    const { rows } = this;
    const at = this.placeOf(a, b);
    return rows[at] === a && rows[at + 1] === b && rows[at + 2] === day;
  }

  add(a: number, b: number, day: number): void {
    const { rows } = this;
    const at = this.placeOf(a, b);
    rows[at] = a;
    rows[at + 1] = b;
    rows[at + 2] = day;
  }

  remove(a: number, b: number): void {
    const at = this.placeOf(a, b);
    if (this.rows[at] === a && this.rows[at + 1] === b) {
      this.rows[at + 2] = NEVER;
    }
  }

  /** Pairs that come together have small numbers beside each other: these lie beside each other, too. */
  private placeOf(a: number, b: number): number {
    return STRIDE * ((Math.imul(a, 0x9e3779b1) + b) & this.mask);
  }
}
