import { existsSync, readFileSync } from 'node:fs';
import type { Dialect, Fingerprint } from './fingerprint.ts';
import { hashKey } from './keyed-hash.ts';
import { commentMarks, Mark } from './mark.ts';
import { BYTE_CLASSES, LOWER_CASE, MAX_STATEMENT_BYTES } from './sql-bytes.ts';
import { WasmStatements } from './wasm-statements.ts';
import { WORD_TABLE } from './word-table.ts';

/** What assembly/fingerprint.ts exports. */
interface Exports {
  memory: WebAssembly.Memory;
  setUp: (slotFactor: number) => void;
  fingerprint: (from: number, length: number, isCosmos: number, keyLow: number, keyHigh: number) => void;
}

/** Addresses in its memory; results are 32-bit words at 0. */
const CLASSES = 1024;
const LOWER = 1280;
const CODES = 4096;
const BITS = 69_632;
const OUTPUT = 172_288;

const decoder = new TextDecoder();

/** Fingerprints by WebAssembly. */
export interface WasmFingerprint {
  /** See `fingerprint`. In a third of the time. */
  read: (bytes: Uint8Array, start: number, end: number, dialect: Dialect) => Fingerprint;
  statements: WasmStatements;
}

/** Undefined where it was not built. */
export function createWasmFingerprint(): WasmFingerprint | undefined {
  const file = new URL('../../build/fingerprint.wasm', import.meta.url);
  if (!existsSync(file)) {
    return undefined;
  }
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)));
  const wasm = exports as unknown as Exports;
  fillTables(wasm);
  const { buffer } = wasm.memory;
  const results = new Int32Array(buffer, 0, 6);
  const result: Fingerprint = {
    low: 0,
    high: 0,
    bytes: new Uint8Array(buffer),
    words: new DataView(buffer),
    start: OUTPUT,
    length: 0,
    marks: 0,
    isPlain: false,
    serial: 0,
    memory: 0,
  };
  const statements = new WasmStatements(exports as object, result);

  function read(from: Uint8Array, start: number, end: number, dialect: Dialect): Fingerprint {
    const stop = Math.max(start, Math.min(end, start + MAX_STATEMENT_BYTES));
    const key = hashKey();
    const place = statements.placeOf(from, start, stop);
    wasm.fingerprint(place, stop - start, dialect === 'cosmosdb' ? 1 : 0, key.low, key.high);
    const comment = results[5]!;
    result.serial = 0;
    result.memory = 0;
    result.start = OUTPUT;
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

  return { read, statements };
}

function fillTables(wasm: Exports): void {
  const { buffer } = wasm.memory;
  new Uint8Array(buffer, CLASSES, 256).set(BYTE_CLASSES);
  new Uint8Array(buffer, LOWER, 256).set(LOWER_CASE);
  new Int32Array(buffer, CODES, WORD_TABLE.codes.length).set(WORD_TABLE.codes);
  new Uint16Array(buffer, BITS, WORD_TABLE.bits.length).set(WORD_TABLE.bits);
  wasm.setUp(WORD_TABLE.factor);
}
