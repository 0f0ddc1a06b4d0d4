import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCef } from './testkit.ts';
import { type CefHeader, toCefLine } from './to-cef-line.ts';

const header: CefHeader = {
  vendor: 'Vedette',
  product: 'Vedette',
  version: '1.2.3',
  eventClass: 'SQL.PostgreSQL_BruteForce',
  name: 'Suspected brute force attack',
  severity: 8,
};

function written(value: string, key = 'msg'): string | undefined {
  return parseCef(toCefLine(header, { [key]: value, act: 'last' })).extension.get(key);
}

it('is a header of seven fields and pairs', () => {
  expect(toCefLine(header, { cnt: 36, src: '203.0.113.7', msg: 'a=b | c' })).toBe(
    'CEF:0|Vedette|Vedette|1.2.3|SQL.PostgreSQL_BruteForce|Suspected brute force attack|8|cnt=36 src=203.0.113.7 msg=a\\=b | c',
  );
});

it('leaves out what is not known', () => {
  expect(toCefLine(header, { src: undefined, suser: '', msg: ' ', cnt: 0 })).toMatch(/\|8\|cnt=0$/);
});

it.each([
  ['a backslash at the end', 'C:\\', 'C:\\'],
  ['another pair', 'x suser=root', 'x suser=root'],
  ['an escape of its own', 'x\\= y=z', 'x\\= y=z'],
  ['an escaped line end of its own', 'x\\ny', 'x\\ny'],
  ['a line end', 'one\ntwo', 'one\ntwo'],
  ['other line ends', 'a\r\nb\rc\u0085d\u2028e\u2029f\vg', 'a\nb\nc\nd\ne\nf\ng'],
  ['another event', 'x\nCEF:0|A|B|1|2|3|4|', 'x\nCEF:0|A|B|1|2|3|4|'],
  ['controls', 'a\u0000b\u001bc\td\u009b', 'a\ufffdb\ufffdc d\ufffd'],
  ['what reorders text', 'a\u202eb', 'a\ufffdb'],
  ['half a character', 'a\ud800b', 'a\ufffdb'],
  ['blanks around it', '  a  ', 'a'],
])('keeps %s within its value', (_, value, expected) => {
  expect(written(value)).toBe(expected);
});

it('keeps header fields apart and on one line', () => {
  const parsed = parseCef(toCefLine({ ...header, name: 'a|b\\|c\nCEF:0|d=e\\' }, { act: 'x' }));

  expect(parsed.header[4]).toBe('a|b\\|c CEF:0|d=e\\');
  expect(parsed.header).toHaveLength(6);
});

it.each([
  ['msg', 1000],
  ['externalId', 40],
  ['deviceExternalId', 255],
  ['cs6', 2000],
])('cuts %s after %i characters', (key, length) => {
  expect(written('x'.repeat(length), key)).toBe('x'.repeat(length));
  expect(written('x'.repeat(length + 1), key)).toBe(`${'x'.repeat(length - 1)}…`);
});

it('cuts no character in two', () => {
  expect(written('😀'.repeat(501))).toBe(`${'😀'.repeat(499)}…`);
});

describe('whatever goes in', () => {
  const character = fc.oneof(
    fc.constantFrom('\\', '=', '|', '\n', '\r', ' ', 'n', 'cs1', '\u2028', '\u0000', '\ud83d', '\u202e'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  );
  const hostile = fc.array(character, { maxLength: 40 }).map((characters) => characters.join(''));
  const key = fc.constantFrom('msg', 'suser', 'cs1', 'cs1Label', 'act', 'reason');
  const extension = fc.dictionary(key, hostile);

  it('comes out, where it is text on lines', () => {
    fc.assert(
      fc.property(extension, hostile, (values, name) => {
        const text = (value: string) => value.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '').trim();
        const plain = Object.fromEntries(Object.entries(values).map(([one, value]) => [one, text(value)]));
        const lines = Object.fromEntries(Object.entries(plain).map(([one, value]) => [one, `${value}\n=\\${value}.`]));
        const parsed = parseCef(toCefLine({ ...header, name: text(name) }, lines));

        expect(parsed.header[4]).toBe(text(name));
        expect(Object.fromEntries(parsed.extension)).toEqual(
          Object.fromEntries(Object.entries(lines).map(([one, value]) => [one, value.trim()])),
        );
      }),
    );
  });

  it('starts no key, field or line', () => {
    fc.assert(
      fc.property(extension, hostile, hostile, (values, name, eventClass) => {
        const line = toCefLine({ ...header, name, eventClass }, { ...values, end: 1 });
        const parsed = parseCef(line);
        const keys = Object.keys({ ...values, end: 1 });

        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect([...parsed.extension.keys()].filter((one) => !keys.includes(one))).toEqual([]);
        expect(parsed.extension.get('end')).toBe('1');
        expect([parsed.header[2], parsed.header[5]]).toEqual(['1.2.3', '8']);
      }),
    );
  });
});
