import { expect, it } from 'vitest';
import { createPrefixReader } from './log-line-prefix.ts';
import { writePrefix } from './write-prefix.ts';

it.each([
  ['%m [%p] ', 'now [7] '],
  ['%q%-6u|%6u|%%|%j|', 'bob   |   bob|%||'],
  ['', ''],
])('writes %j', (prefix, text) => {
  expect(writePrefix(prefix, { m: 'now', p: '7', u: 'bob' })).toBe(text);
});

it('writes what is read', () => {
  const prefix = '%m [%p] %q%u@%d %h %a ';
  const values = { m: '2026-11-29 08:00:00.123 UTC', p: '4711', u: 'bob', d: 'orders', h: '192.0.2.1', a: 'psql' };
  const bytes = new Uint8Array(200);
  const text = `${writePrefix(prefix, values)}FATAL:  no`;
  bytes.set(Buffer.from(text));
  const reader = createPrefixReader(prefix);
  reader.read({ bytes, words: new DataView(bytes.buffer) }, 0, text.length);
  const { principal, time, pid } = reader.fields;

  expect([Buffer.from(bytes.subarray(principal.start, principal.end)).toString(), time, pid]).toEqual([
    'bob',
    Date.UTC(2026, 10, 29, 8, 0, 0, 123),
    4711,
  ]);
});
