import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { Resource } from '../../src/model/resource.ts';
import { parseResourceId } from '../../src/model/resource-id.ts';
import { parseAlerts, ROOT, replayJson } from '../run-vedette.ts';
import { failure } from './failure.ts';
import type { ServedFolder } from './served-folder.ts';
import { servedFolder, until } from './serving.ts';

// Each case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000 });

const QUICKSTART = join(ROOT, 'examples/quickstart');
const resources = [
  { id: 'orders', kind: 'postgresql', logs: [{ path: join(QUICKSTART, 'logs/postgresql-*.csv*'), format: 'csvlog' }] },
  {
    id: 'shop-catalog',
    kind: 'cosmosdb',
    logs: [{ path: join(QUICKSTART, 'logs/shop-catalog-*'), format: 'azure' }],
  },
];

it('learns existing logs and stores the alerts that a replay tells, marked historical', async () => {
  const folder = servedFolder({ resources });
  const wanted = parseAlerts(await replayJson(folder.config));
  const serving = folder.start();
  const isDone = () => {
    const counts = new Map(folder.alerts().map(({ alert }) => [alert.name, JSON.stringify(alert)]));
    return wanted.every((alert) => counts.get(alert.name) === JSON.stringify(alert));
  };
  await until('all alerts are stored', isDone);

  expect(folder.alerts().map(({ alert }) => alert)).toEqual(wanted);
  expect(folder.alerts().every(({ isHistorical }) => isHistorical)).toBe(true);
  expect(await serving.end('SIGTERM')).toBe(0);
});

it('stores an alert, counts on after a restart, and doubles nothing', async () => {
  const folder = servedFolder({
    resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path: 'live.csv', format: 'csvlog' }] }],
  });
  const log = join(folder.path, 'live.csv');
  const start = Date.now() - 60_000;
  writeFileSync(log, '');
  const first = folder.start();
  await until('it is at work', () => first.text().includes('watching 1 resources'));
  appendFileSync(log, Array.from({ length: 12 }, (_, i) => failure(start, i, `guess${i}`)).join(''));
  await until('the alert is stored', () => folder.alerts().length === 1);
  expect(await first.end('SIGKILL')).toBe(null);
  appendFileSync(log, failure(start, 13, 'late'));
  const second = folder.start();
  await until('it counts on', () => folder.alerts()[0]?.alert.properties.extendedProperties['Event count'] === '13');

  expect(folder.alerts()).toHaveLength(1);
  expect(folder.alerts()[0]).toMatchObject({ version: 13, isHistorical: false });
  expect(await second.end('SIGTERM')).toBe(0);
});

it('refuses a bad configuration at SIGHUP and keeps the old one', async () => {
  const folder = servedFolder({ resources });
  const serving = folder.start();
  await until('it is at work', () => serving.text().includes('watching 2 resources'));
  writeFileSync(folder.config, JSON.stringify({ resources, stores: {} }));
  serving.process.kill('SIGHUP');
  await until('it is refused', () => serving.text().includes('the configuration is kept as it was'));

  expect(serving.text()).toContain('is not a setting');
  expect(await serving.end('SIGTERM')).toBe(0);
});

it('reads the configuration again when it is told so while it starts', async () => {
  const folder = servedFolder({ resources });
  const serving = folder.start();
  await until('it has begun', () => existsSync(join(folder.path, 'data/vedette.db')));
  serving.process.kill('SIGHUP');
  await until('it has been read again', () => serving.text().includes('the configuration was read again'));

  expect(serving.text().indexOf('watching')).toBeLessThan(serving.text().indexOf('read again'));
  expect(await serving.end('SIGTERM')).toBe(0);
});

it('passes over what comes while protection is off, and judges again when it is on', async () => {
  const folder = servedFolder({
    resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path: 'live.csv', format: 'csvlog' }] }],
  });
  const log = join(folder.path, 'live.csv');
  const start = Date.now() - 60_000;
  const guesses = (from: number) =>
    Array.from({ length: 12 }, (_, i) => failure(start, from + i, `guess${i}`)).join('');
  writeFileSync(log, '');
  const serving = folder.start();
  await until('it is at work', () => serving.text().includes('watching 1 resources'));
  await protect(folder, false);
  await until('it holds', () => serving.text().includes('protection off'));
  appendFileSync(log, guesses(0));
  await until('they are passed over', async () => (await newestEvent(folder)) > start / 1000 + 10);
  await protect(folder, true);
  await until('it holds', () => serving.text().includes('protection on'));
  appendFileSync(log, guesses(20).replaceAll('203.0.113.77', '203.0.113.78'));
  await until('the alert is stored', () => folder.alerts().length === 1);

  expect(folder.alerts()[0]!.alert.properties.description).toContain('203.0.113.78');
});

/** Changes the setting as Azure's clients do, over the server's own socket. */
async function protect(folder: ServedFolder, isEnabled: boolean): Promise<void> {
  const { id } = parseResourceId('orders', 'postgresql') as Resource;
  const path = `${id}/providers/Microsoft.Security/advancedThreatProtectionSettings/current?api-version=2019-01-01`;
  const answer = await folder.ask('PUT', path, { properties: { isEnabled } });
  expect(answer.status).toBe(200);
}

/** Event time of the newest record that was read, epoch seconds; 0: none was. */
async function newestEvent(folder: ServedFolder): Promise<number> {
  const metrics = await folder.askText('/metrics');
  return Number(/^vedette_last_event_timestamp_seconds\{.*\} (.*)$/m.exec(metrics)?.[1] ?? 0);
}
