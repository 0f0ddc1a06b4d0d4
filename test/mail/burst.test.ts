import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { expect, it, onTestFinished, vi } from 'vitest';
import { SEVERITIES, type Severity } from '../../src/model/severity.ts';
import { NOTIFIERS } from '../../src/notifiers/index.ts';
import { openTelling } from '../../src/serve/telling.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aResource, aWrite, START } from '../../src/store/testkit.ts';
import { startServer } from './smtp.ts';

const ALERTS = 1000;
const HOUR_MS = 3_600_000;
const PATIENCE = { timeout: 240_000, interval: 100 };
const CHANNEL = { minimalSeverity: 'Informational' as const, only: [], except: [] };

it('tells a thousand alerts at once, in a few mails for each recipient, and loses none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-burst-'));
  const store = await openStore(`sqlite:${folder}/burst.db`);
  const { port, taken } = await startServer();
  let now = START;
  const from = 'Vedette <vedette@example.com>';
  const mail = { host: '127.0.0.1', port, security: 'none', from, to: ['desk@example.com'], digestAt: '08:00' };
  const telling = openTelling(
    {
      channels: [
        { name: 'desk', notifier: 'email', ...CHANNEL, settings: { ...mail, timeZone: 'UTC' } },
        { name: 'file', notifier: 'json-lines', ...CHANNEL, settings: { path: join(folder, 'alerts.jsonl') } },
      ],
      maintenance: [],
    },
    {
      ...{ store, notifiers: NOTIFIERS, version: '0', clock: () => now, note: () => {} },
      declared: () => ({ recipients: ['dba@example.com'] }),
    },
  );
  await store.resources.put({ resource: aResource('orders'), origin: 'configured', time: START });
  const severityOf = (n: number): Severity => SEVERITIES[n % SEVERITIES.length]!;
  const writes = Array.from({ length: ALERTS }, (_, n) =>
    aWrite(n, { detectedTime: now }, { severity: severityOf(n) }),
  );
  await store.alerts.upsertOwn(writes, (await Promise.all(writes.map(telling.routing))).flat());
  const delivery = telling.start('https://vedette.example.com', 'test');
  onTestFinished(async () => {
    await delivery.stop();
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const count = async (channel: string, state: string) =>
    (await store.outbox.depths()).find((it) => it.channel === channel && it.state === state)?.count ?? 0;
  const mailsTo = (to: string) => taken.filter((it) => it.to.includes(to));

  await vi.waitFor(async () => expect(await count('file', 'sent')).toBe(ALERTS), PATIENCE);
  await vi.waitFor(async () => expect(await count('desk', 'sent')).toBe(ALERTS / 4), PATIENCE);
  await vi.waitFor(async () => expect(await count('mailto:dba@example.com', 'sent')).toBe(ALERTS / 4), PATIENCE);
  expect(mailsTo('desk@example.com')).toHaveLength(6); // High: five, and one for all others
  for (let hours = 0; hours < 26; hours++) {
    now += HOUR_MS;
    await vi.waitFor(async () => {
      const waiting = (await store.outbox.depths()).filter(
        ({ state, oldestDueTime }) => state === 'waiting' && oldestDueTime <= now,
      );
      expect(waiting).toEqual([]);
    }, PATIENCE);
  }

  // persons are told from Low on
  for (const [channel, alerts] of [
    ['desk', ALERTS],
    ['mailto:dba@example.com', (ALERTS / 4) * 3],
  ] as const) {
    const mails = mailsTo(channel === 'desk' ? 'desk@example.com' : 'dba@example.com');
    const subjects = await Promise.all(mails.map(async (it) => (await PostalMime.parse(it.mail)).subject ?? ''));
    const told = subjects.map((subject) => Number(/(\d+) alerts/.exec(subject)?.[1] ?? 1));

    expect(await count(channel, 'sent')).toBe(alerts);
    expect(told.reduce((sum, of) => sum + of, 0)).toBe(alerts);
    expect(mails.length).toBeLessThanOrEqual(10);
  }
});
