import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { failure } from './failure.ts';
import { servedFolder, until } from './serving.ts';

// The case starts the whole program twice; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000 });

const start = Date.now() - 60_000;
const guesses = (from: number) => Array.from({ length: 12 }, (_, i) => failure(start, from + i, `guess${i}`)).join('');

it('watches what people add at once and after a restart, until they remove it', async () => {
  const folder = servedFolder({
    resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path: 'orders.csv', format: 'csvlog' }] }],
    server: { http: { port: 0 }, logFolders: ['logs'] },
  });
  const log = (name: string) => join(folder.path, name);
  writeFileSync(log('orders.csv'), '');
  const first = folder.start();
  await until('it is at work', () => first.text().includes('watching 1 resources'));
  const add = (path: string) =>
    folder.ask('POST', '/api/v1/resources', { id: 'billing', kind: 'postgresql', logs: [{ path, format: 'csvlog' }] });
  const alerted = (name: string) =>
    folder.alerts().filter(({ alert }) => alert.properties.compromisedEntity === name).length;

  expect(await add('orders.csv')).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining('logFolders') },
  });
  expect(await add('logs/../orders.csv')).toMatchObject({ status: 400 });
  expect(await add('logs/*.csv')).toMatchObject({ status: 201, body: { name: 'billing', origin: 'added' } });
  mkdirSync(log('logs'));
  writeFileSync(log('logs/billing.csv'), guesses(0));
  await until('the added one has an alert', () => alerted('billing') === 1);

  await first.end('SIGKILL');
  const second = folder.start();
  await until('it is at work again', () => second.text().includes('watching 2 resources'));
  appendFileSync(log('logs/billing.csv'), failure(start, 20, 'later'));
  const countOf = () => folder.alerts()[0]?.alert.properties.extendedProperties['Event count'];
  await until('it goes on where it was', () => countOf() === '13');

  expect((await folder.ask('DELETE', '/api/v1/resources/orders')).status).toBe(409);
  expect((await folder.ask('DELETE', '/api/v1/resources/billing')).status).toBe(204);
  expect((await folder.ask('GET', '/api/v1/resources/billing')).status).toBe(404);
  await vi.waitFor(
    async () =>
      expect((await folder.ask('GET', '/api/v1/resources')).body).toMatchObject({ items: [{ name: 'orders' }] }),
    { timeout: 60_000 },
  );
  appendFileSync(log('orders.csv'), guesses(30));
  await until('the other one is watched on', () => alerted('orders') === 1);
  expect(await second.end('SIGTERM')).toBe(0);
});
