import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { habit, login } from './login.ts';
import { servedFolder, until } from './serving.ts';

// The case starts the whole program twice; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000 });

const RENEWED = 'other named networks from now on';
const now = Date.now() - 120_000;

it('goes by a network that people name at once, keeps what was usual there, and remembers it', async () => {
  const lab = { name: 'Lab', cidr: ['192.0.2.0/24'] };
  const folder = servedFolder({
    resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path: 'live.csv', format: 'csvlog' }] }],
    networks: [lab],
  });
  const log = join(folder.path, 'live.csv');
  const usual = async () => {
    const { body } = await folder.ask('GET', '/api/v1/resources/orders/baseline?principal=alice');
    return (body as { items: { kind: string; value: string }[] }).items
      .filter(({ kind }) => kind === 'place')
      .map(({ value }) => value)
      .sort();
  };
  const untilUsual = (places: string[]) =>
    vi.waitFor(async () => expect(await usual()).toEqual(places), { timeout: 60_000, interval: 100 });
  const alerted = () =>
    folder
      .alerts()
      .filter(({ alert }) => alert.properties.alertType === 'SQL.PostgreSQL_GeoAnomaly')
      .map(({ alert }) => alert.properties.extendedProperties['Client IP address']);
  writeFileSync(log, habit(now, 'alice', '10.1.1.5'));
  const first = folder.start();
  await until('it is at work', () => first.text().includes('watching 1 resources'));
  await untilUsual(['10.1.1.0/24']);

  expect(await folder.ask('PUT', '/api/v1/networks/Berlin%20office', { cidr: ['10.1.0.0/16'] })).toMatchObject({
    status: 200,
    body: { name: 'Berlin office', origin: 'override', trusted: false },
  });
  await until('it holds', () => first.text().includes(RENEWED));
  appendFileSync(log, login(now, 'alice', '10.1.1.5') + login(now + 1000, 'alice', '10.1.77.1'));
  appendFileSync(log, login(now + 2000, 'alice', '10.9.9.9'));
  await until('the only stranger is told', () => alerted().length > 0);
  expect(alerted()).toEqual(['10.9.9.9']);
  await untilUsual(['10.1.1.0/24', 'Berlin office']);

  await first.end('SIGKILL');
  const second = folder.start();
  await until('it is at work again', () => second.text().includes('watching 1 resources'));
  await untilUsual(['10.1.1.0/24', 'Berlin office']);
  expect(await folder.ask('GET', '/api/v1/networks')).toMatchObject({
    body: {
      items: [
        { name: 'Berlin office', cidr: ['10.1.0.0/16'], origin: 'override' },
        { ...lab, origin: 'file' },
      ],
    },
  });
  expect((await folder.ask('DELETE', '/api/v1/networks/Berlin%20office')).status).toBe(204);
  await until('it holds no more', () => second.text().includes(RENEWED));
  appendFileSync(log, login(now + 3000, 'alice', '10.1.77.1') + login(now + 4000, 'alice', '10.8.8.8'));
  await until('the next stranger is told', () => alerted().length > 1);
  expect(alerted()).toEqual(['10.9.9.9', '10.8.8.8']); // where she came from as of the office is usual
});
