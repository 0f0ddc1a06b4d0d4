import type { Fingerprint } from './fingerprint.ts';
import { MAX_STATEMENT_BYTES } from './sql-bytes.ts';

/** What assembly/statement-memo.ts exports. */
interface Exports {
  memory: WebAssembly.Memory;
  recall: (from: number, length: number, form: number) => number;
  remember: (length: number, form: number, normalLength: number) => number;
  rememberedNormal: (entry: number) => number;
  forget: () => void;
}

/** Addresses in its memory. */
const INPUT = 106_496;
const KEYS = 3_473_408;
/** Longer statements are not remembered. */
const MAX_BYTES = 2048;
/** Two for each of its words of 64 bits. */
const KEY_BYTES = 2 * MAX_BYTES;
/** Words of an entry that are ours. */
const Word = { low: 8, high: 9, length: 10, marks: 11, isPlain: 12, memory: 13 } as const;

/** Statements as WebAssembly takes them in, and remembers what was read of those that come again byte for byte. */
export class WasmStatements {
  private readonly wasm: Exports;
  /** Filled anew. */
  private readonly result: Fingerprint;
  private readonly bytes: Uint8Array;
  private readonly memory: Int32Array;
  private readonly input: Int32Array;
  private count = 0;
  /** The statement that was looked for last: whether it was met before without being remembered, and its length. */
  private isMetAgain = false;
  private length = 0;
  /** What the input holds, by its place in where it was taken from. */
  private taken: ArrayBufferLike | undefined;
  private takenStart = 0;
  private takenEnd = 0;
  /** What was taken from last, as words. */
  private latest: DataView | undefined;
  private aligned: Int32Array;
  /** Of what was taken from last: looked up once, since a call of V8's is needed to read each. */
  private buffer: ArrayBufferLike;
  private byteOffset = 0;

  constructor(exports: object, result: Fingerprint) {
    this.wasm = exports as unknown as Exports;
    this.result = result;
    const { buffer } = this.wasm.memory;
    this.bytes = new Uint8Array(buffer);
    this.memory = new Int32Array(buffer);
    this.input = new Int32Array(buffer, INPUT, MAX_STATEMENT_BYTES / 4);
    this.aligned = this.input;
    this.buffer = buffer;
    crypto.getRandomValues(new Uint8Array(buffer, KEYS, KEY_BYTES));
  }

  /** What was read of the statement that is told by these bytes in this form; undefined where that is not known. */
  recall(words: DataView, start: number, end: number, form: number): Fingerprint | undefined {
    this.isMetAgain = false;
    if (end - start > MAX_BYTES || end === start) {
      return undefined;
    }
    this.length = end - start;
    const entry = this.wasm.recall(this.takeIn(words, start, end), this.length, form);
    this.isMetAgain = entry < 0;
    return entry > 0 ? this.recalled(entry) : undefined;
  }

  private recalled(entry: number): Fingerprint {
    const { memory, result } = this;
    const at = entry >>> 2;
    result.serial = 0;
    result.start = this.wasm.rememberedNormal(entry);
    result.low = memory[at + Word.low]!;
    result.high = memory[at + Word.high]!;
    result.length = memory[at + Word.length]!;
    result.marks = memory[at + Word.marks]!;
    result.isPlain = memory[at + Word.isPlain] === 1;
    result.memory = memory[at + Word.memory]!;
    return result;
  }

  /** What was read last belongs to the statement that has just been looked for in vain: it is remembered if it comes again. */
  noteRead({ low, high, length, marks, isPlain }: Fingerprint, form: number): void {
    if (!this.isMetAgain) {
      return;
    }
    this.isMetAgain = false;
    const { memory } = this;
    const at = this.wasm.remember(this.length, form, length) >>> 2;
    memory[at + Word.low] = low;
    memory[at + Word.high] = high;
    memory[at + Word.length] = length;
    memory[at + Word.marks] = marks;
    memory[at + Word.isPlain] = isPlain ? 1 : 0;
    memory[at + Word.memory] = ++this.count;
  }

  forget(): void {
    this.wasm.forget();
  }

  /** Whole words, so that the bytes stand as far from the beginning of one as they did. Three bytes more may be read. */
  private takeIn(from: DataView, start: number, end: number): number {
    if (from !== this.latest) {
      this.latest = from;
      this.buffer = from.buffer;
      this.byteOffset = from.byteOffset;
      this.aligned = new Int32Array(from.buffer, 0, from.buffer.byteLength >>> 2);
    }
    const { input, aligned, byteOffset } = this;
    const first = (byteOffset + start) >>> 2;
    const last = (byteOffset + end + 3) >>> 2;
    for (let i = first; i < last; i++) {
      input[i - first] = aligned[i]!;
    }
    this.taken = this.buffer;
    this.takenStart = 4 * first;
    this.takenEnd = byteOffset + end;
    return byteOffset + start - this.takenStart;
  }

  /** Where in the input the bytes stand that are to be read: they are taken in unless they lie in what was taken in last. */
  placeOf(from: Uint8Array, start: number, end: number): number {
    const place = from.byteOffset + start - this.takenStart;
    const isTaken = this.taken === from.buffer && place >= 0 && from.byteOffset + end <= this.takenEnd;
    this.taken = undefined; // other bytes may stand there next time
    if (isTaken) {
      return place;
    }
    this.bytes.set(from.subarray(start, end), INPUT);
    return 0;
  }
}
