import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { type Fingerprint, fingerprintText } from './fingerprint.ts';
import { noteFingerprint, recallFingerprint } from './fingerprint-memo.ts';
import { hashKey, useHashKey } from './keyed-hash.ts';

const CSV = {};
const JSON_LINES = {};
const own = hashKey();

afterEach(() => useHashKey(own));

it('knows a statement from its third coming on, as it was read', () => {
  const text = 'SELECT name FROM customers WHERE id = $1';
  expect([1, 2, 3].map(() => meet(text, CSV).isRecalled)).toEqual([false, false, true]);
  const { low, high, length, marks, isPlain } = fingerprintText(text);
  expect(meet(text, CSV).fingerprint).toMatchObject({ low, high, length, marks, isPlain });
});

it('keeps forms apart, in which the same bytes tell something else', () => {
  const text = 'SELECT price FROM products WHERE name = $1';
  meet(text, CSV);
  meet(text, CSV);
  expect(meet(text, JSON_LINES).isRecalled).toBe(false);
});

it('forgets what was hashed under another secret', () => {
  const text = 'SELECT amount FROM invoices WHERE id = $1';
  meet(text, CSV);
  meet(text, CSV);
  useHashKey({ low: 1, high: 2 });
  expect(meet(text, CSV).isRecalled).toBe(false);
});

it('tells of any statement what reading it tells', () => {
  const statement = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.constantFrom('select 1', "select 'a'", 'select 2', '-- a'),
  );
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 30 }), (texts) => {
      for (const text of texts.filter((given) => given !== '')) {
        const met = told(meet(text, CSV).fingerprint);
        expect(met).toEqual(told(fingerprintText(text)));
      }
    }),
  );
});

function told({ low, high, bytes, start, length, marks, isPlain }: Fingerprint) {
  const normal = Buffer.from(bytes.subarray(start, start + length)).toString('latin1');
  return { low, high, normal, marks, isPlain };
}

/** Goes the way of a statement that is judged. */
function meet(text: string, form: object) {
  const bytes = new TextEncoder().encode(`${text}\0\0\0\0`);
  const words = new DataView(bytes.buffer);
  const end = bytes.length - 4;
  const recalled = recallFingerprint(words, 0, end, form);
  if (recalled !== undefined) {
    return { isRecalled: true, fingerprint: { ...recalled } };
  }
  const fingerprint = { ...fingerprintText(text) };
  noteFingerprint(fingerprint);
  return { isRecalled: false, fingerprint };
}
