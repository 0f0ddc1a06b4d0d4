import { describe, expect, it } from 'vitest';
import { findStatement } from './find-statement.ts';
import { logBytes, textAt } from './testkit.ts';

function statementOf(message: string): string {
  const source = logBytes(message);
  const span = { start: 0, end: 0 };
  findStatement(source.words, 0, source.end, span);
  return textAt(source, span);
}

describe('findStatement', () => {
  it.each([
    ['statement: SELECT 1', 'SELECT 1'],
    ['statement: SELECT 1\n\tFROM t', 'SELECT 1\n\tFROM t'],
    ['execute <unnamed>: SELECT $1', 'SELECT $1'],
    ['execute find-customer: SELECT $1', 'SELECT $1'],
    ['execute fetch from find/c: SELECT $1', 'SELECT $1'],
    ['duration: 0.123 ms  statement: SELECT 1', 'SELECT 1'],
    ['duration: 0.123 ms statement: SELECT 1', 'SELECT 1'], // passed on with one space
    ['duration: 12345.678 ms  execute find: SELECT 1', 'SELECT 1'],
    ['AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.t,"select a, b",<none>', 'select a, b'],
    ['AUDIT: SESSION,1,1,READ,SELECT,,,SELECT 1,<none>', 'SELECT 1'],
    ['AUDIT: SESSION,1,1,READ,SELECT,,,SELECT 1,<not logged>', 'SELECT 1'],
    ['AUDIT: OBJECT,1,1,READ,SELECT,TABLE,"public.a,b","select ""x"", 2",<none>', 'select ""x"", 2'],
    ['AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.t,"select 1","1,2"', 'select 1'],
    ['AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.t,"""x"" y",<none>', '""x"" y'],
    ['AUDIT: SESSION,1,1,READ,SELECT,TABLE,"","",<none>', ''],
    ['AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.t,"cut of', 'cut of'],
    // as csvlog quotes it once more
    ['AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.t,""select """"x"""", 2"",<none>', 'select """"x"""", 2'],
    // as JSON escapes it
    ['AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.t,\\"select \\"\\"x\\"\\", 2\\",<none>', 'select \\"\\"x\\"\\", 2'],
    ['AUDIT: SESSION,1,1,READ,SELECT', ''],
    ["received replication command: BASE_BACKUP ( LABEL 'x')", "BASE_BACKUP ( LABEL 'x')"],
    ['duration: 0.123 ms', ''],
    ['connection received: host=192.0.2.10 port=1', ''],
    ['execute', ''],
    ['', ''],
  ])('finds the statement of %j', (message, expected) => {
    expect(statementOf(message)).toBe(expected);
  });
});
