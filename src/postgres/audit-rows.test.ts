import { expect, it } from 'vitest';
import { auditRows } from './audit-rows.ts';

it.each([
  ['AUDIT: SESSION,2,1,READ,SELECT,,,select * from t,<none>,20000', 20_000],
  ['AUDIT: SESSION,2,1,READ,SELECT,,,select * from t,<not logged>,7', 7],
  ['AUDIT: SESSION,3,1,READ,SELECT,,,"select ""a"", b from t","""x"",y",12', 12],
  ['AUDIT: SESSION,3,1,READ,SELECT,,,\\"select \\\\\\"a\\\\\\" from t\\",<none>,12', 12],
  ['AUDIT: SESSION,2,1,READ,SELECT,,,select * from t,<none>', -1],
  ['AUDIT: SESSION,2,1,READ,SELECT,,,select * from t where id = $1,5', -1],
  ['AUDIT: SESSION,2,1,READ,SELECT,,,select * from t where id = $1;,5,1', 1],
  ['AUDIT: SESSION,2,1,READ,SELECT,,,"select 1, 2",<none>', -1],
  ['AUDIT: SESSION,2,1,READ,SELECT,,,"select 1,7",<none>,x7', -1],
  ['statement: select a from t,<none>,7', -1],
  ['AUDIT: ', -1],
  ['', -1],
])('tells of %s: %i rows', (message, rows) => {
  const bytes = Buffer.from(`${message}\0\0\0\0\0\0\0\0`);
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

  expect(auditRows(words, 0, Buffer.byteLength(message))).toBe(rows);
});
