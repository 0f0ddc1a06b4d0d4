import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, vi } from 'vitest';
import { failure } from './failure.ts';
import { servedFolder, until } from './serving.ts';

// Each case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000 });

const SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';
const TYPE = 'SQL.PostgreSQL_BruteForce';
const start = Date.now() - 60_000;

/** Guesses of a dozen names from one address, which begin so many seconds after the start. */
function guesses(address: string, from: number): string {
  return Array.from({ length: 12 }, (_, i) => failure(start, from + i, `guess${i}`, address)).join('');
}

it('stores a suppressed alert dismissed and tells nobody, as long as the rule holds and after a restart', async () => {
  const folder = servedFolder({
    resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path: 'live.csv', format: 'csvlog' }] }],
    notifications: { channels: { ops: { webhook: { url: 'http://127.0.0.1:9/', secret: `\${env:HOOK_SECRET}` } } } },
  });
  const log = join(folder.path, 'live.csv');
  writeFileSync(log, '');
  const environment = { HOOK_SECRET: `whsec_${Buffer.alloc(24, 1).toString('base64')}` };
  const first = folder.start(environment);
  await until('it is at work', () => first.text().includes('watching 1 resources'));
  const rule = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Security/alertsSuppressionRules/scanner?api-version=2019-01-01-preview`;
  const conditions = { allOf: [{ field: 'entities.ip.address', in: ['203.0.113.77'] }] };
  const properties = { alertType: TYPE, reason: 'Other', state: 'Enabled', suppressionAlertsScope: conditions };
  expect(await folder.ask('PUT', rule, { properties })).toMatchObject({ status: 200 });
  appendFileSync(log, guesses('203.0.113.77', 0));
  await until('the alert is stored', () => folder.alerts().length === 1);
  await first.end('SIGKILL');
  const second = folder.start(environment);
  await until('it is at work again', () => second.text().includes('watching 1 resources'));
  appendFileSync(log, guesses('203.0.113.78', 20));
  await until('the other one is stored', () => folder.alerts().length === 2);

  expect(rowsOf(folder.path)).toEqual([
    { status: 'Dismissed', suppressed_by: 'scanner', waiting: 0 },
    { status: 'Active', suppressed_by: null, waiting: 1 },
  ]);
});

it('raises nothing that people expect, from the next record on', async () => {
  const folder = servedFolder({
    resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path: 'live.csv', format: 'csvlog' }] }],
  });
  const log = join(folder.path, 'live.csv');
  writeFileSync(log, '');
  const serving = folder.start();
  await until('it is at work', () => serving.text().includes('watching 1 resources'));
  const rule = { network: '203.0.113.77/32', reason: 'penetration test', until: new Date(start + 864e5).toISOString() };
  expect(await folder.ask('POST', '/api/v1/expected-rules', rule)).toMatchObject({ status: 201 });
  await until('it holds', () => serving.text().includes('is judged as decided now'));
  appendFileSync(log, guesses('203.0.113.77', 0) + guesses('203.0.113.78', 20));
  await until('the alert is stored', () => folder.alerts().length > 0);

  expect(folder.alerts().map(({ alert }) => alert.properties.extendedProperties['Client IP address'])).toEqual([
    '203.0.113.78',
  ]);
});

function rowsOf(folder: string) {
  const db = new DatabaseSync(join(folder, 'data/vedette.db'), { readOnly: true });
  const rows = db
    .prepare(
      `select status, suppressed_by, (select count(*) from outbox where alert_name = alert.name and state = 'waiting') waiting
       from alert order by start_time`,
    )
    .all();
  db.close();
  return rows.map((row) => ({ ...row }));
}
