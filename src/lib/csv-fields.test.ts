import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteCsvField, splitCsvFields, unquoteCsvField } from './csv-fields.ts';

describe('splitCsvFields', () => {
  it('gives back the fields that were quoted', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'é') });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (texts) => {
        const fields = splitCsvFields(texts.map(quoteCsvField).join(','));
        expect(fields.map(unquoteCsvField)).toEqual(texts);
      }),
    );
  });

  it.each([
    ['', ['']],
    ['a,,b', ['a', '', 'b']],
    ['a,"b,c', ['a', '"b,c']],
    ['a,"', ['a', '"']],
    ['"b,""c', ['"b,""c']],
  ])('splits %j into %j', (record, fields) => {
    expect(splitCsvFields(record)).toEqual(fields);
  });
});

describe('unquoteCsvField', () => {
  it.each([
    ['"', ''],
    ['"cut o', 'cut o'],
    ['""', ''],
    ['plain', 'plain'],
    ['"a""b"', 'a"b'],
  ])('%j says %j', (raw, text) => {
    expect(unquoteCsvField(raw)).toBe(text);
  });
});
