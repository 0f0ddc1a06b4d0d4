import { FOUND, SHAPE, SHAPE_PARTS, SHAPE_TEXT_BYTES, SHAPE_TEXTS } from './layout.ts';
import { Oddity } from './scan.ts';
import type { ScanWindow } from './scan-window.ts';

/** Words of a part: where its text lies, how long that is, the kind of the value behind it, and the number of its key. */
const PART_WORDS = 4;
/** Where the scan tells what is odd. */
const ODDITIES = 12;

/** What stands behind a text of a shape. */
export const ValueKind = { string: 0, scalar: 1, null: 2, end: 3 } as const;
export type ValueKind = (typeof ValueKind)[keyof typeof ValueKind];

/**
 * What JSON objects have in common that have the same members: the texts between their values, and of what kinds those
 * are. Lies in the memory of a window; a window has one.
 */
export class JsonShape {
  private readonly window: ScanWindow;
  private parts = 0;
  private textEnd = SHAPE_TEXTS;

  constructor(window: ScanWindow) {
    this.window = window;
  }

  /** Forgets what was written down. */
  clear(): void {
    this.parts = 0;
    this.textEnd = SHAPE_TEXTS;
  }

  /** Writes down a text that stands in the window, and what follows it; false when there is no room for it. */
  add(from: number, to: number, kind: ValueKind, key: number): boolean {
    const { bytes } = this.window;
    const length = to - from;
    if (this.parts === SHAPE_PARTS || this.textEnd + length > SHAPE_TEXTS + SHAPE_TEXT_BYTES) {
      return false;
    }
    bytes.copyWithin(this.textEnd, from, to);
    const part = new Int32Array(bytes.buffer, SHAPE + 4 * PART_WORDS * this.parts, PART_WORDS);
    part.set([this.textEnd, length, kind, key]);
    this.textEnd += length;
    this.parts++;
    return true;
  }

  /**
   * Puts the values of the object at `start` into `found` of the window, by the numbers of their keys: `takeShaped` of
   * plain-shaped.ts. Needs no index, and a shape whose last kind is `end`.
   *
   * @returns where the object ends; 0 where it is another, with anything in `found`
   */
  take(start: number): number {
    const { window } = this;
    const end = window.wasm.takeShaped(start, SHAPE, FOUND);
    if (end !== 0) {
      window.mayHaveEscapes = (window.words.getInt32(ODDITIES, true) & Oddity.backslash) !== 0;
    }
    return end;
  }
}
