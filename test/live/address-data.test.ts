import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { runVedette } from '../run-vedette.ts';
import { login } from './login.ts';
import { type ServedFolder, servedFolder, until } from './serving.ts';

// The case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000 });

/** The addresses that stored alerts about listed addresses name. */
function listed(folder: ServedFolder): (string | undefined)[] {
  const about = folder.alerts().filter(({ alert }) => /Tor|SuspiciousIp/.test(alert.properties.alertType));
  return about.map(({ alert }) => alert.properties.extendedProperties['Client IP address']).sort();
}

it('takes over lists that are fetched, replaced or come, and keeps the last good one', async () => {
  let exits = '192.0.2.1\n';
  const publisher = createServer((_, response) => response.end(exits)).listen(0, '127.0.0.1');
  onTestFinished(() => void publisher.close());
  const { port } = await new Promise<AddressInfo>((resolve) =>
    publisher.once('listening', () => resolve(publisher.address() as AddressInfo)),
  );
  const folder = servedFolder({
    resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path: 'live.csv', format: 'csvlog' }] }],
    enrichment: {
      reputation: ['botnet.json'],
      publishers: [{ kind: 'reputation', url: `http://127.0.0.1:${port}/tor-exits`, file: 'data/tor-exits.txt' }],
    },
  });
  const log = join(folder.path, 'live.csv');
  const put = (content: string) => {
    writeFileSync(join(folder.path, 'botnet.new'), content);
    renameSync(join(folder.path, 'botnet.new'), join(folder.path, 'botnet.json'));
  };
  const update = async () => expect((await runVedette(['data', 'update', '-c', folder.config])).code).toBe(0);
  const start = Date.now() - 120_000;
  const logIn = (second: number, address: string) =>
    appendFileSync(log, login(start + 1000 * second, `user${second}`, address));
  const renewals = () => serving.text().split('the new ones hold from now on').length - 1;
  mkdirSync(join(folder.path, 'data'), { recursive: true });
  writeFileSync(log, '');
  put(indicators('198.51.100.1'));
  const serving = folder.start();
  await until('it is at work', () => serving.text().includes('watching 1 resources'));
  logIn(1, '198.51.100.1');
  await until('what is listed at the start is told', () => listed(folder).length === 1);

  await update();
  await until('the first fetch is taken over', () => renewals() === 1);
  logIn(2, '192.0.2.1');
  await until('a fetched address is told', () => listed(folder).length === 2);
  exits = '192.0.2.9\n';
  await update();
  await until('the next fetch is taken over', () => renewals() === 2);
  logIn(3, '192.0.2.9');
  await until('it is told', () => listed(folder).length === 3);
  put('{ "torn');
  await until('what cannot be read is told', () => serving.text().includes('address data stay as they were'));
  put(indicators('198.51.100.7'));
  await until('the list of the operator is taken over', () => renewals() === 3);
  logIn(4, '198.51.100.7');
  await until('it is told', () => listed(folder).length === 4);

  expect(listed(folder)).toEqual(['192.0.2.1', '192.0.2.9', '198.51.100.1', '198.51.100.7']);
  expect(await folder.ask('GET', '/api/v1/data-files')).toMatchObject({
    body: { items: [{ name: 'botnet.json' }, { name: 'tor-exits.txt' }] },
  });
  expect(await serving.end('SIGTERM')).toBe(0);
});

/** A bundle of STIX that calls an address malicious. */
function indicators(address: string): string {
  return JSON.stringify({
    type: 'bundle',
    id: 'bundle--0f8d4e0e-2e63-4f34-9f0a-4f6b8a5e9a01',
    objects: [
      {
        type: 'indicator',
        spec_version: '2.1',
        id: 'indicator--0f8d4e0e-2e63-4f34-9f0a-4f6b8a5e9a02',
        created: '2026-11-01T00:00:00.000Z',
        modified: '2026-11-01T00:00:00.000Z',
        valid_from: '2026-11-01T00:00:00Z',
        name: 'botnet',
        indicator_types: ['malicious-activity'],
        pattern_type: 'stix',
        pattern: `[ipv4-addr:value = '${address}']`,
      },
    ],
  });
}
