import { describe, expect, it } from 'vitest';
import { redactSyslogRecord } from './redact-syslog-record.ts';

const HEAD = 'Nov 21 10:00:00 db1 postgres[100]: [7-1] ';
const NEXT = (part: number) => `\nNov 21 10:00:00 db1 postgres[100]: [7-${part}] `;
const redact = (record: string) => redactSyslogRecord(Buffer.from(record));

describe('redactSyslogRecord', () => {
  it('shows an entry as one text behind its first header', () => {
    const record = `${HEAD}app@shop LOG:  statement: SELECT 'x'${NEXT(2)}#011FROM t${NEXT(3)} WHERE a = 1`;
    expect(redact(record)).toBe(`${HEAD}app@shop LOG:  statement: SELECT '?'\n\tFROM t WHERE a = ?`);
  });

  it.each(["LOG: statement: SELECT 'hunter2'", "ERROR: x#012app@shop STATEMENT: SELECT 'hunter2'"])(
    'masks literals where a program left one space: %s',
    (text) => {
      expect(redact(`${HEAD}app@shop ${text}`)).toContain('SELECT');
      expect(redact(`${HEAD}app@shop ${text}`)).not.toContain('hunter2');
    },
  );

  it('masks what errors, details and statements quote', () => {
    const record = [
      `${HEAD}app@shop ERROR:  duplicate key value violates unique constraint "pk"`,
      'app@shop DETAIL:  Key (email)=(a@b.org) already exists.',
      "app@shop HINT:  try 'x'",
      'app@shop CONTEXT:  SQL statement "UPDATE t SET pw = \'x\'"',
      "app@shop STATEMENT:  INSERT INTO t VALUES ('a@b.org', 7)",
    ].join('#012');
    expect(redact(record)).toBe(
      [
        `${HEAD}app@shop ERROR:  duplicate key value violates unique constraint "?"`,
        'app@shop DETAIL:  Key (email)=(?) already exists.',
        "app@shop HINT:  try '?'",
        'app@shop CONTEXT:  SQL statement ?',
        "app@shop STATEMENT:  INSERT INTO t VALUES ('?', ?)",
      ].join('\n'),
    );
  });

  it('shows nothing of what an application raises', () => {
    const raised = 'app@shop CONTEXT:  PL/pgSQL function pay() line 3 at RAISE';
    expect(redact(`${HEAD}app@shop ERROR:  the password is hunter2#012${raised}`)).not.toContain('hunter2');
    expect(redact(`${HEAD}P0001 ERROR:  the password is hunter2`)).not.toContain('hunter2');
  });

  it('shows what the server says of a client', () => {
    const record = `${HEAD}FATAL:  password authentication failed for user "app"`;
    expect(redact(record)).toBe(record);
  });

  it.each([
    [`${HEAD}SELECT 'secret'`],
    [`LOG:  statement: SELECT 'secret'`],
    [`${HEAD}app@shop LOG:  statement: SELECT 'secr${NEXT(2)}secret`],
    [`SELECT 'secret`],
    [''],
  ])('masks the literals of a piece: %j', (record) => {
    expect(redact(record)).not.toContain('secret');
  });

  it('takes a time linear in the length', () => {
    const begin = performance.now();
    redact(`${HEAD}${'LOG: '.repeat(300_000)}`);
    redact(`${HEAD}LOG:  ${'#012DETAIL: '.repeat(100_000)}`);
    redact(`${HEAD}LOG:  ${NEXT(2).repeat(30_000)}`);
    expect(performance.now() - begin).toBeLessThan(5000);
  });
});
