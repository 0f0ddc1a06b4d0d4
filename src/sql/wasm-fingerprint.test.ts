import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Dialect, Fingerprint } from './fingerprint.ts';
import { plainFingerprint } from './plain-fingerprint.ts';
import { MAX_STATEMENT_BYTES } from './sql-bytes.ts';
import { createWasmFingerprint } from './wasm-fingerprint.ts';

const { read: wasmFingerprint } = createWasmFingerprint()!;

function told({ low, high, bytes, start, length, marks, isPlain }: Fingerprint) {
  const normal = Buffer.from(bytes.subarray(start, start + length)).toString('latin1');
  return { low, high, normal, marks, isPlain };
}

function compare(text: string, dialect: Dialect): void {
  const bytes = Buffer.concat([Buffer.from('a'), Buffer.from(text), Buffer.from("'-1$ --\n*/")]);
  const end = 1 + Buffer.byteLength(text);
  expect(told(wasmFingerprint(bytes, 1, end, dialect))).toEqual(told(plainFingerprint(bytes, 1, end, dialect)));
}

const WORDS =
  `select insert into values in and or not between null true set is t "a" "pg_x" U&"x" pg_sleep lower count f 1 0x1f 1e-3 .5 'x' 'a''b' E'\\'' ' " $1 $$a$$ $t$ $ @p -1 - -- /* */ /**/ = <> :: : , . ( ) ( ) [ ] ; & * \\ é Ä _x select(1,2),(1,2)`.split(
    ' ',
  );

it.each(['postgresql', 'cosmosdb'] as const)('says the same as the plain form of %s', (dialect) => {
  const separator = fc.constantFrom(' ', '', '\n', '  ');
  const text = fc.array(fc.tuple(fc.constantFrom(...WORDS), separator), { maxLength: 24 });
  fc.assert(
    fc.property(text, (words) => compare(words.flat().join(''), dialect)),
    { numRuns: 10_000 },
  );
});

it('says the same of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => compare(text, 'postgresql')),
    { numRuns: 2000 },
  );
});

it.each(['(', ')', '[', "'", '"', '$a', '$a$', '/*', '--', ';', 'a ', '(1),', 'in (', 'values (1,', '1.', '-', 'é'])(
  'says the same of very many %s',
  (unit) => {
    for (const count of [MAX_STATEMENT_BYTES / 4, MAX_STATEMENT_BYTES + 1]) {
      compare(unit.repeat(count / Buffer.byteLength(unit)), 'postgresql');
      compare(`select ${unit.repeat(count / Buffer.byteLength(unit))}`, 'cosmosdb');
    }
  },
);
