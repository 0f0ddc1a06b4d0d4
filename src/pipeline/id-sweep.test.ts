import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { orders } from '../alerts/testkit.ts';
import { defineDetector } from '../detectors/detector.ts';
import { createEnrichment, type Enrichment, loadAddressData } from '../enrichers/enrichment.ts';
import { csvlog } from '../parsers/csvlog/csvlog.ts';
import { authorized, failure, received, statement } from '../sessions/testkit.ts';
import { replayResource } from './replay-resource.ts';
import { temporaryFiles } from './testkit.ts';

let enrichment: Enrichment;
beforeAll(async () => {
  enrichment = createEnrichment(await loadAddressData({ networks: [], geo: [], asn: [], cloudRanges: [] }));
});

/** More failed logins than names are kept without a look at who holds them, in one second. */
const crowd = Array.from({ length: 300_000 }, (_, n) =>
  failure({ second: 1, session: `6afbb86d.${(n + 16).toString(16)}`, user: `name${n}`, address: `2001:db8::${n}` }),
);

/** The principal of each activity in logs that are a source each. */
async function principalsIn(...logs: string[]): Promise<string[]> {
  const seen: string[] = [];
  let sweeps = 0;
  const witness = defineDetector({
    id: 'witness',
    title: 'Witness',
    attack: [],
    watches: 255,
    settings: z.object({}),
    createState: () => ({}),
    evaluate: ({ directory, principal }) => void seen.push(directory.principal(principal)),
    hold: () => void sweeps++,
  });
  const files = temporaryFiles(Object.fromEntries(logs.map((log, i) => [`${i}.csv`, log])));
  const plan = {
    resource: orders,
    sources: files.map((file) => ({ format: 'csvlog', files: [file] })),
    settings: { witness: {} },
  };
  const range = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  await replayResource(plan, range, { parsers: [csvlog], detectors: [witness] }, enrichment, () => {});
  expect(sweeps).toBeGreaterThan(0);
  return seen;
}

describe('ids that nobody holds', { timeout: 120_000 }, () => {
  it('are given to others without mistaking who is who', async () => {
    const seen = await principalsIn([received(), authorized(), ...crowd, statement({ second: 2 })].join(''));

    expect(seen).toEqual(['', 'alice', ...crowd.map((_, n) => `name${n}`), 'alice']);
  });

  it('are none of a session of another source', async () => {
    const quiet = [received(), authorized(), statement({ second: 2 })].join('');
    const seen = await principalsIn(quiet, crowd.join(''));

    expect(seen.at(-1)).toBe('alice');
    expect(seen).toHaveLength(crowd.length + 3);
  });
});
