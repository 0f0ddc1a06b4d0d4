import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROOT } from '../run-vedette.ts';
import { COLLECTION, indicator, startTaxiiServer, type TaxiiServer } from '../servers/taxii.ts';
import { servedFolder, until } from './serving.ts';

let server: TaxiiServer;

beforeEach(async () => {
  server = await startTaxiiServer();
});
afterEach(() => server.close());

it('fetches a collection of a TAXII server by itself, and goes on with what it has when that fails', async () => {
  server.authorization = 'Bearer secret-token';
  server.objects = [indicator(1, '203.0.113.77')];
  const publisher = {
    ...{ kind: 'reputation', url: server.url, collection: COLLECTION.title, file: 'data/threats.json' },
    ...{ every: '5m', token: '${env:FEED_TOKEN}' },
  };
  const logs = [{ path: join(ROOT, 'examples/quickstart/logs/postgresql-2026-11-05.csv.gz'), format: 'csvlog' }];
  const folder = servedFolder({
    resources: [{ id: 'orders', kind: 'postgresql', logs }],
    enrichment: { publishers: [publisher] },
  });
  const file = join(folder.path, 'data/threats.json');
  const first = folder.start({ FEED_TOKEN: 'secret-token' });
  await until('the list was fetched', () => first.text().includes('threats.json: fetched'));
  expect(readFileSync(file, 'utf8')).toContain('203.0.113.77');
  await first.end('SIGTERM');

  server.authorization = 'Bearer another';
  const second = folder.start({ FEED_TOKEN: 'secret-token' });
  await until('the failure was told', () => second.text().includes('threats.json stays as it was'));
  expect(second.text()).toContain('answers 401');
  expect(second.text() + first.text()).not.toContain('secret-token');
  expect(existsSync(file)).toBe(true);
  await second.end('SIGKILL');
});
