import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainScan } from './plain-scan.ts';
import { instantiateScan, SCAN_OF, type ScanKind } from './wasm-scan.ts';

const PAGE = 65_536;
const INDEX = PAGE;
const RECORDS = 2 * PAGE;
const BLOCK = 3 * PAGE;
const MEMORY_PAGES = 4;

/** What a scan says of a block: where its entries and records are, and how far it came. */
interface Outcome {
  index: number[];
  records: number[];
  scanned: number;
  oddities: number;
}

const wasm = instantiateScan();
wasm.memory.grow(MEMORY_PAGES);

function fastScan(kind: ScanKind, block: Uint8Array, entries: number, ends: number): Outcome {
  const bytes = new Uint8Array(wasm.memory.buffer);
  bytes.fill(0xff, BLOCK - 64, BLOCK); // what stands before the block must not matter
  bytes.set(block, BLOCK);
  bytes.fill(0, BLOCK + block.length, BLOCK + block.length + 64);
  wasm[SCAN_OF[kind]](BLOCK, block.length, INDEX, INDEX + 4 * entries, RECORDS, RECORDS + 4 * ends);
  const [indexCount, recordCount, scanned, oddities] = new Int32Array(wasm.memory.buffer, 0, 4);
  return {
    index: [...new Int32Array(wasm.memory.buffer, INDEX, indexCount)].map((at) => at - BLOCK),
    records: [...new Int32Array(wasm.memory.buffer, RECORDS, recordCount)],
    scanned: scanned!,
    oddities: oddities!,
  };
}

function slowScan(kind: ScanKind, block: Uint8Array, entries: number, ends: number): Outcome {
  const padded = new Uint8Array(block.length + 64);
  padded.set(block);
  const index = new Int32Array(entries);
  const records = new Int32Array(ends);
  const found = plainScan[kind](padded, 0, block.length, index, records);
  return {
    index: [...index.subarray(0, found.entries)],
    records: [...records.subarray(0, found.records)],
    scanned: found.scanned,
    oddities: found.oddities,
  };
}

const CHARACTERS = {
  csv: '"",,\n\nab\\',
  json: '""\\\\\\{}[]\n:,a\xdb\xfb',
  jsonLines: '""\\\\\n{:,a',
  lines: '\n\n\r\tab',
};

/** Blocks in which nearly every byte means something; sizes around the 64 bytes that are looked at together. */
function dense(kind: ScanKind): fc.Arbitrary<Uint8Array> {
  const byte = fc.constantFrom(...Buffer.from(CHARACTERS[kind], 'latin1'));
  const size = fc.oneof(
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: 60, max: 68 }),
    fc.integer({ min: 0, max: 700 }),
  );
  return size.chain((length) =>
    fc.uint8Array({ minLength: length, maxLength: length }).chain((any) => mixed(any, byte)),
  );
}

function mixed(any: Uint8Array, byte: fc.Arbitrary<number>): fc.Arbitrary<Uint8Array> {
  const places = fc.array(fc.option(byte, { freq: 6 }), { minLength: any.length, maxLength: any.length });
  return places.map((chosen) => any.map((value, i) => chosen[i] ?? value));
}

describe.each(['csv', 'json', 'jsonLines', 'lines'] as const)('the vector scan of %s', (kind) => {
  it('finds what the plain one finds', () => {
    fc.assert(
      fc.property(dense(kind), (block) => {
        expect(fastScan(kind, block, 4096, 4096)).toEqual(slowScan(kind, block, 4096, 4096));
      }),
      { numRuns: 2000 },
    );
  });

  it('stops where the plain one stops when an area is nearly full', () => {
    const room = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(dense(kind), room, room, (block, entries, ends) => {
        const found = fastScan(kind, block, entries, ends);
        expect(found).toEqual(slowScan(kind, block, entries, ends));
        expect(found.index.length).toBeLessThanOrEqual(entries);
        expect(found.records.length).toBeLessThanOrEqual(ends);
      }),
      { numRuns: 2000 },
    );
  });

  it('goes on where it stopped as if it had not', () => {
    const block = new Uint8Array(Buffer.from(kind === 'json' ? '{"a":[]}'.repeat(50) : 'a,b\n'.repeat(100)));
    const whole = fastScan(kind, block, 4096, 4096);
    const first = fastScan(kind, block, 100, 100);
    const second = fastScan(kind, block.subarray(first.scanned), 4096, 4096);
    expect(first.scanned).toBeLessThan(block.length);
    expect([...first.index, ...second.index.map((at) => at + first.scanned)]).toEqual(whole.index);
  });
});

describe('scanCsv', () => {
  it('finds commas and newlines outside quotes, and how many entries each record has', () => {
    const found = fastScan('csv', new Uint8Array(Buffer.from('a,"b,""\n",c\n\nd')), 4096, 4096);
    expect(found).toEqual({ index: [1, 9, 11, 12], records: [3, 4], scanned: 14, oddities: 0 });
  });
});

describe('scanJson', () => {
  it('finds quotes of strings, brackets outside them and newlines inside', () => {
    const found = fastScan('json', new Uint8Array(Buffer.from(String.raw`{"a\"}":["\\"]}`)), 4096, 4096);
    expect(found.index).toEqual([0, 1, 6, 8, 9, 12, 13, 14]);
    expect(fastScan('json', new Uint8Array(Buffer.from('\n"a\n"')), 4096, 4096).index).toEqual([1, 3, 4]);
  });

  it('knows an escape that begins in one chunk and ends in the next', () => {
    for (let before = 58; before < 70; before++) {
      const text = `{"${'x'.repeat(before)}\\\\\\"","b"}`;
      expect(fastScan('json', new Uint8Array(Buffer.from(text)), 4096, 4096).index).toHaveLength(6);
    }
  });
});

describe('scanJsonLines', () => {
  it('finds quotes that are not escaped, newlines, and how many entries each line has', () => {
    const text = `${String.raw`{"a\\\"":"\\"}`}\n\\\n"\n`;
    const found = fastScan('jsonLines', new Uint8Array(Buffer.from(text)), 4096, 4096);
    expect(found.index).toEqual([1, 7, 9, 12, 14, 16, 17, 18]);
    expect(found.records).toEqual([5, 6, 8]);
  });
});
