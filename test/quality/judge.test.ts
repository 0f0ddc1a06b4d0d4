import { expect, it } from 'vitest';
import type { Attack, Truth } from '../../bench/quality/fleet/label.ts';
import { figuresOf } from '../../bench/quality/scoring/figures.ts';
import { judge } from '../../bench/quality/scoring/judge.ts';
import type { ToldAlert } from '../../bench/quality/scoring/told-alert.ts';

const MINUTE = 60_000;
const FROM = Date.UTC(2026, 2, 20, 12);
const TO = FROM + 5 * MINUTE;

const attack: Attack = {
  title: 'a dictionary',
  resource: 'pg-01',
  difficulty: 'plain',
  expects: ['brute-force'],
  principals: ['alice'],
  addresses: ['192.0.2.1'],
  from: FROM,
  to: TO,
};
const truth: Truth = {
  seed: 1,
  days: 30.44,
  resources: [
    { id: 'pg-01', kind: 'postgresql' },
    { id: 'pg-02', kind: 'postgresql' },
  ],
  attacks: [attack],
  cases: [{ title: 'a wrong secret', resource: 'pg-02', principals: ['app'], addresses: [], from: FROM, to: TO }],
};

function told(what: Partial<ToldAlert> = {}): ToldAlert {
  return {
    resource: 'pg-01',
    kinds: ['brute-force'],
    severity: 'Medium',
    principals: ['alice'],
    addresses: ['198.51.100.1'],
    time: FROM + MINUTE,
    text: '',
    ...what,
  };
}

it('takes the first alert of an attack for right, with its delay, and each further one for a duplicate', () => {
  const { wanted, duplicates, unwanted } = judge(truth, [told({ time: FROM + 3 * MINUTE }), told()]);

  expect(wanted).toMatchObject([{ kind: 'brute-force', delayMs: MINUTE }]);
  expect(duplicates).toMatchObject([{ time: FROM + 3 * MINUTE }]);
  expect(unwanted).toEqual([]);
});

it.each([
  ['by its address alone', { principals: [], addresses: ['192.0.2.1'] }],
  ['ten minutes after its end', { time: TO + 10 * MINUTE }],
  ['among other findings', { kinds: ['unusual-location', 'brute-force'] }],
] as const)('takes an alert for right %s', (_, what) => {
  expect(judge(truth, [told(what)]).wanted[0]!.delayMs).toBeDefined();
});

it.each([
  ['before the attack', { time: FROM - 1 }],
  ['eleven minutes after its end', { time: TO + 11 * MINUTE }],
  ['on another resource', { resource: 'pg-02' }],
  ['about somebody else', { principals: ['bob'] }],
] as const)('takes an alert for false %s', (_, what) => {
  const verdict = judge(truth, [told(what)]);

  expect(verdict.wanted[0]).not.toHaveProperty('delayMs');
  expect(verdict.unwanted).toMatchObject([{ because: 'everyday' }]);
});

it('lets anything else be said of an attack, and names what was taken for one', () => {
  const other = told({ kinds: ['unusual-location'] });
  const wrong = told({ resource: 'pg-02', principals: ['app'] });
  const { unwanted } = judge(truth, [other, wrong]);

  expect(unwanted).toEqual([{ alert: wrong, because: 'a wrong secret' }]);
});

it('counts false alarms by resource and month, and duplicates against precision', () => {
  const far = { time: FROM - 1 };
  const alerts = [
    told(),
    told({ time: TO }),
    told(far),
    told({ ...far, severity: 'Low' }),
    told({ ...far, severity: 'Low' }),
  ];
  const { all, byKind, weightedF1, monthlyLow, monthlyMedium } = figuresOf(truth, judge(truth, alerts));

  expect(all).toMatchObject({ wanted: 1, caught: 1, duplicates: 1, unwanted: 3, recall: 1, precision: 0.2 });
  expect({ monthlyLow, monthlyMedium }).toEqual({ monthlyLow: 1, monthlyMedium: 0.5 });
  expect(weightedF1).toBeCloseTo(1 / 3, 6);
  expect([...byKind.keys()]).toEqual(['brute-force']);
});
