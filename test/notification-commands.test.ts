import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type ServedFolder, servedFolder } from './live/serving.ts';
import { ROOT, runVedette } from './run-vedette.ts';

const SECRET = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;
const PATIENCE = { timeout: 120_000, interval: 100 };

let hook: Server;
let mailServer: SMTPServer;
let mails: string[];
let hooked: string[];
let isClosed: boolean;

beforeAll(async () => {
  [mails, hooked, isClosed] = [[], [], true];
  hook = createServer((request, response) => {
    void text(request).then((body) => {
      hooked.push(...(isClosed ? [] : [(JSON.parse(body) as { name: string }).name]));
      response.writeHead(isClosed ? 410 : 204).end('closed down');
    });
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  mailServer = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      void text(stream).then((mail) => {
        mails.push(mail);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => mailServer.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => hook.close(resolve));
  await new Promise<void>((resolve) => mailServer.close(resolve));
});

const portOf = (server: { address(): AddressInfo | string | null }) => (server.address() as AddressInfo).port;

function folderWithChannels(): ServedFolder {
  const to = { host: '127.0.0.1', port: portOf(mailServer.server), security: 'none', to: ['dba@example.com'] };
  const logs = [{ path: join(ROOT, 'examples/quickstart/logs/postgresql-*.csv*'), format: 'csvlog' }];
  return servedFolder({
    resources: [{ id: 'orders', kind: 'postgresql', logs }],
    alertsFrom: 'all',
    notifications: {
      channels: {
        desk: { minimalSeverity: 'High', email: { ...to, from: 'Vedette <vedette@example.com>' } },
        ops: { webhook: { url: `http://127.0.0.1:${portOf(hook)}/`, secret: '${env:HOOK_SECRET}' } },
      },
    },
  });
}

it('lists, tries and previews channels, and tells again what was given up', async () => {
  const folder = folderWithChannels();
  folder.start({ HOOK_SECRET: SECRET });
  const run = (...args: string[]) => runVedette([...args, '--socket', join(folder.path, 'data/vedette.sock')]);
  const json = async <Told>(...args: string[]) => JSON.parse((await run(...args, '-o', 'json')).stdout) as Told;
  const channel = async (name: string) =>
    (await json<Record<string, unknown>[]>('notifications', 'list')).find((it) => it.name === name);
  await vi.waitFor(() => expect(mails.length).toBeGreaterThan(0), PATIENCE);
  await vi.waitFor(async () => expect(await channel('ops')).toMatchObject({ waiting: 0 }), PATIENCE);
  const alerts = folder.alerts().filter(({ alert }) => alert.properties.severity !== 'Informational');
  const grave = alerts.filter(({ alert }) => alert.properties.severity === 'High');

  expect(await channel('ops')).toMatchObject({ kind: 'webhook', sent: 0, dead: alerts.length });
  expect(await channel('desk')).toMatchObject({ kind: 'email', minimalSeverity: 'High', dead: 0 });
  const preview = await run('notifications', 'preview', '--days', '365', '-o', 'tsv');
  expect(preview.stderr).toMatch(new RegExp(`^${alerts.length} of \\d+ alerts of 365 days would have been told\n$`));
  expect(preview.stdout).toContain(
    'High\t2026-11-17T02:14:05.012Z\torders\tSuspected successful brute force attack\tdesk, ops\t\n',
  );
  const onDesk = await json<{ matched: number }>('notifications', 'preview', '--days', '365', '--channel', 'desk');
  expect(onDesk.matched).toBe(grave.length);

  expect(await run('notifications', 'test', 'desk')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('│ true'),
  });
  const sample = (await Promise.all(mails.map((mail) => PostalMime.parse(mail)))).find((it) =>
    it.subject?.includes('Test'),
  );
  expect(sample?.text).toContain('asked Vedette to try the channel desk');
  expect(await run('notifications', 'test', 'ops')).toMatchObject({
    code: 2,
    stdout: expect.stringContaining('answered 410: closed down'),
    stderr: 'vedette: ops did not take the sample; mend its settings or the receiver\n',
  });
  expect(await run('notifications', 'test', 'nobody')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no channel nobody'),
  });

  await followLinks(folder);

  const [dead] = await json<{ id: string }[]>(
    'deliveries',
    'list',
    '--state',
    'dead',
    '--channel',
    'ops',
    '--limit',
    '1',
  );
  expect(await run('deliveries', 'resend')).toMatchObject({ code: 2, stderr: expect.stringContaining('--channel') });
  expect(await run('deliveries', 'resend', 'nothing/1/ops')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no such delivery'),
  });
  isClosed = false;
  expect((await run('deliveries', 'resend', dead!.id, '-o', 'tsv')).stdout).toContain(`\t${dead!.id}\n`);
  await vi.waitFor(() => expect(hooked).toHaveLength(1), PATIENCE);
  expect((await run('deliveries', 'resend', '--channel', 'ops')).stderr).toBe(
    `${alerts.length - 1} deliveries are told again\n`,
  );
  const names = (all: readonly string[]) => all.toSorted((a, b) => (a < b ? -1 : 1));
  await vi.waitFor(() => expect(names(hooked)).toEqual(names(alerts.map(({ alert }) => alert.name))), PATIENCE);
});

/** What a mail scanner does changes nothing. */
async function followLinks(folder: ServedFolder): Promise<void> {
  const before = folder.alerts();
  const parsed = await Promise.all(mails.map((mail) => PostalMime.parse(mail)));
  const links = parsed.flatMap(({ html = '' }) => [...html.matchAll(/href="([^"]+)"/g)].map(([, url]) => url!));
  for (const action of ['', '?do=investigate', '?do=expected']) {
    const link = links.find(
      (url) => /\/alerts\/[^/?]+/.test(url) && url.endsWith(action) && (action !== '' || !url.includes('?')),
    );
    for (const method of ['GET', 'HEAD']) {
      expect((await fetch(link!, { method })).status).toBeLessThan(400);
    }
  }
  expect(folder.alerts()).toEqual(before);
  expect(before.every(({ alert }) => alert.properties.status === 'Active')).toBe(true);
}
