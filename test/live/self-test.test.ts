import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { runVedette } from '../run-vedette.ts';
import { freePort } from '../servers/free-port.ts';
import { servedFolder, until } from './serving.ts';

// The case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000 });

const MAIL = {
  channels: {
    duty: { email: { host: '127.0.0.1', port: 1, security: 'none', from: 'v@example.com', to: ['duty@example.com'] } },
  },
};
const WAYS = [
  ['of-csvlog', { path: 'of-csvlog.log', format: 'csvlog' }, 'file'],
  ['of-stderr', { path: 'of-stderr.log', format: 'stderr', logLinePrefix: '%m [%p] %q%u@%d %r ' }, 'file'],
  ['of-azure', { path: 'of-azure.log', format: 'azure', logLinePrefix: '%t-%c-' }, 'file'],
  ['of-jsonlog', { path: 'of-jsonlog.log', format: 'jsonlog' }, 'file'],
  ['of-cloudsql', { path: 'of-cloudsql.log', format: 'cloudsql' }, 'file'],
  ['of-rds', { path: 'of-rds.log', format: 'rds' }, 'file'],
  ['by-push', { push: {}, format: 'csvlog' }, 'POST /api/v1/ingest'],
] as const;

it('follows a marked record to its alert, whatever the way, and teaches and sends nothing', async () => {
  const syslog = await freePort();
  const bySyslog = { syslog: { listen: `udp://127.0.0.1:${syslog}` }, logLinePrefix: '%m [%p] ' };
  const ways = [...WAYS, ['by-syslog', bySyslog, 'udp://'] as const];
  const folder = servedFolder({
    resources: [
      ...ways.map(([id, log]) => ({ id, kind: 'postgresql', logs: [log] })),
      { id: 'carts', kind: 'cosmosdb', logs: [{ path: 'carts.log', format: 'azure' }] },
    ],
    notifications: MAIL,
  });
  const files = [...ways.map(([id]) => id), 'carts'].map((id) => join(folder.path, `${id}.log`));
  for (const file of files) {
    writeFileSync(file, '');
  }
  const serving = folder.start();
  await until('it is at work', () => serving.text().includes('watching') || serving.process.exitCode !== null);
  expect(serving.text()).toContain('watching');
  const socket = join(folder.path, 'data/vedette.sock');
  const told: string[] = [];
  for (const id of [...ways.map(([name]) => name), 'carts']) {
    const { code, stdout, stderr } = await runVedette(['selftest', id, '--socket', socket, '--timeout', '120']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
    told.push(stdout.replace(/^\S+ {2}/gm, '').replace(/vedette_selftest_\w+|\d{19}_[\w-]+|\d+\.\d s/g, '…'));
  }

  expect(told[0]).toBe(
    `the server waits for a failed login of …\nwritten to ${files[0]}\njudged, … after it was written\n` +
      'stored as the alert … (resolved, taught to nothing)\nqueued for duty, not sent: a self-test: it shows who would be told\n',
  );
  expect(told.map((text) => text.split('\n')[1])).toEqual([
    ...ways.map(([id, , place]) => expect.stringContaining(place === 'file' ? `/${id}.log` : place)),
    expect.stringContaining('/carts.log'),
  ]);
  expect(folder.alerts().map(({ alert: { properties } }) => [properties.alertType, properties.status])).toEqual(
    told.map(() => ['Vedette_SelfTest', 'Resolved']),
  );
  expect(readFileSync(files[0]!, 'utf8').split('\n')).toHaveLength(2);
  await vi.waitFor(
    async () => {
      const { body } = await folder.ask('GET', '/api/v1/resources/of-csvlog/health');
      expect(body).toMatchObject({ records: 1, activities: 0 });
    },
    { timeout: 60_000, interval: 500 },
  );
  expect(await folder.ask('POST', '/api/v1/resources/nobody/self-tests')).toMatchObject({ status: 404 });
  expect(await serving.end('SIGTERM')).toBe(0);
});
