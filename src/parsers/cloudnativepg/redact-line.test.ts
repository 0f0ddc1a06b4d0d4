import { describe, expect, it } from 'vitest';
import { redactLine } from './redact-line.ts';

const shown = (value: unknown) => redactLine(new TextEncoder().encode(JSON.stringify(value)));
const SECRET = 'hunter2';

describe('redactLine', () => {
  it('shows what the operator and the server tell, without literals', () => {
    const record = {
      user_name: 'app',
      error_severity: 'LOG',
      sql_state_code: '00000',
      message: `statement: SELECT * FROM t WHERE a = '${SECRET}'`,
    };
    expect(JSON.parse(shown({ level: 'info', logging_pod: 'orders-1', record, extra: SECRET }))).toEqual({
      level: 'info',
      logging_pod: 'orders-1',
      record: { ...record, message: "statement: SELECT * FROM t WHERE a = '?'" },
      extra: '?',
    });
  });

  it('masks what pgaudit tells', () => {
    const audit = { class: 'WRITE', statement: `UPDATE t SET a = '${SECRET}'`, parameter: SECRET, other: SECRET };
    expect(JSON.parse(shown({ record: { user_name: 'app', audit } }))).toEqual({
      record: {
        user_name: 'app',
        audit: { class: 'WRITE', statement: "UPDATE t SET a = '?'", parameter: '?', other: '?' },
      },
    });
  });

  it.each([
    ['broken statement', { error_severity: 'ERROR', sql_state_code: '42601', query: `SELEC '${SECRET}'` }],
    ['detail', { error_severity: 'ERROR', sql_state_code: '23505', detail: `Key (a)=(${SECRET}) already exists.` }],
    ['context', { error_severity: 'ERROR', sql_state_code: '22000', context: `SQL statement "x '${SECRET}'"` }],
    ['member of nobody', { note: SECRET, deep: { note: SECRET } }],
  ])('destroys the secret of a %s, cut anywhere', (_, record) => {
    const whole = `2026-11-21T12:00:00Z stdout F ${JSON.stringify({ record: { log_time: 'x', ...record } })}`;
    for (let cut = 0; cut <= whole.length; cut++) {
      const text = redactLine(new TextEncoder().encode(whole.slice(0, cut)));
      expect(text).not.toContain(SECRET.slice(0, 5));
      expect(() => JSON.parse(text)).not.toThrow();
    }
  });
});
