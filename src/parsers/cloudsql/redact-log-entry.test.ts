import { describe, expect, it } from 'vitest';
import { redactLogEntry } from './redact-log-entry.ts';
import { auditEntry, logEntry, SAMPLES, sample } from './testkit.ts';

const redact = (text: string) => redactLogEntry(Buffer.from(text));
const payload = (line: string) => (JSON.parse(redact(logEntry(line))) as { textPayload: string }).textPayload;

describe('redactLogEntry', () => {
  it.each([
    ["LOG:  statement: SELECT 'hunter2', 7", "LOG:  statement: SELECT '?', ?"],
    ["LOG:  statement: SELECT\n'hunter2',\n\t7", "LOG:  statement: SELECT\n'?',\n?"],
    ['DETAIL:  Key (email)=(a@b.org) already exists.', 'DETAIL:  Key (email)=(?) already exists.'],
    ["STATEMENT:  SELECT\n'hunter2'", "STATEMENT:  SELECT\n'?'"],
    ['LOG:  connection received: host=192.0.2.1 port=4', 'LOG:  connection received: host=192.0.2.1 port=4'],
    ['FATAL:  password authentication failed for user "a1"', 'FATAL:  password authentication failed for user "a1"'],
  ])('shows %j as %j', (line, shown) => {
    expect(payload(line)).toMatch(/^2026-11-21 12:00:00\.000 UTC \[19782\]: \[3-1\] db=shop,user=app /);
    expect(payload(line)).toContain(shown);
  });

  it('shows the envelope as it stands, and masks members that are not known', () => {
    const entry = logEntry('LOG:  x', {
      resource: { type: 't', labels: { region: 'r', more: 'hunter2' } },
      extra: 'hunter2',
    });
    expect(JSON.parse(redact(entry))).toMatchObject({
      timestamp: '2026-11-21T12:00:00.000417Z',
      resource: { type: 't', labels: { region: 'r', more: '?' } },
      extra: '?',
    });
  });

  it('masks what pgAudit tells', () => {
    const shown = redact(auditEntry({ statement: "SELECT 'hunter2'", parameter: 'hunter2' }));
    expect(JSON.parse(shown)).toMatchObject({
      protoPayload: { request: { user: 'app', statement: "SELECT '?'", parameter: '?' } },
    });
    expect(redact(auditEntry({ parameter: '<not logged>' }))).toContain('<not logged>');
  });

  it('shows no secret of an entry that is cut off anywhere, and one line of JSON', () => {
    const line = logEntry("LOG:  statement: ALTER ROLE a PASSWORD 'hunter2'", { extra: { a: ['hunter2'] } });
    for (const text of [line, auditEntry({ statement: "SELECT 'hunter2'" })]) {
      for (let cut = 0; cut <= text.length; cut++) {
        const shown = redact(text.slice(0, cut));
        expect(shown).not.toMatch(/hunt|\n/);
        expect(() => JSON.parse(shown) as unknown).not.toThrow();
      }
    }
  });

  it.each(['', 'hunter2', '"hunter2"', '["hunter2"]', '{"labels":'.repeat(100_000)])(
    'shows nothing of what is no entry',
    (text) => {
      expect(redact(text)).not.toContain('hunter2');
    },
  );

  it.each(Object.values(SAMPLES))('leaves no password in %s', (name) => {
    const text = sample(name).toString();
    const entries = name.endsWith('.json') ? (JSON.parse(text) as unknown[]) : text.trimEnd().split('\n');
    const shown = entries.map((entry) => redact(typeof entry === 'string' ? entry : JSON.stringify(entry))).join('\n');
    expect(text).toContain('invented-');
    expect(shown).not.toContain('invented-');
    expect(shown).toContain("CREATE ROLE app LOGIN PASSWORD '?'");
  });
});
