/** Words of a place: the scope, the value that it used last, and the day of that. */
const STRIDE = 3;
const FIRST_PLACES = 64;
/** Of more scopes than that some lose what is at hand to others. */
const MAX_PLACES = 16_384;
/** The day of what is not at hand any longer. */
const NEVER = -1;

/**
 * By scope, the value that it used last and on which day: a memo of what is known elsewhere, which may lose any. Scopes
 * are small numbers, so that a look needs no hash. 12 bytes a scope, 196 kB at most.
 */
export class ValueAtHand {
  private rows = new Int32Array(STRIDE * FIRST_PLACES);
  private mask = FIRST_PLACES - 1;

  /** The day must not be 0. */
  is(scope: number, value: number, day: number): boolean {
    const { rows } = this;
    const at = STRIDE * (scope & this.mask);
    return rows[at] === scope && rows[at + 1] === value && rows[at + 2] === day;
  }

  set(scope: number, value: number, day: number): void {
    if (scope > this.mask && this.mask < MAX_PLACES - 1) {
      this.grow(scope);
    }
    const { rows } = this;
    const at = STRIDE * (scope & this.mask);
    rows[at] = scope;
    rows[at + 1] = value;
    rows[at + 2] = day;
  }

  forget(scope: number): void {
    const at = STRIDE * (scope & this.mask);
    if (this.rows[at] === scope) {
      this.rows[at + 2] = NEVER;
    }
  }

  /** What was at hand is lost. */
  private grow(scope: number): void {
    while (scope > this.mask && this.mask < MAX_PLACES - 1) {
      this.mask = 2 * this.mask + 1;
    }
    this.rows = new Int32Array(STRIDE * (this.mask + 1));
  }
}
