import { NumberedIds } from './numbered-ids.ts';
import { grown } from './pair-table.ts';
import type { Renaming } from './renaming.ts';
import { replaceNames } from './replace-names.ts';
import { hashLow, hashWords } from './word-hash.ts';
import { isSame, lastWord } from './word-text.ts';

/** Longer texts are cut: a name of this length says all that a name can say. */
export const MAX_NAME_BYTES = 1024;
/** Below this many names no sweep is worth its time. */
const MIN_SWEEP = 262_144;
/** A table of which more than this part is held is not worth the rebuilding. */
const KEEP_ALL = 0.75;
/** A resource has few names of most kinds, and there may be thousands of resources. */
const FIRST_SLOTS = 16;
const FIRST_WORDS = 32;
/** Words are read past the end of a text. */
const PADDING = new Uint8Array(4);
/** Words of a table slot: half of the hash, and the id. */
const SLOT = 2;

/**
 * Gives equal byte strings equal ids: 1, 2, 3 …; 0 is "none". Compares keyed hashes, then bytes.
 *
 * Holders of ids keep them alive: when `isCrowded`, the owner calls `sweep` with a test of what is still held, and ids
 * that nobody holds are given to others. So the table is as bounded as its holders. About 30 bytes a name, plus text.
 */
export class Names {
  static readonly omits = ['table', 'mask', 'numbered'];
  /** Where the same texts have numbers: see `internNumbered`. */
  numbered = new NumberedIds();
  private table = new Int32Array(SLOT * FIRST_SLOTS);
  private mask = FIRST_SLOTS - 1;
  /** Texts, each a word with its length in bytes, then its bytes, filled up with zeros to whole words. */
  private text = new Int32Array(FIRST_WORDS);
  private textBytes = Buffer.from(this.text.buffer);
  private textEnd = 0;
  /** Where in `text` the name of an id lies. */
  private places = new Int32Array(FIRST_SLOTS / 2 + 1);
  private count = 0;
  private highest = 0;
  private free: number[] = [];
  private sweepAt = MIN_SWEEP;

  /** One more than the highest id ever given: the length of an array indexed by id. */
  get limit(): number {
    return this.highest + 1;
  }

  get isCrowded(): boolean {
    return this.count >= this.sweepAt;
  }

  /** The id of the bytes from `start` to `end`, a new one if they have none. Four bytes more may be read. */
  intern(words: DataView, start: number, end: number): number {
    const stop = end - start > MAX_NAME_BYTES ? start + MAX_NAME_BYTES : end;
    if (stop <= start) {
      return 0;
    }
    hashWords(words, start, stop);
    const { table, mask, text, places } = this;
    for (let i = hashLow & mask; ; i = (i + 1) & mask) {
      const slot = i * SLOT;
      const id = table[slot + 1]!;
      if (id === 0) {
        return this.add(words, start, stop);
      }
      if (table[slot] === hashLow && isSame(text, places[id]!, words, start, stop)) {
        return id;
      }
    }
  }

  /** Whether an id that somebody holds stands for the bytes from `start` to `end`. Cheaper than `intern`. */
  isTextOf(id: number, words: DataView, start: number, end: number): boolean {
    return id !== 0 && isSame(this.text, this.places[id]!, words, start, end);
  }

  /** The text of an id; empty for 0, "none". */
  textOf(id: number): string {
    if (id === 0) {
      return '';
    }
    const at = this.places[id]!;
    const start = 4 * (at + 1);
    return this.textBytes.toString('utf8', start, start + this.text[at]!);
  }

  /** Calls with the bytes of a name and where it stands in them; they must not be written to. */
  bytesOf<T>(id: number, read: (bytes: Uint8Array, start: number, end: number) => T): T {
    const at = this.places[id]!;
    const start = 4 * (at + 1);
    return read(this.textBytes, start, start + this.text[at]!);
  }

  /** Forgets the names that nobody holds, unless they are few. */
  sweep(isHeld: (id: number) => boolean): void {
    if (this.heldCount(isHeld) > KEEP_ALL * this.count) {
      this.sweepAt = 2 * this.count;
      return;
    }
    this.numbered.clear();
    const old = this.table;
    const oldText = this.text;
    this.table = new Int32Array(old.length);
    this.text = new Int32Array(oldText.length);
    this.textBytes = Buffer.from(this.text.buffer);
    this.textEnd = 0;
    for (let slot = 0; slot < old.length; slot += SLOT) {
      const id = old[slot + 1]!;
      if (id === 0) {
        continue;
      }
      if (isHeld(id)) {
        this.places[id] = this.move(oldText, this.places[id]!);
        this.place(old[slot]!, id);
      } else {
        this.count--;
        this.free.push(id);
      }
    }
    this.free.sort((a, b) => b - a); // the order of the table depends on this process's secret; ids must not
    this.sweepAt = Math.max(MIN_SWEEP, 2 * this.count);
  }

  /** The ids that stand for a text. */
  ids(): number[] {
    const isFree = new Set(this.free);
    return Array.from({ length: this.highest }, (_, i) => i + 1).filter((id) => !isFree.has(id));
  }

  /** As part of a state: a name may tell of a principal, too. */
  rename({ text }: Renaming): void {
    replaceNames(this, text);
  }

  /** Has each id stand for the bytes that are given of it; nothing is left of those before. */
  reset(bytesOf: (id: number) => Uint8Array): void {
    const texts = this.ids().map((id) => [id, bytesOf(id)] as const);
    this.text = new Int32Array(FIRST_WORDS);
    this.textBytes = Buffer.from(this.text.buffer);
    this.textEnd = 0;
    for (const [id, bytes] of texts) {
      const { buffer, byteOffset } = Buffer.concat([bytes, PADDING]);
      this.places[id] = this.store(new DataView(buffer, byteOffset), 0, bytes.length);
    }
    this.restored();
  }

  private heldCount(isHeld: (id: number) => boolean): number {
    const { table } = this;
    let held = 0;
    for (let slot = 1; slot < table.length; slot += SLOT) {
      held += table[slot] !== 0 && isHeld(table[slot]!) ? 1 : 0;
    }
    return held;
  }

  /** Where a name lies in the table depends on the secret of the process. */
  restored(): void {
    this.numbered = new NumberedIds();
    let slots = FIRST_SLOTS;
    while (2 * (this.count + 1) > slots - 1) {
      slots *= 2;
    }
    this.table = new Int32Array(SLOT * slots);
    this.mask = slots - 1;
    const words = new DataView(this.text.buffer);
    for (const id of this.ids()) {
      const at = this.places[id]!;
      const start = 4 * (at + 1);
      hashWords(words, start, start + this.text[at]!);
      this.place(hashLow, id);
    }
  }

  private add(words: DataView, start: number, end: number): number {
    const low = hashLow;
    if (2 * (this.count + 1) > this.mask) {
      this.grow();
    }
    const id = this.free.pop() ?? ++this.highest;
    this.count++;
    if (id >= this.places.length) {
      this.places = grown(this.places, 2 * this.places.length);
    }
    this.places[id] = this.store(words, start, end);
    this.place(low, id);
    return id;
  }

  /** Writes a text and says where. */
  private store(words: DataView, start: number, end: number): number {
    const at = this.textEnd;
    const next = at + 1 + ((end - start + 3) >> 2);
    while (next > this.text.length) {
      this.text = grown(this.text, 2 * this.text.length);
      this.textBytes = Buffer.from(this.text.buffer);
    }
    const { text } = this;
    text[at] = end - start;
    let word = at + 1;
    for (let p = start; p < end; p += 4) {
      text[word++] = p + 4 <= end ? words.getInt32(p, true) : lastWord(words, p, end);
    }
    this.textEnd = next;
    return at;
  }

  /** Copies a text from before a sweep and says where. */
  private move(oldText: Int32Array, from: number): number {
    const at = this.textEnd;
    const length = 1 + ((oldText[from]! + 3) >> 2);
    for (let i = 0; i < length; i++) {
      this.text[at + i] = oldText[from + i]!;
    }
    this.textEnd = at + length;
    return at;
  }

  private place(low: number, id: number): void {
    let i = low & this.mask;
    while (this.table[i * SLOT + 1] !== 0) {
      i = (i + 1) & this.mask;
    }
    this.table[i * SLOT] = low;
    this.table[i * SLOT + 1] = id;
  }

  private grow(): void {
    const old = this.table;
    this.table = new Int32Array(2 * old.length);
    this.mask = 2 * this.mask + 1;
    for (let slot = 0; slot < old.length; slot += SLOT) {
      if (old[slot + 1] !== 0) {
        this.place(old[slot]!, old[slot + 1]!);
      }
    }
  }
}
