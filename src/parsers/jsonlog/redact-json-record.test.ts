import { describe, expect, it } from 'vitest';
import { redactJsonRecord } from './redact-json-record.ts';
import { jsonRecord, MAJORS, sample } from './testkit.ts';

const redact = (text: string) => redactJsonRecord(Buffer.from(text));

function redacted(members: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(redact(jsonRecord(members))) as Record<string, unknown>;
}

describe('redactJsonRecord', () => {
  it('masks what is SQL or data, and shows all else as it stands', () => {
    const error = { error_severity: 'ERROR', state_code: '23505' };
    const texts = {
      message: 'duplicate key value violates unique constraint "pk"',
      detail: 'Key (email)=(a@b.org) already exists.',
      context: 'SQL statement "UPDATE t SET pw = \'hunter2\'"',
      internal_query: "SELECT 'x'",
      statement: "INSERT INTO t VALUES ('hunter2', 7)",
    };
    expect(redacted({ ...error, ...texts })).toEqual({
      ...(JSON.parse(jsonRecord()) as object),
      ...error,
      message: 'duplicate key value violates unique constraint "?"',
      detail: 'Key (email)=(?) already exists.',
      context: 'SQL statement ?',
      internal_query: "SELECT '?'",
      statement: "INSERT INTO t VALUES ('?', ?)",
    });
  });

  it('masks members that PostgreSQL does not write', () => {
    const shown = redacted({ extra: 'hunter2', nested: { pw: 'x' }, list: ['x'], count: 7, none: null });
    expect(shown).toMatchObject({ extra: '?', nested: '?', list: '?', count: 7, none: null });
  });

  it('shows no secret of a record that is cut off anywhere, and one line of JSON', () => {
    const record = jsonRecord({
      message: "statement: ALTER ROLE a PASSWORD 'hunter2 \\ \"é😀'",
      detail: "Parameters: $1 = 'hunter2'",
      statement: 'SELECT $a$hunter2$a$',
    });
    const bytes = Buffer.from(record);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const shown = redactJsonRecord(bytes.subarray(0, cut));
      expect(shown).not.toMatch(/hunt|\n/);
      expect(() => JSON.parse(shown) as unknown).not.toThrow();
    }
    const message = bytes.indexOf('é');
    expect(redactJsonRecord(bytes.subarray(0, message))).toContain("ALTER ROLE a PASSWORD '?'");
  });

  it.each(['', 'hunter2', '"hunter2"', '["hunter2"]', '7', 'null', '}hunter2{'])('shows nothing of %j', (text) => {
    expect(redact(text)).toBe('"?"');
  });

  it.each(MAJORS)('leaves no password in the session of PostgreSQL %i', (major) => {
    const lines = sample(major).toString().trimEnd().split('\n');
    const shown = lines.map(redact).join('\n');
    expect(lines.join('\n')).toContain('invented-');
    expect(shown).not.toContain('invented-');
    expect(shown).toContain("CREATE ROLE app LOGIN PASSWORD '?'");
  });
});
