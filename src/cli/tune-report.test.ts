import { expect, it } from 'vitest';
import { z } from 'zod';
import { changesOf } from '../tuning/alert-changes.ts';
import { settingVariants } from '../tuning/setting-variants.ts';
import { FILE_LOOK } from './look.ts';
import { anAlert } from './testkit.ts';
import { tuneReport } from './tune-report.ts';

it('tries each other word, and half and twice each number, as far as it is valid', () => {
  const schema = z.object({
    sensitivity: z.enum(['low', 'medium', 'high']).default('medium'),
    count: z.number().int().min(3).default(5),
    ratio: z.number().max(1).default(0.8),
    isStrict: z.boolean().default(false),
    word: z.string().default('x'),
  });
  const tried = settingVariants(schema, schema.parse({})).map(({ setting, tried: value }) => [setting, value]);

  expect(tried).toEqual([
    ['sensitivity', 'low'],
    ['sensitivity', 'high'],
    ['count', 3],
    ['count', 10],
    ['ratio', 0.4],
    ['isStrict', true],
  ]);
});

it('prints what would change most first, a few alerts of each, and what would change nothing', () => {
  const now = Array.from({ length: 5 }, (_, n) => anAlert({ name: `${n}`, compromisedEntity: `${n}` }));
  const trial = (tried: string, after: typeof now) => ({
    detector: 'brute-force',
    variant: { setting: 'sensitivity', now: 'medium', tried },
    changes: changesOf(now, after),
  });
  const trials = [
    trial('high', [...now, anAlert({ name: 'x', resource: 'new' })]),
    trial('low', []),
    trial('same', now),
  ];
  const text = tuneReport('orders', now, trials, FILE_LOOK, false);

  expect(text).toContain('orders now: 5 alerts: 5 High. Alerts above Informational: 5.');
  expect(text.indexOf('medium → low: 5 → 0 alerts')).toBeLessThan(text.indexOf('medium → high: 5 → 6 alerts'));
  expect(text).toContain('… and 2 more');
  expect(text).toContain('Without effect on this history:\n  brute-force: sensitivity same\n');
  expect(text).toContain('detectors: { brute-force: { sensitivity: low } }');
  expect(tuneReport('orders', now, trials, FILE_LOOK, true)).not.toContain('more');
});
