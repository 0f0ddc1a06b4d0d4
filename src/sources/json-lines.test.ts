import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toJsonLines } from './json-lines.ts';

function linesOf(text: string) {
  const result = toJsonLines(Buffer.from(text));
  return 'problem' in result ? result.problem : Buffer.from(result.bytes).toString();
}

/** The records as values; the text must be one line for each. */
function parsed(text: string): unknown[] {
  const lines = linesOf(text);
  expect(lines.endsWith('\n')).toBe(true);
  return lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('makes a line of each record of', () => {
  it.each([
    ['JSON lines', '{"a":1}\n{"a":2}\n'],
    ['JSON lines without the last break', '{"a":1}\n{"a":2}'],
    ['lines that end as on Windows', '{"a":1}\r\n{"a":2}\r\n'],
    ['an array', '[{"a":1},{"a":2}]'],
    ['an array over many lines', '[\n  {\n    "a": 1\n  },\n  {\n    "a": 2\n  }\n]\n'],
    ['an envelope', '{"records":[{"a":1},{"a":2}]}'],
    ['an envelope over many lines', '{\r\n "records" :\r\n [ {"a":1} , {"a":2} ]\r\n}\r\n'],
    ['several envelopes', '{"records":[{"a":1}]}{"records":[{"a":2}]}'],
    ['an array behind a byte order mark', '\ufeff[{"a":1},{"a":2}]'],
    ['objects with commas between them', '{"a":1},{"a":2}'],
  ])('%s', (_, text) => {
    expect(parsed(text)).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('strings that hold what looks like structure', () => {
    const record = { a: '}],"{[', b: 'say \\"\\', c: ['\n', { d: {} }], records: [{}] };

    expect(parsed(JSON.stringify([record, record]))).toEqual([record, record]);
    expect(parsed(JSON.stringify({ records: [record] }))).toEqual([record]);
  });
});

describe('says what is wrong with', () => {
  it.each([
    ['', 'holds no record'],
    ['[]', 'holds no record'],
    ['{"records":[]}', 'holds no record'],
    ['{"a":1', 'breaks off in its record 1'],
    ['[{"a":1},{"a":"', 'breaks off in its record 2'],
    ['[{"a":1}', 'breaks off behind its record 1'],
    ['{"records":[{"a":1}]', 'breaks off behind its record 1'],
    ['{"a":1}{"a":2}', 'has no line break or comma behind its record 1'],
    ['{"a":1}x', 'has no line break or comma behind its record 1'],
    ['[1,2]', 'holds something else than JSON objects behind its record 0'],
    ['[[{"a":1}]]', 'holds something else than JSON objects behind its record 0'],
    ['just text', 'holds something else than JSON objects behind its record 0'],
    ['{"a":1}\n]', 'holds something else than JSON objects behind its record 1'],
  ])('%j', (text, problem) => {
    expect(linesOf(text)).toBe(problem);
  });
});

it('gives back what JSON.stringify wrote, in any envelope and spacing, and never throws', () => {
  const record = fc.dictionary(fc.string(), fc.jsonValue());
  fc.assert(
    fc.property(fc.array(record, { minLength: 1 }), fc.nat(3), fc.nat(2), (records, space, kind) => {
      const plain = records.every((value) => Object.keys(value)[0] !== 'records');
      fc.pre(plain);
      const text = kind === 0 ? { records } : records;
      const written =
        kind === 2 ? records.map((value) => JSON.stringify(value)).join('\n') : JSON.stringify(text, null, space);
      expect(parsed(written)).toEqual(JSON.parse(JSON.stringify(records)));
    }),
  );
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', ' ', '\n', 'r', '1') }),
      (text) => {
        linesOf(text);
      },
    ),
    { numRuns: 2000 },
  );
});
