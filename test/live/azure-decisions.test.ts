import { appendFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { failure } from './failure.ts';
import { servedFolder, until } from './serving.ts';

// The whole program is started twice; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000 });

/** Patience for a machine that is busy with other tests; milliseconds. */
const PATIENCE = { timeout: 120_000, interval: 100 };
const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000000';
const SERVERS = `${SUBSCRIPTION}/resourceGroups/local/providers/Microsoft.DBforPostgreSQL`;
/** What is decided about each: nothing, that it is off, that guesses are no alert, that it is not archived. */
const NAMES = ['watched', 'off', 'unguarded', 'unkept'] as const;
const start = Date.now() - 60_000;

let mailServer: SMTPServer;
let mails: string[];

beforeAll(async () => {
  mails = [];
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
afterAll(() => new Promise<void>((resolve) => mailServer.close(resolve)));

it('judges, keeps, tells and mails by what Azure’s API was told, also after it was killed', async () => {
  const { port } = mailServer.server.address() as AddressInfo;
  const email = { host: '127.0.0.1', port, security: 'none', from: 'vedette@example.com', to: ['team@example.com'] };
  const folder = servedFolder({
    resources: NAMES.map((id) => ({ id, kind: 'postgresql', logs: [{ path: `${id}.csv`, format: 'csvlog' }] })),
    notifications: { channels: { mail: { minimalSeverity: 'Low', email } } },
  });
  for (const name of NAMES) {
    writeFileSync(join(folder.path, `${name}.csv`), '');
  }
  const put = async (path: string, properties: object) =>
    expect(await folder.ask('PUT', path, { properties })).toMatchObject({ status: 200 });
  const first = folder.start();
  await until('it is at work', () => first.text().includes('watching 4 resources'));
  await put(`${SERVERS}/flexibleServers/off/advancedThreatProtectionSettings/Default?api-version=2025-08-01`, {
    state: 'Disabled',
  });
  await put(`${SERVERS}/servers/unguarded/securityAlertPolicies/Default?api-version=2017-12-01`, {
    state: 'Enabled',
    disabledAlerts: ['Brute_Force'],
  });
  await put(`${SERVERS}/servers/watched/securityAlertPolicies/Default?api-version=2017-12-01`, {
    state: 'Enabled',
    emailAddresses: ['dba@example.com'],
  });
  await put(
    `${SERVERS}/servers/unkept/providers/Microsoft.Insights/diagnosticSettings/x?api-version=2021-05-01-preview`,
    {
      logs: [{ category: 'PostgreSQLLogs', enabled: false }],
    },
  );
  await put(`${SUBSCRIPTION}/providers/Microsoft.Security/securityContacts/default?api-version=2023-12-01-preview`, {
    ...{ emails: 'soc@example.com', isEnabled: true, notificationsByRole: { state: 'Off', roles: [] } },
    notificationsSources: [{ sourceType: 'Alert', minimalSeverity: 'Low' }],
  });
  await first.end('SIGKILL');

  const second = folder.start();
  await until('it is at work again', () => second.text().includes('watching 4 resources'));
  for (const [n, name] of NAMES.entries()) {
    const guesses = Array.from({ length: 12 }, (_, i) => failure(start, i, `guess${i}`, `203.0.113.${n + 1}`));
    appendFileSync(join(folder.path, `${name}.csv`), guesses.join(''));
  }
  const alerted = () => folder.alerts().map(({ alert }) => alert.properties.compromisedEntity);
  await vi.waitFor(() => expect(alerted().toSorted()).toEqual(['unkept', 'watched']), PATIENCE);
  await vi.waitFor(async () => {
    const told = await Promise.all(mails.map((mail) => PostalMime.parse(mail)));
    const to = told.flatMap((mail) => mail.to?.map(({ address }) => address) ?? []);
    expect(new Set(to)).toEqual(new Set(['dba@example.com', 'soc@example.com', 'team@example.com']));
  }, PATIENCE);
  const kept = async (name: string) => {
    const resource = encodeURIComponent(`${SERVERS}/servers/${name}`);
    const { body } = await folder.ask('GET', `/api/v1/activities?resource=${resource}`);
    return (body as { items: object[] }).items.length;
  };
  await vi.waitFor(async () => expect(await kept('watched')).toBe(12), PATIENCE);
  await vi.waitFor(async () => expect(await kept('unguarded')).toBe(12), PATIENCE);

  expect([await kept('off'), await kept('unkept')]).toEqual([0, 0]);
});
