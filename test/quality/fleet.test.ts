import { createHash } from 'node:crypto';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CARRIERS } from '../../bench/quality/fleet/carriers.ts';
import { KINDS, type Truth } from '../../bench/quality/fleet/label.ts';
import { type FleetPlan, writeFleet } from '../../bench/quality/fleet/write-fleet.ts';
import { replayFleet, toldAlerts } from '../../bench/quality/replay-fleet.ts';
import { runRivals } from '../../bench/quality/rivals/run-rivals.ts';
import { type Figures, figuresOf } from '../../bench/quality/scoring/figures.ts';
import { judge } from '../../bench/quality/scoring/judge.ts';
import { createEnrichment, loadAddressData } from '../../src/enrichers/enrichment.ts';
import { whyNot } from '../why-not.ts';

// A small fleet is written and judged; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** Neither a seed that is tuned with nor the published one. */
const PLAN: FleetPlan = { seed: 77, servers: 8, accounts: 4, days: 42 };

const addressData = await loadAddressData({ networks: [], geo: [], asn: [], cloudRanges: [], reputation: [] });
const { factsOf, empty } = createEnrichment(addressData);
const reason = whyNot(
  empty.has('geolocation') || empty.has('autonomous-system')
    ? 'the optional packages with address data are not installed; places of the simulated fleet are not known'
    : undefined,
);

let folder: string;
let truth: Truth;
let figures: Figures;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-fleet-'));
  truth = writeFleet(PLAN, join(folder, 'fleet'));
  if (reason === undefined) {
    figures = figuresOf(truth, judge(truth, toldAlerts(replayFleet(join(folder, 'fleet')))));
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is the same for the same seed, byte for byte', () => {
  const small = { ...PLAN, servers: 1, accounts: 1, days: 30 };
  const [first, second] = ['a', 'b'].map((name) => {
    writeFleet(small, join(folder, name));
    return hashOf(join(folder, name));
  });

  expect(first).toBe(second);
});

it('holds attacks of many kinds, a third of them hard, on a part of its resources', () => {
  const kinds = new Set(truth.attacks.flatMap(({ expects }) => expects));
  const hard = truth.attacks.filter(({ difficulty }) => difficulty === 'hard').length;
  const attacked = new Set(truth.attacks.map(({ resource }) => resource)).size;

  expect(kinds.size).toBeGreaterThan(KINDS.length - 3);
  expect(hard / truth.attacks.length).toBeGreaterThan(1 / 3);
  expect(attacked).toBeLessThan(truth.resources.length);
});

it.skipIf(reason)('has addresses of the carriers that it names', () => {
  const wrong = CARRIERS.flatMap(({ country, asn, prefixes }) =>
    prefixes.filter((prefix) => {
      const { location, autonomousSystem } = factsOf(prefix.replace(/\.0$/, '.9'));
      return location?.countryCode !== country || autonomousSystem?.number !== asn;
    }),
  );

  // Address space is sold and moved: what a later edition of the data tells otherwise is no reason to fail.
  expect(wrong.length).toBeLessThan(CARRIERS.length / 4);
});

it.skipIf(reason)('is told of attacks, and of little else', () => {
  expect(figures.all.recall).toBeGreaterThan(0.7);
  expect(figures.weightedF1).toBeGreaterThan(0.65);
  expect(figures.monthlyLow).toBeLessThan(1);
  expect(figures.monthlyMedium).toBeLessThan(0.1);
});

it.skipIf(reason)('is not so easy that rules of thumb would do', async () => {
  for (const alerts of (await runRivals(truth, join(folder, 'fleet'))).values()) {
    expect(figuresOf(truth, judge(truth, alerts)).weightedF1).toBeLessThan(0.6);
  }
});

function hashOf(path: string): string {
  const hash = createHash('sha256');
  for (const name of globSync('**/*.*', { cwd: path }).sort()) {
    hash.update(name).update(readFileSync(join(path, name)));
  }
  return hash.digest('hex');
}
