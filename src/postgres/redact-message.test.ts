import { describe, expect, it } from 'vitest';
import { type LogTexts, redactTexts } from './redact-message.ts';

const NOTHING: LogTexts = { severity: 'LOG', sqlState: '00000', message: '', detail: '', context: '', queries: [] };

function redact(texts: Partial<LogTexts>): LogTexts {
  return redactTexts({ ...NOTHING, ...texts });
}

describe('redactTexts', () => {
  it.each([
    ['statement: SELECT 1', 'statement: SELECT ?'],
    [
      "received replication command: BASE_BACKUP ( LABEL 'x')",
      "received replication command: BASE_BACKUP ( LABEL '?')",
    ],
    ["execute <unnamed>: SELECT 'x'", "execute <unnamed>: SELECT '?'"],
    ["execute a:b: SELECT 'x'", "execute a:b: SELECT '?'"],
    ["execute fetch from c/p: SELECT 'x'", "execute fetch from c/p: SELECT '?'"],
    ["duration: 0.123 ms  statement: SELECT 'x'", "duration: 0.123 ms  statement: SELECT '?'"],
    ["duration: 1.5 ms  parse s: SELECT 'x'", "duration: 1.5 ms  parse s: SELECT '?'"],
    ['duration: 1.5 ms', 'duration: 1.5 ms'],
    ['duration: 1.5 ms  plan:\n{ "Query Text": "SELECT \'x\'" }', 'duration: 1.5 ms  plan: ?'],
    [
      `AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.t,"SELECT ""A"", 'x'","1,secret"`,
      `AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.t,"SELECT ""A"", '?'","?"`,
    ],
    [
      "AUDIT: SESSION,2,1,ROLE,ALTER ROLE,,,ALTER ROLE a PASSWORD 'x',<none>",
      `AUDIT: SESSION,2,1,ROLE,ALTER ROLE,,,"ALTER ROLE a PASSWORD '?'",<none>`,
    ],
    [`AUDIT: SESSION,1,1,READ,SELECT,,,"SELECT 'cut o`, `AUDIT: SESSION,1,1,READ,SELECT,,,"SELECT '?'"`],
    ['connection authorized: user=a1 database=d2', 'connection authorized: user=a1 database=d2'],
    ['disconnection: session time: 0:00:00.329', 'disconnection: session time: 0:00:00.329'],
  ])('shows the LOG message %j as %j', (message, shown) => {
    expect(redact({ message }).message).toBe(shown);
  });

  it.each([
    ['42601', `syntax error at or near "'x"`, 'syntax error at or near "?"'],
    ['22P02', 'invalid input syntax for type integer: "x "" y"', 'invalid input syntax for type integer: "?"'],
    ['22003', 'value 4711 is out of range', 'value ? is out of range'],
    [
      '23505',
      'duplicate key value violates unique constraint "pk"',
      'duplicate key value violates unique constraint "?"',
    ],
    ['P0001', 'the password hunter2 is too short', '?'],
    ['42P01', 'relation "orders" does not exist', 'relation "orders" does not exist'],
    ['42501', 'permission denied for table orders', 'permission denied for table orders'],
  ])('shows the message of ERROR %s, %j, as %j', (sqlState, message, shown) => {
    expect(redact({ severity: 'ERROR', sqlState, message }).message).toBe(shown);
  });

  it.each([
    ['23505', 'Key (email)=(a@b.org) already exists.', 'Key (email)=(?) already exists.'],
    ['23503', 'Key (a, b)=(1, x)) is not present in table "t".', 'Key (a, b)=(?) is not present in table "t".'],
    ['23505', 'Key (email)=(cut o', 'Key (email)=(?)'],
    ['23P01', 'Key (r)=([1,2)) conflicts with existing key (r)=([1,3)).', 'Key (r)=(?)'],
    ['23514', 'Failing row contains (1, hunter2).', 'Failing row contains (?)'],
    ['22P02', 'Token "hunter2" is invalid.', 'Token "?"'],
    ['22012', "parameters: $1 = 'x', $2 = '4'", "parameters: $1 = '?', $2 = '?'"],
    ['40P01', "Process 7: UPDATE t SET a = 'x'", "Process ?: UPDATE t SET a = '?'"],
    ['P0001', 'the password was hunter2', '?'],
  ])('shows the detail of ERROR %s, %j, as %j', (sqlState, detail, shown) => {
    expect(redact({ severity: 'ERROR', sqlState, detail }).detail).toBe(shown);
  });

  it('masks the parameters of a statement', () => {
    const texts = { message: 'execute <unnamed>: SELECT $1', detail: "Parameters: $1 = 'x'" };
    expect(redact(texts).detail).toBe("Parameters: $1 = '?'");
  });

  it('shows what the server says of a client', () => {
    const texts = {
      severity: 'FATAL',
      sqlState: '28P01',
      message: 'password authentication failed for user "app1"',
      detail: 'Connection matched pg_hba.conf line 5: "host all all 203.0.113.0/16 scram-sha-256"',
    };
    expect(redact(texts)).toEqual({ ...NOTHING, ...texts });
  });

  it('masks what an application raises as a notice', () => {
    expect(redact({ severity: 'NOTICE', message: "row 7 has 'x'" }).message).toBe("row ? has '?'");
  });

  it('masks queries', () => {
    expect(redact({ queries: ["SELECT 'x'", ''] }).queries).toEqual(["SELECT '?'", '']);
  });

  it('takes a time linear in the length of a detail', () => {
    const begin = performance.now();
    redact({ severity: 'ERROR', sqlState: '23505', detail: '=('.repeat(500_000) });
    redact({ message: `execute ${': '.repeat(500_000)}` });
    redact({ message: 'execute '.repeat(100_000) });
    redact({ context: 'PL/x function f('.repeat(50_000) });
    expect(performance.now() - begin).toBeLessThan(5000);
  });
});
