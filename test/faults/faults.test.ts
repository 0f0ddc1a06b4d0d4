import { expect, it, vi } from 'vitest';
import { runWithFaults } from './fault-run.ts';

// The program is started anew after each kill.
vi.setConfig({ testTimeout: 600_000 });

const KILLS = 20;

it('leaves the same alerts and the same memory, however often it is killed', async () => {
  const seed = Number(process.env.VEDETTE_SEED ?? Date.now() % 1_000_000) + 1;
  const undisturbed = await runWithFaults(seed, 0);
  const { kills, ...killed } = await runWithFaults(seed, KILLS);

  expect(undisturbed.alerts.length).toBeGreaterThan(3);
  expect({ seed, ...killed }).toEqual({ seed, alerts: undisturbed.alerts, state: undisturbed.state });
  expect(Object.values(kills).reduce((sum, count) => sum + count, 0)).toBe(KILLS);
});
