import type { Names } from './names.ts';

/** Words of a place: a number, and the id. */
const STRIDE = 2;
const FIRST_PLACES = 16;
/** Beyond that all are forgotten: they are found again. */
const MAX_IDS = 16_384;

/** Ids that texts have here, by numbers, not 0, that the same texts have elsewhere. 8 to 32 bytes an id. */
export class NumberedIds {
  private places = new Int32Array(STRIDE * FIRST_PLACES);
  private mask = FIRST_PLACES - 1;
  private count = 0;

  /** 0: it is not known. */
  find(number: number): number {
    const { places, mask } = this;
    for (let i = placeOf(number) & mask; ; i = (i + 1) & mask) {
      const known = places[STRIDE * i]!;
      if (known === number || known === 0) {
        return places[STRIDE * i + 1]!;
      }
    }
  }

  /** Adds a number that is not known. */
  add(number: number, id: number): void {
    if (this.count === MAX_IDS) {
      this.clear();
    }
    if (2 * (this.count + 1) > this.mask) {
      this.grow();
    }
    this.count++;
    this.put(number, id);
  }

  clear(): void {
    this.places = new Int32Array(STRIDE * FIRST_PLACES);
    this.mask = FIRST_PLACES - 1;
    this.count = 0;
  }

  private put(number: number, id: number): void {
    let i = placeOf(number) & this.mask;
    while (this.places[STRIDE * i] !== 0) {
      i = (i + 1) & this.mask;
    }
    this.places[STRIDE * i] = number;
    this.places[STRIDE * i + 1] = id;
  }

  private grow(): void {
    const { places } = this;
    this.places = new Int32Array(2 * places.length);
    this.mask = 2 * this.mask + 1;
    for (let at = 0; at < places.length; at += STRIDE) {
      if (places[at] !== 0) {
        this.put(places[at]!, places[at + 1]!);
      }
    }
  }
}

/** As `Names.intern`, for a text that has a number elsewhere: mostly without a look at it. */
export function internNumbered(names: Names, number: number, words: DataView, start: number, end: number): number {
  const known = names.numbered.find(number);
  if (known !== 0) {
    return known;
  }
  const id = names.intern(words, start, end);
  names.numbered.add(number, id);
  return id;
}

/** Numbers are given in a row, by one table: nobody can aim at one chain. */
function placeOf(number: number): number {
  return Math.imul(number, 0x9e3779b1) >>> 16;
}
