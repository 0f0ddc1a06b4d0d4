import { readFileSync } from 'node:fs';

interface ScanExports {
  memory: WebAssembly.Memory;
  scanCsv(start: number, length: number, index: number, indexEnd: number, records: number, recordsEnd: number): void;
  scanJson(start: number, length: number, index: number, indexEnd: number, records: number, recordsEnd: number): void;
}

let compiled: WebAssembly.Module | undefined;

/** A fresh instance of assembly/scan.ts with a memory of its own. The module is compiled once per thread. */
export function instantiateScan(): ScanExports {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('../../build/scan.wasm', import.meta.url)));
  return new WebAssembly.Instance(compiled).exports as ScanExports;
}
