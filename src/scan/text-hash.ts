import { HASH, HASH_KEY_BYTES, HASH_KEYS, HASHED_BYTES } from './layout.ts';
import type { ScanWindow } from './scan-window.ts';

const NONE: Int32Array = new Int32Array(0);

/** Keyed hashes of what stands in a window, of 128 bits: equal texts have equal ones, in one window and process. */
export class TextHash {
  private readonly window: ScanWindow;
  /** The window's memory when `words` were made. */
  private bytes: Uint8Array | undefined;
  private words = NONE;

  constructor(window: ScanWindow) {
    this.window = window;
  }

  /** Four words, valid until the next hash is asked for; none where the text is empty, or longer than what is hashed. */
  of(start: number, end: number): Int32Array {
    if (end <= start || end - start > HASHED_BYTES) {
      return NONE;
    }
    const { bytes, wasm } = this.window;
    if (this.bytes !== bytes) {
      this.look(bytes);
    }
    wasm.hashBytes(start, end, HASH_KEYS);
    return this.words;
  }

  /** The memory of the window is another view by now; its keys stay. */
  private look(bytes: Uint8Array): void {
    if (this.bytes === undefined) {
      crypto.getRandomValues(bytes.subarray(HASH_KEYS, HASH_KEYS + HASH_KEY_BYTES));
    }
    this.bytes = bytes;
    this.words = new Int32Array(bytes.buffer, HASH, 4);
  }
}
