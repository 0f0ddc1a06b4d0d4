import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { failure } from './failure.ts';
import { servedFolder, until } from './serving.ts';

// The case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000 });

interface Run {
  id: string;
  state: string;
  trials: { before: number; after: number; gone: { alertType: string }[] }[];
}

it('tells what other settings would have raised over the history of a resource', async () => {
  const folder = servedFolder({
    resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path: 'live.csv', format: 'csvlog' }] }],
  });
  const start = Date.now() - 3_600_000;
  const guesses = Array.from({ length: 14 }, (_, i) => failure(start, i, 'postgres'));
  writeFileSync(join(folder.path, 'live.csv'), guesses.join(''));
  const serving = folder.start();
  await until('it is at work', () => serving.text().includes('watching 1 resources'));
  const settings = { 'brute-force': { enabled: false } };
  const refused = await folder.ask('POST', '/api/v1/resources/orders/tuning-runs', { settings });
  const started = await folder.ask('POST', '/api/v1/resources/orders/tuning-runs', { detector: 'brute-force' });
  const { id } = started.body as Run;
  let run = started.body as Run;
  await vi.waitFor(
    async () => {
      run = (await folder.ask('GET', `/api/v1/tuning-runs/${id}`)).body as Run;
      expect(run.state).toBe('done');
    },
    { timeout: 200_000, interval: 500 },
  );

  expect([refused.status, started.status]).toEqual([400, 202]);
  expect(run.trials.length).toBeGreaterThan(3);
  expect(run.trials.every(({ before }) => before === 1)).toBe(true);
  expect(run.trials[0]).toMatchObject({ after: 0, gone: [{ alertType: 'SQL.PostgreSQL_BruteForce' }] });
});
