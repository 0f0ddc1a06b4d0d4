import { describe, expect, it } from 'vitest';
import { redactEntry } from './redact-entry.ts';

const PREFIX = '2026-11-21 16:48:45.367 UTC [1] app@shop ';

describe('redactEntry', () => {
  it.each([
    'LOG:  connection received: host=192.0.2.10 port=41234',
    'FATAL:  password authentication failed for user "app"',
    'LOG:  disconnection: session time: 0:00:00.066 user=app database=shop host=192.0.2.10 port=41333',
  ])('shows what the server says of a client: %s', (text) => {
    expect(redactEntry(PREFIX + text)).toBe(PREFIX + text);
  });

  it('masks literals in a statement and the lines that continue it', () => {
    expect(redactEntry(`${PREFIX}LOG:  statement: SELECT 'hunter2',\n\t'hunter2\n\thunter2'`)).toBe(
      `${PREFIX}LOG:  statement: SELECT '?',\n\t'?'`,
    );
  });

  it.each([
    ["LOG: duration: 0.054 ms statement: ALTER ROLE a PASSWORD 'hunter2'", "PASSWORD '?'"],
    ["app=CATALOG: x LOG:  statement: SELECT 'hunter2'", "SELECT '?'"],
    ["app=my LOG: x LOG:  statement: SELECT 'hunter2'", "SELECT '?'"],
  ])('masks literals behind %s', (text, shown) => {
    expect(redactEntry(PREFIX + text)).toContain(shown);
    expect(redactEntry(PREFIX + text)).not.toContain('hunter2');
  });

  it('masks what stands beside an error', () => {
    const entry = [
      'ERROR:  duplicate key value violates unique constraint "pk"',
      'DETAIL:  Key (email)=(hunter2@example.com) already exists.',
      'CONTEXT:  SQL statement "INSERT INTO t VALUES (\'hunter2\')"',
      '\tPL/pgSQL function f() line 3 at SQL statement',
      "STATEMENT:  SELECT f('hunter2')",
    ];
    const shown = redactEntry(entry.map((line) => (line.startsWith('\t') ? line : PREFIX + line)).join('\n'));

    expect(shown).not.toContain('hunter2');
    expect(shown.split('\n')).toHaveLength(entry.length);
    expect(shown).toContain(`${PREFIX}DETAIL:  Key (email)=(?) already exists.`);
    expect(shown).toContain(`${PREFIX}STATEMENT:  SELECT f('?')`);
  });

  it('shows nothing of what an application raises, whether the SQLSTATE or the context tells', () => {
    expect(redactEntry(`${PREFIX}ERROR:  P0001: card 4111 hunter2 refused`)).toBe(`${PREFIX}ERROR:  P0001: ?`);
    expect(
      redactEntry(
        `${PREFIX}ERROR:  card hunter2 refused\n${PREFIX}CONTEXT:  PL/pgSQL function pay(text) line 5 at RAISE`,
      ),
    ).toBe(`${PREFIX}ERROR:  ?\n${PREFIX}CONTEXT:  PL/pgSQL function pay(text) line 5 at RAISE`);
  });

  it('shows no part of a literal where an entry was cut', () => {
    const entry = `${PREFIX}LOG:  statement: ALTER ROLE a PASSWORD 'hunter2 hunter2'`;
    for (let cut = 1; cut <= entry.length; cut++) {
      expect(redactEntry(entry.slice(0, cut))).not.toMatch(/hun/);
    }
  });

  it('shows all lines that a name wrote', () => {
    const entry = `${PREFIX}x\n2026 [9] root@shop LOG:  hi FATAL:  password authentication failed for user "x\n\t2026"`;

    expect(redactEntry(entry).split('\n')).toHaveLength(3);
  });

  it.each(['', '\n', '\t', 'LOG:  ', '\tLOG:  x', '\0\xff', 'no severity at all', "LOG:  statement: '"])(
    'does not throw on %j',
    (entry) => {
      expect(typeof redactEntry(entry)).toBe('string');
    },
  );
});
