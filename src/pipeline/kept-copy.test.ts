import { expect, it } from 'vitest';
import { renamingOf } from '../lib/renaming.ts';
import type { Parser } from '../parsers/parser.ts';
import { KeptCopy } from './kept-copy.ts';

const parser = { redact: (record: Uint8Array) => new TextDecoder().decode(record) } as Parser;
const RECORD =
  '2026-01-05 08:00:00 UTC,"zoë","größe",7,"203.0.113.7:5",,,,,,,LOG,00000,"connection authorized: user=zoë",,,,';

function copyOf(text: string): KeptCopy {
  const bytes = Buffer.from(`..${text}..`);
  return new KeptCopy(0, parser, 'test.csv', { byteOffset: 2, bytes, start: 2, end: bytes.length - 2 });
}

it('shows what the record was, whatever becomes of the bytes that it was in', () => {
  expect(copyOf(RECORD).show()).toEqual({ source: 'test.csv', byteOffset: 2, text: RECORD });
});

it('cuts a long record, and says so', () => {
  expect(copyOf(RECORD.padEnd(5000, 'x')).show().text).toHaveLength(4000 - 4 + 1); // four characters have two bytes
});

it('shows records as states of 0.1 hold them', () => {
  const copy = copyOf('');
  Object.assign(copy, { bytes: new Uint8Array(Buffer.from(RECORD)) });

  expect(copy.show().text).toBe(RECORD);
});

it('puts another name in the place of one', () => {
  const copy = copyOf(RECORD);
  copy.rename(renamingOf('zoë', 'jürgen'));

  expect(copy.show().text).toBe(RECORD.replaceAll('zoë', 'jürgen'));
});
