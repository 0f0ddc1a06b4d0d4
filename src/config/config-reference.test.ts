import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { configReference, settingsIn } from './config-reference.ts';
import { configSchema } from './config-schema.ts';

const page = readFileSync(new URL('../../docs/reference/config.md', import.meta.url), 'utf8');
const catalogue = {
  parsers: [{ id: 'csvlog', engines: ['postgresql'] }],
  detectors: [
    { id: 'brute-force', settings: z.object({ sensitivity: z.enum(['medium', 'high']).describe('How soon.') }) },
  ],
} as const;

it('describes every setting', () => {
  const settings = settingsIn(configSchema(catalogue));

  expect(settings.map(({ path }) => path)).toContain('resources[].detectors.brute-force.sensitivity');
  expect(settings.filter(({ path, description }) => description === '' && !path.endsWith('.brute-force'))).toEqual([]);
});

it('is what the page says', () => {
  expect(page.endsWith(configReference())).toBe(true);
});

it('has an example that is valid', () => {
  const [, example] = /```yaml\n(.*?)```/s.exec(page) ?? [];

  expect(configSchema(catalogue).safeParse(parse(example ?? '')).error).toBeUndefined();
});
