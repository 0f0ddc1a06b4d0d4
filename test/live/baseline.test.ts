import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { ROOT } from '../run-vedette.ts';
import { servedFolder, until } from './serving.ts';

// The case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000 });

interface Baseline {
  items: { kind: string; principal: string; value: string; uses: number; firstTime: string; lastTime: string }[];
  detectors: { id: string; learns: boolean; known: number; learning: { judgedTime: string }[] }[];
}

it('tells what is usual on a resource, as it is judged at this moment', async () => {
  const logs = [{ path: join(ROOT, 'examples/quickstart/logs/postgresql-*.csv*'), format: 'csvlog' }];
  const folder = servedFolder({ resources: [{ id: 'orders', kind: 'postgresql', logs }] });
  const serving = folder.start();
  await until('it is at work', () => serving.text().includes('watching 1 resources'));
  await until('alerts are stored', () => folder.alerts().length > 3);
  const { status, body } = await folder.ask('GET', '/api/v1/resources/orders/baseline');
  const { items, detectors } = body as Baseline;
  const progressOf = (id: string) => detectors.find((one) => one.id === id);
  const [first] = items;
  const own = await folder.ask('GET', `/api/v1/resources/orders/baseline?principal=${first!.principal}`);

  expect(status).toBe(200);
  expect(new Set(items.map(({ kind }) => kind))).toEqual(
    new Set(['place', 'application', 'principal', 'hours', 'volume']),
  );
  expect(items.every(({ uses, firstTime, lastTime }) => uses > 0 && firstTime <= lastTime)).toBe(true);
  expect(progressOf('unusual-location')).toMatchObject({ learns: true, known: expect.any(Number) });
  expect(progressOf('unusual-location')!.known).toBeGreaterThan(3);
  expect(progressOf('brute-force')).toMatchObject({ learns: false, known: 0, learning: [] });
  expect((own.body as Baseline).items.length).toBeLessThanOrEqual(items.length);
  expect(new Set((own.body as Baseline).items.map(({ principal }) => principal))).toEqual(new Set([first!.principal]));
});
