import { describe, expect, it, vi } from 'vitest';
import { random } from '../random.ts';
import { judgeInThread, type Part, type PartOutcome } from './judge-live.ts';
import { CASES, planOf, reason } from './log-cases.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Times that each judgement is saved, and gone on with in another thread. */
const CUTS = 3;

describe('what was saved at any record and gone on with in another process', () => {
  const names = Object.keys(CASES);
  const plans = Object.values(CASES).map(planOf);
  const seed = Number(process.env.VEDETTE_SEED ?? Date.now() % 1_000_000);

  it(`tells the same alerts and counts as what was never interrupted (seed ${seed})`, async () => {
    const undisturbed = await judgeInThread(plans.map((plan) => ({ plan, records: Number.POSITIVE_INFINITY })));
    const next = random(seed + 1);
    const told = names.map(() => new Map<string, string>());
    let last: PartOutcome[] = [];
    for (let cut = 0; cut <= CUTS; cut++) {
      const parts = plans.map((plan, i): Part => {
        const total = undisturbed[i]!.counts.records;
        const records = cut === CUTS ? Number.POSITIVE_INFINITY : Math.ceil((next() * 2 * total) / (CUTS + 1));
        return { plan, records, ...(cut > 0 && { saved: last[i]!.state }) };
      });
      last = await judgeInThread(parts);
      for (const [i, { alerts }] of last.entries()) {
        for (const [name, alert] of alerts) {
          told[i]!.set(name, alert);
        }
      }
    }
    for (const [i, name] of names.entries()) {
      expect([name, told[i]]).toEqual([name, undisturbed[i]!.alerts]);
      expect([name, last[i]!.counts]).toEqual([name, undisturbed[i]!.counts]);
    }
    expect(told.filter((alerts) => alerts.size > 0).length).toBeGreaterThan(reason === undefined ? 6 : 1);
  });
});
