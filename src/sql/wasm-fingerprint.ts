import { existsSync, readFileSync } from 'node:fs';
import type { Dialect, Fingerprint } from './fingerprint.ts';
import { hashKey } from './keyed-hash.ts';
import { commentMarks, Mark } from './mark.ts';
import { BYTE_CLASSES, LOWER_CASE, MAX_STATEMENT_BYTES } from './sql-bytes.ts';
import { WORD_TABLE } from './word-table.ts';

/** What assembly/fingerprint.ts and statement-memo.ts export. */
interface Exports {
  memory: WebAssembly.Memory;
  setUp: (slotFactor: number) => void;
  fingerprint: (from: number, length: number, isCosmos: number, keyLow: number, keyHigh: number) => void;
  recall: (from: number, length: number, form: number, key: number) => number;
  remember: (from: number, length: number, form: number, normalLength: number) => number;
  rememberedNormal: () => number;
  forget: () => void;
}

/** Fingerprints by WebAssembly. */
export interface WasmFingerprint extends Pick<Exports, 'recall' | 'remember' | 'rememberedNormal' | 'forget'> {
  /** See `fingerprint`. */
  read: (bytes: Uint8Array, start: number, end: number, dialect: Dialect) => Fingerprint;
  /**
   * Takes bytes into its input and says where they stand there. What is read next may lie within them: it is not taken in
   * again then. Three bytes more may be read.
   */
  takeIn: (words: DataView, start: number, end: number) => number;
  bytes: Uint8Array;
  words: DataView;
}

/** Addresses in its memory; results are 32-bit words at 0. */
const CLASSES = 1024;
const LOWER = 1280;
const CODES = 4096;
const BITS = 69_632;
const INPUT = 106_496;
const OUTPUT = 172_288;

const decoder = new TextDecoder();

/** The fingerprint as WebAssembly works it out, in a third of the time; undefined where that was not built. */
export function createWasmFingerprint(): WasmFingerprint | undefined {
  const file = new URL('../../build/fingerprint.wasm', import.meta.url);
  if (!existsSync(file)) {
    return undefined;
  }
  const wasm = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file))).exports as unknown as Exports;
  const { buffer } = wasm.memory;
  fillTables(wasm);
  const input = new Int32Array(buffer, INPUT, MAX_STATEMENT_BYTES / 4);
  const results = new Int32Array(buffer, 0, 6);
  const bytes = new Uint8Array(buffer);
  const words = new DataView(buffer);
  const result: Fingerprint = {
    low: 0,
    high: 0,
    bytes,
    words,
    start: OUTPUT,
    length: 0,
    marks: 0,
    isPlain: false,
    serial: 0,
    isKept: false,
  };
  /** What the input holds, by its place in where it was taken from. */
  let taken: ArrayBufferLike | undefined;
  let takenStart = 0;
  let takenEnd = 0;
  /** What was taken from last, as words. */
  let latest: DataView | undefined;
  let aligned: Int32Array = input;

  /** Whole words, so that the bytes stand as far from the beginning of one as they did. */
  function takeIn(from: DataView, start: number, end: number): number {
    if (from !== latest) {
      latest = from;
      aligned = new Int32Array(from.buffer, 0, from.buffer.byteLength >>> 2);
    }
    const words = aligned;
    const first = (from.byteOffset + start) >>> 2;
    const last = (from.byteOffset + end + 3) >>> 2;
    for (let i = first; i < last; i++) {
      input[i - first] = words[i]!;
    }
    taken = from.buffer;
    takenStart = 4 * first;
    takenEnd = from.byteOffset + end;
    return from.byteOffset + start - takenStart;
  }

  /** Where in the input the bytes stand. */
  function placeOf(from: Uint8Array, start: number, end: number): number {
    const place = from.byteOffset + start - takenStart;
    const isTaken = taken === from.buffer && place >= 0 && from.byteOffset + end <= takenEnd;
    taken = undefined; // other bytes may stand there next time
    if (isTaken) {
      return place;
    }
    bytes.set(from.subarray(start, end), INPUT);
    return 0;
  }

  function read(from: Uint8Array, start: number, end: number, dialect: Dialect): Fingerprint {
    const stop = Math.max(start, Math.min(end, start + MAX_STATEMENT_BYTES));
    const key = hashKey();
    wasm.fingerprint(placeOf(from, start, stop), stop - start, dialect === 'cosmosdb' ? 1 : 0, key.low, key.high);
    const comment = results[5]!;
    result.serial = 0;
    result.low = results[0]!;
    result.high = results[1]!;
    result.length = results[2]!;
    result.marks =
      results[3]! |
      (stop < end ? Mark.cut : 0) |
      (comment < 0 ? 0 : commentMarks(decoder.decode(from.subarray(start + comment, stop))));
    result.isPlain = result.marks === 0 && results[4] === 1;
    return result;
  }

  const { recall, remember, rememberedNormal, forget } = wasm;
  return { read, takeIn, recall, remember, rememberedNormal, forget, bytes, words };
}

function fillTables(wasm: Exports): void {
  const { buffer } = wasm.memory;
  new Uint8Array(buffer, CLASSES, 256).set(BYTE_CLASSES);
  new Uint8Array(buffer, LOWER, 256).set(LOWER_CASE);
  new Int32Array(buffer, CODES, WORD_TABLE.codes.length).set(WORD_TABLE.codes);
  new Uint16Array(buffer, BITS, WORD_TABLE.bits.length).set(WORD_TABLE.bits);
  wasm.setUp(WORD_TABLE.factor);
}
