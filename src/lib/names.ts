import { grown } from './pair-table.ts';

/** Longer texts are cut: a name of this length says all that a name can say. */
export const MAX_NAME_BYTES = 1024;
/** Below this many names no sweep is worth its time. */
const MIN_SWEEP = 65_536;
/** Words of a table slot: the two halves of the hash, where the text lies, the id. */
const SLOT = 4;
const decoder = new TextDecoder();

/**
 * Gives equal byte strings equal ids: 1, 2, 3 …; 0 is "none". Compares keyed 64-bit hashes, then bytes.
 *
 * Holders of ids keep them alive: when `isCrowded`, the owner calls `sweep` with a test of what is still held, and ids
 * that nobody holds are given to others. So the table is as bounded as its holders. About 40 bytes a name, plus text.
 */
export class Names {
  private table = new Int32Array(SLOT * 256);
  private mask = 255;
  /** Texts, each from a whole word on and filled up with zeros. */
  private text = new Int32Array(1024);
  private textEnd = 0;
  /** Where the text of an id lies: first word, length in bytes. */
  private places = new Int32Array(2 * 129);
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

  /** The id of `bytes[start..end)`, a new one if it has none. `words` shows the same memory. */
  intern(bytes: Uint8Array, words: DataView, start: number, end: number): number {
    const stop = end - start > MAX_NAME_BYTES ? start + MAX_NAME_BYTES : end;
    if (stop <= start) {
      return 0;
    }
    hash(words, start, stop);
    const { table, mask, text } = this;
    const length = stop - start;
    for (let i = hashLow & mask; ; i = (i + 1) & mask) {
      const slot = i * SLOT;
      const id = table[slot + 3]!;
      if (id === 0) {
        return this.add(bytes, start, stop);
      }
      if (table[slot] === hashLow && table[slot + 1] === hashHigh && this.places[2 * id + 1] === length) {
        if (isSame(text, table[slot + 2]!, words, start, stop)) {
          return id;
        }
      }
    }
  }

  textOf(id: number): string {
    return decoder.decode(this.bytesOf(id));
  }

  private bytesOf(id: number): Uint8Array {
    return new Uint8Array(this.text.buffer, 4 * this.places[2 * id]!, this.places[2 * id + 1]!);
  }

  /** Forgets every name that nobody holds. */
  sweep(isHeld: (id: number) => boolean): void {
    const old = this.table;
    const oldText = this.text;
    this.table = new Int32Array(old.length);
    this.text = new Int32Array(oldText.length);
    this.textEnd = 0;
    for (let slot = 0; slot < old.length; slot += SLOT) {
      const id = old[slot + 3]!;
      if (id === 0) {
        continue;
      }
      if (isHeld(id)) {
        const at = old[slot + 2]!;
        this.store(new Uint8Array(oldText.buffer, 4 * at, this.places[2 * id + 1]!), id);
        this.place(old[slot]!, old[slot + 1]!, this.places[2 * id]!, id);
      } else {
        this.count--;
        this.free.push(id);
      }
    }
    this.free.sort((a, b) => b - a); // the order of the table depends on this process's secret; ids must not
    this.sweepAt = Math.max(MIN_SWEEP, 2 * this.count);
  }

  private add(bytes: Uint8Array, start: number, end: number): number {
    const low = hashLow;
    const high = hashHigh;
    if (2 * (this.count + 1) > this.mask) {
      this.grow();
    }
    const id = this.free.pop() ?? ++this.highest;
    this.count++;
    if (2 * id + 2 > this.places.length) {
      this.places = grown(this.places, 2 * this.places.length);
    }
    this.store(bytes.subarray(start, end), id);
    this.place(low, high, this.places[2 * id]!, id);
    return id;
  }

  private store(name: Uint8Array, id: number): void {
    const length = Math.ceil(name.length / 4);
    while (this.textEnd + length > this.text.length) {
      this.text = grown(this.text, 2 * this.text.length);
    }
    new Uint8Array(this.text.buffer).set(name, 4 * this.textEnd);
    this.places[2 * id] = this.textEnd;
    this.places[2 * id + 1] = name.length;
    this.textEnd += length;
  }

  private place(low: number, high: number, at: number, id: number): void {
    let i = low & this.mask;
    while (this.table[i * SLOT + 3] !== 0) {
      i = (i + 1) & this.mask;
    }
    const slot = i * SLOT;
    this.table[slot] = low;
    this.table[slot + 1] = high;
    this.table[slot + 2] = at;
    this.table[slot + 3] = id;
  }

  private grow(): void {
    const old = this.table;
    this.table = new Int32Array(2 * old.length);
    this.mask = 2 * this.mask + 1;
    for (let slot = 0; slot < old.length; slot += SLOT) {
      if (old[slot + 3] !== 0) {
        this.place(old[slot]!, old[slot + 1]!, old[slot + 2]!, old[slot + 3]!);
      }
    }
  }
}

/** Secrets of this process: who writes the log cannot aim at one chain. They decide where a name lies, nothing else. */
const [KEY_LOW, KEY_HIGH] = crypto.getRandomValues(new Int32Array(2)) as unknown as [number, number];
/** The result of `hash`; two numbers returned in any other way would be an allocation for each name. */
let hashLow = 0;
let hashHigh = 0;

/** Whether the stored text at word `at` is that of the bytes; their lengths are equal. */
function isSame(text: Int32Array, at: number, words: DataView, start: number, end: number): boolean {
  let word = at;
  let p = start;
  for (; p + 4 <= end; p += 4) {
    if (text[word++] !== words.getInt32(p, true)) {
      return false;
    }
  }
  return p === end || text[word] === (words.getInt32(p, true) & (0xffffffff >>> (8 * (4 - (end - p)))));
}

/** Keyed 64-bit hash of the bytes, a word at a time. */
function hash(words: DataView, start: number, end: number): void {
  let low = KEY_LOW ^ (end - start);
  let high = KEY_HIGH;
  let p = start;
  for (; p + 4 <= end; p += 4) {
    const word = words.getInt32(p, true);
    low = Math.imul(low ^ word, 0x9e3779b1);
    low ^= low >>> 15;
    high = Math.imul(high + word, 0x85ebca6b) ^ (high >>> 13);
  }
  if (p < end) {
    const word = words.getInt32(p, true) & (0xffffffff >>> (8 * (4 - (end - p))));
    low = Math.imul(low ^ word, 0x9e3779b1);
    high = Math.imul(high + word, 0x85ebca6b);
  }
  hashLow = (low ^ (low >>> 16)) | 0;
  hashHigh = (high ^ (high >>> 16)) | 0;
}
