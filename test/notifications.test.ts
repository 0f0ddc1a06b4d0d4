import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { servedFolder } from './live/serving.ts';
import { ROOT } from './run-vedette.ts';

const SECRET = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;
/** Patience for a machine that is busy with other tests; milliseconds. */
const PATIENCE = { timeout: 120_000, interval: 100 };

let hook: Server;
let mailServer: SMTPServer;
let mails: string[];
let hooked: Set<string>;
/** How often each id came. */
let times: Map<string, number>;
let isAway: boolean;

beforeAll(async () => {
  hooked = new Set();
  times = new Map();
  mails = [];
  isAway = true;
  hook = createServer((request, response) => {
    void text(request).then((body) => {
      if (!isAway) {
        const alert = new Webhook(SECRET).verify(body, request.headers as Record<string, string>) as { name: string };
        const id = String(request.headers['webhook-id']);
        hooked.add(alert.name);
        times.set(id, (times.get(id) ?? 0) + 1);
      }
      response.writeHead(isAway ? 503 : 204).end();
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

it('tells every alert to webhook and mail, through a receiver that is away and two kills', async () => {
  const folder = servedFolder({
    resources: [
      {
        id: 'orders',
        kind: 'postgresql',
        logs: [{ path: join(ROOT, 'examples/quickstart/logs/postgresql-*.csv*'), format: 'csvlog' }],
      },
    ],
    alertsFrom: 'all',
    notifications: {
      channels: {
        ops: { webhook: { url: `http://127.0.0.1:${portOf(hook)}/`, secret: `\${env:HOOK_SECRET}` } },
        mail: {
          minimalSeverity: 'Medium',
          email: {
            host: '127.0.0.1',
            port: portOf(mailServer.server),
            security: 'none',
            from: 'Vedette <vedette@example.com>',
            to: ['dba@example.com'],
          },
        },
      },
    },
  });
  const environment = { HOOK_SECRET: SECRET };
  const told = () => folder.alerts().filter(({ alert }) => alert.properties.severity !== 'Informational');

  const first = folder.start(environment);
  await vi.waitFor(() => expect(told().length).toBeGreaterThan(3), PATIENCE);
  await first.end('SIGKILL');
  const second = folder.start(environment);
  await vi.waitFor(() => expect(mails.length).toBeGreaterThan(0), PATIENCE);
  isAway = false;
  await vi.waitFor(() => expect(hooked.size).toBeGreaterThan(0), { ...PATIENCE, timeout: 120_000 });
  await second.end('SIGKILL'); // most likely while it catches up
  const third = folder.start(environment);

  await vi.waitFor(
    () =>
      expect([...hooked].sort()).toEqual(
        told()
          .map(({ alert }) => alert.name)
          .sort(),
      ),
    PATIENCE,
  );
  expect([...times.values()].filter((count) => count > 1).length).toBeLessThanOrEqual(2);
  // what a killed server had claimed is free again after a minute
  await vi.waitFor(async () => {
    const parsed = await Promise.all(mails.map((mail) => PostalMime.parse(mail)));
    expect(parsed.map((mail) => mail.text).join('\n')).toContain('Suspected successful brute force attack');
  }, PATIENCE);
  await third.end('SIGTERM');
}, 600_000);
