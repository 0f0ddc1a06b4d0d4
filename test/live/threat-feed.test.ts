import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { appendListedLogins, LISTED_ADDRESS } from '../../bench/notifications/listed-logins.ts';
import { COLLECTION, indicator, startTaxiiServer, type TaxiiServer } from '../servers/taxii.ts';
import { servedFolder, until } from './serving.ts';

const TOKEN = 'secret-token';
let server: TaxiiServer;

beforeEach(async () => {
  server = await startTaxiiServer();
});
afterEach(() => server.close());

it('fetches a collection of a TAXII server by itself, judges by it, and by what it has when that fails', async () => {
  server.authorization = `Bearer ${TOKEN}`;
  server.objects = [indicator(1, LISTED_ADDRESS)];
  const publisher = {
    ...{ kind: 'reputation', url: server.url, collection: COLLECTION.title, file: 'data/threats.json' },
    ...{ every: '5m', token: '${env:FEED_TOKEN}' },
  };
  const folder = servedFolder({
    resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path: 'orders.csv', format: 'csvlog' }] }],
    enrichment: { publishers: [publisher] },
  });
  const log = join(folder.path, 'orders.csv');
  const told = () => folder.alerts().filter(({ alert }) => alert.properties.alertType.includes('SuspiciousIp'));
  writeFileSync(log, '');

  const first = folder.start({ FEED_TOKEN: TOKEN });
  await until('the list was taken over', () => first.text().includes('address data were replaced'));
  expect(first.text()).toContain('threats.json: fetched');
  expect(readFileSync(join(folder.path, 'data/threats.json'), 'utf8')).toContain(LISTED_ADDRESS);
  appendListedLogins(log, Date.now(), [1]);
  await until('the login is told of', () => told().length === 1);
  expect(told()[0]?.alert.properties.description).toContain(LISTED_ADDRESS);
  await first.end('SIGTERM');

  server.authorization = 'Bearer another';
  const second = folder.start({ FEED_TOKEN: TOKEN });
  await until('the failure is told', () => second.text().includes('threats.json stays as it was'));
  expect(second.text()).toContain('answers 401');
  appendListedLogins(log, Date.now(), [2]);
  await until('the next login is told of', () => told().length === 2);
  expect(second.text() + first.text()).not.toContain(TOKEN);
});
