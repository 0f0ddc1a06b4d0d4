import type { KeyTable } from './key-table.ts';
import { FOUND, INDEX, KEYS } from './layout.ts';
import type { ScanWindow } from './scan-window.ts';

/** Takes the strings of JSON objects that stand on a line each: `takeLine` of assembly/scan.ts. */
export class LineStrings {
  private readonly window: ScanWindow;
  private readonly factor: number;
  private readonly foundEnd: number;

  /** @param table the keys that such objects have */
  constructor(window: ScanWindow, { slots, factor, count }: KeyTable) {
    this.window = window;
    this.factor = factor;
    this.foundEnd = FOUND + 8 * (count + 1);
    new Int32Array(window.bytes.buffer, KEYS, slots.length).set(slots);
  }

  /**
   * Puts the strings of the object between two places, both of its braces included, into `found` of the window. False,
   * with anything in `found`, unless it has keys of the table only and no white space.
   *
   * @param entry place in the index of the first quote behind `start`
   */
  take(start: number, end: number, entry: number): boolean {
    const { window, factor, foundEnd } = this;
    return window.wasm.takeLine(start, end, INDEX + 4 * entry, KEYS, factor, FOUND, foundEnd) !== 0;
  }
}
