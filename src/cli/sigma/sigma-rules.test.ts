import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { sigmaCli } from '../../../test/sigma-cli.ts';
import { whyNot } from '../../../test/why-not.ts';
import { TACTICS, TECHNIQUES } from '../../model/attack.ts';
import { sigmaRules } from './sigma-rules.ts';

const rules = sigmaRules();
const sigma = await sigmaCli();
const reason = whyNot('problem' in sigma ? sigma.problem : undefined);

describe('rules for Sigma', () => {
  it('have what specification 2.1 asks of a rule, each under an id and a name of its own', () => {
    expect(rules.length).toBeGreaterThan(12);
    for (const key of ['id', 'name', 'title'] as const) {
      expect(new Set(rules.map((rule) => rule[key])).size).toBe(rules.length);
    }
    for (const { title, id, name, level, status, ...rule } of rules) {
      expect(String(title).length).toBeLessThanOrEqual(110);
      expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(name).toMatch(/^[a-z_]+$/);
      expect(['informational', 'low', 'medium', 'high']).toContain(level);
      expect(status).toBe('experimental');
      expect(Object.keys(rule).includes('detection') !== Object.keys(rule).includes('correlation')).toBe(true);
    }
  });

  it('name tactics and techniques that there are', () => {
    const known = [
      ...Object.values(TACTICS).map(({ name }) => `attack.${name.toLowerCase().replaceAll(' ', '-')}`),
      ...Object.keys(TECHNIQUES).map((id) => `attack.${id.toLowerCase()}`),
    ];

    expect(rules.flatMap(({ tags }) => tags as string[]).filter((tag) => !known.includes(tag))).toEqual([]);
  });

  it.each([
    ['program', "statement: COPY t FROM PROGRAM 'id'", 'statement: COPY t FROM STDIN'],
    ['file', "statement: SELECT pg_read_file('/etc/passwd')", 'statement: SELECT pg_read_files FROM t'],
    ['privilege', 'statement: ALTER ROLE bob WITH SUPERUSER', 'statement: ALTER ROLE bob WITH LOGIN'],
    ['audit_off', 'statement: ALTER SYSTEM SET log_connections = off', 'statement: ALTER SYSTEM SET work_mem = 0'],
    ['password_hashes', 'statement: SELECT * FROM pg_shadow', 'statement: SELECT * FROM pg_roles'],
    ['language', 'statement: CREATE EXTENSION plpython3u', 'statement: CREATE EXTENSION pg_trgm'],
    ['outside_connection', "execute x: SELECT dblink_connect('h')", 'statement: SELECT dblink_disconnect()'],
  ])('fit what they are about: %s', (variant, bad, good) => {
    const rule = rules.find(({ name }) => name === `vedette_dangerous_statement_${variant}`)!;
    const { dangerous } = rule.detection as { dangerous: Record<string, string[]> };
    const patterns = dangerous['message|re|i']!.map((pattern) => new RegExp(pattern, 'i'));

    expect(patterns.some((pattern) => pattern.test(bad))).toBe(true);
    expect(patterns.some((pattern) => pattern.test(good))).toBe(false);
  });

  it.skipIf(reason)('are taken by sigma-cli without an error or an issue', { timeout: 120_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'vedette-sigma-'));
    try {
      for (const rule of rules) {
        writeFileSync(join(folder, `${String(rule.name)}.yml`), stringify(rule));
      }
      // what asks other sites for lists of tags is left out; the test above looks at the tags
      const options = ['-x', 'attacktag', '-x', 'd3_fendtag', '--fail-on-error', '--fail-on-issues'];
      const { command } = sigma as { command: string };
      const told = execFileSync(command, ['check', ...options, folder], { encoding: 'utf8', stdio: 'pipe' });

      expect(told).toContain(' 0 errors');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
