import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { parseAlerts, replayJson, runVedette } from '../run-vedette.ts';
import { freePort } from '../servers/free-port.ts';
import { servedFolder, until } from './serving.ts';
import { guesses, serverId } from './stream-records.ts';

// Each case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000 });

/** A fault that is not reached within this time is never reached. */
const PATIENCE_MS = 5000;
const TOKEN = 'invented-ingest-token';
const ORDERS = { id: serverId('orders'), kind: 'postgresql' };

it('judges what a folder of exports names as a replay does; what nobody accepted is off', async () => {
  const folder = servedFolder({ resources: [ORDERS], streams: [{ path: 'exports' }] });
  const start = Date.now() - 3_600_000;
  mkdirSync(join(folder.path, 'exports'));
  const log = join(folder.path, 'exports', 'all.json');
  writeFileSync(log, guesses('orders', start, '203.0.113.7') + guesses('carts', start + 60_000, '203.0.113.8'));
  const [wanted] = parseAlerts(await replayJson(folder.config));
  const serving = folder.start();
  const isTold = () => JSON.stringify(folder.alerts().map(({ alert }) => alert)) === JSON.stringify([wanted]);
  await until('the alert is stored as the replay has it', isTold);
  await until('the other one is known', () => serving.text().includes('CARTS was found in a stream'));

  expect((await runVedette(['enable', 'carts', '--socket', join(folder.path, 'data/vedette.sock')])).code).toBe(0);
  await until('it holds', () => serving.text().includes('CARTS is judged from now on'));
  appendFileSync(log, guesses('carts', start + 120_000, '203.0.113.9'));
  await until('the accepted one has an alert', () => folder.alerts().length === 2);
  expect(folder.alerts()[1]!.alert.properties.description).toContain('203.0.113.9');

  writeFileSync(join(folder.path, 'exports', 'late.json'), guesses('orders', start + 180_000, '203.0.113.10'));
  await until('a file that came later is read', () => folder.alerts().length === 3);
  expect(await serving.end('SIGTERM')).toBe(0);
});

it('loses and doubles nothing of a stream when it is killed', async () => {
  const folder = servedFolder({
    resources: [ORDERS, { id: serverId('carts'), kind: 'postgresql' }],
    streams: [{ path: 'all.json', format: 'azure' }],
  });
  const log = join(folder.path, 'all.json');
  const start = Date.now() - 3_600_000;
  const bursts = Array.from({ length: 8 }, (_, i) => {
    const time = start + 60_000 * i;
    return guesses('orders', time, `203.0.113.${i}`) + guesses('carts', time + 20_000, `203.0.113.${100 + i}`);
  });
  const faults = ['checkpoint:2', 'checkpointed:2', 'upsert:1', 'upserted:1', 'judge:2', 'checkpoint:1', 'read:1'];
  for (const [i, burst] of bursts.entries()) {
    appendFileSync(log, burst.slice(0, burst.length / 2));
    const serving = folder.start({ VEDETTE_SAVE_MS: '100', VEDETTE_FAULT: faults[i] ?? '' });
    appendFileSync(log, burst.slice(burst.length / 2));
    if (i < faults.length) {
      await Promise.race([serving.ended, pause(PATIENCE_MS)]); // at the fault, if it comes there
      await serving.end('SIGKILL');
    }
  }
  const wanted = parseAlerts(await replayJson(folder.config));
  const stored = () => folder.alerts().map(({ alert }) => JSON.stringify(alert));
  await until('all alerts are stored', () => stored().join() === wanted.map((alert) => JSON.stringify(alert)).join());
  expect(wanted.length).toBeGreaterThanOrEqual(14); // the last bursts belong to what was told of many addresses
});

it('takes pushes to a stream', async () => {
  const port = await freePort();
  const folder = servedFolder({
    resources: [ORDERS],
    streams: [{ name: 'fleet', push: { token: `\${env:INGEST_TOKEN}` } }],
    server: { directory: 'data', http: { port } },
  });
  const serving = folder.start({ INGEST_TOKEN: TOKEN });
  await until('it can be pushed to', () => serving.text().includes('watching'));
  const push = (name: string) =>
    fetch(`http://127.0.0.1:${port}/api/v1/ingest/${name}`, {
      method: 'POST',
      body: guesses('orders', Date.now() - 60_000, '203.0.113.7'),
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/x-ndjson' },
    });

  expect((await push('elsewhere')).status).toBe(401);
  expect((await push('Fleet')).status).toBe(200);
  await until('the alert is stored', () => folder.alerts().length === 1);
});
