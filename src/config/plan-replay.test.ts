import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createEnrichment } from '../enrichers/enrichment.ts';
import { loadConfig } from './load-config.ts';
import { planReplay } from './plan-replay.ts';

const catalogue = {
  parsers: [{ id: 'csvlog', engines: ['postgresql'] }],
  detectors: [{ id: 'brute-force', settings: z.object({ minimumFailures: z.number().default(10) }) }],
} as const;
const file = join(import.meta.dirname, 'testdata/valid/office.yaml');

it('plans the resources with the span and the workers asked for', async () => {
  const plan = await planReplay(await loadConfig(file, catalogue), { from: 1, workers: 2 });

  expect(plan).toMatchObject({
    from: 1,
    workers: 2,
    resources: [{ settings: { 'brute-force': { minimumFailures: 10 } } }],
  });
  expect(plan).not.toHaveProperty('to');
});

it('loads what the configuration knows of addresses', async () => {
  const { addressData } = await planReplay(await loadConfig(file, catalogue), { workers: 1 });
  const { namedNetwork, location } = createEnrichment(addressData).factsOf('198.51.100.7');

  expect(namedNetwork).toEqual({ name: 'Berlin office', trusted: true });
  expect(location).toMatchObject({ countryCode: 'DE', city: 'Berlin' });
});
