import { readFileSync } from 'node:fs';

type ScanFunction = (
  start: number,
  length: number,
  index: number,
  indexEnd: number,
  records: number,
  recordsEnd: number,
) => void;

/** What assembly/scan.ts exports; all that is told of its functions stands there. */
export interface ScanExports {
  memory: WebAssembly.Memory;
  scanCsv: ScanFunction;
  scanJson: ScanFunction;
  scanJsonLines: ScanFunction;
  scanLines: ScanFunction;
  takeLine(
    start: number,
    end: number,
    entry: number,
    keys: number,
    factor: number,
    found: number,
    foundEnd: number,
  ): number;
  isAlike(before: number, now: number, count: number): number;
  takeShaped(start: number, parts: number, found: number): number;
  hashBytes(start: number, end: number, keys: number): void;
  noteMinute(start: number, end: number): number;
  noteTextMinute(start: number): number;
  takeCsvlog(
    record: number,
    recordsEnd: number,
    index: number,
    first: number,
    start: number,
    messages: number,
    messagesEnd: number,
    minute: number,
    out: number,
    outEnd: number,
  ): number;
  takeJsonlog(
    record: number,
    recordsEnd: number,
    index: number,
    first: number,
    start: number,
    keys: number,
    factor: number,
    messages: number,
    messagesEnd: number,
    minute: number,
    out: number,
    outEnd: number,
  ): number;
  takeTextLog(
    line: number,
    lines: number,
    index: number,
    start: number,
    windowEnd: number,
    op: number,
    opsEnd: number,
    flags: number,
    reach: number,
    messages: number,
    messagesEnd: number,
    login: number,
    minute: number,
    seed: number,
    out: number,
    outEnd: number,
  ): number;
}

/** The export for each kind of structure. */
export const SCAN_OF = { csv: 'scanCsv', json: 'scanJson', jsonLines: 'scanJsonLines', lines: 'scanLines' } as const;
export type ScanKind = keyof typeof SCAN_OF;

let compiled: WebAssembly.Module | undefined;

/** A fresh instance of assembly/scan.ts with a memory of its own. The module is compiled once per thread. */
export function instantiateScan(): ScanExports {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('../../build/scan.wasm', import.meta.url)));
  return new WebAssembly.Instance(compiled).exports as ScanExports;
}
