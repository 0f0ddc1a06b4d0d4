import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FamiliarValues } from './familiar-values.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);
const after = (days: number) => START + days * DAY;

it('takes what a scope used in its first week for familiar at once', () => {
  const values = new FamiliarValues(60);
  values.meet(1, 10, after(6));

  expect(values.isFamiliar(1, 10, after(6), START)).toBe(true);
  expect(values.isFamiliar(1, 11, after(6), START)).toBe(false);
  expect(values.isFamiliar(2, 10, after(6), START)).toBe(false);
});

it('takes later values for familiar a week after they were met first, however often', () => {
  const values = new FamiliarValues(60);
  for (let day = 20; day <= 27; day++) {
    values.meet(1, 10, after(day));
  }

  expect(values.isFamiliar(1, 10, after(26.9), START)).toBe(false);
  expect(values.isFamiliar(1, 10, after(27), START)).toBe(true);
});

it('forgets after the memory, and begins anew then', () => {
  const values = new FamiliarValues(60);
  values.meet(1, 10, after(0));
  expect(values.isFamiliar(1, 10, after(60), START)).toBe(true);
  expect(values.isFamiliar(1, 10, after(61), START)).toBe(false);

  values.meet(1, 10, after(61));
  expect(values.isFamiliar(1, 10, after(61), START)).toBe(false);
});

it('forgets what was reported', () => {
  const values = new FamiliarValues(60);
  values.meet(1, 10, after(20));
  values.forget(1, 10);
  values.meet(1, 10, after(27));

  expect(values.isFamiliar(1, 10, after(28), START)).toBe(false);
});

it('says of a use whether it was of a familiar value, like the two questions one after the other', () => {
  const values = new FamiliarValues(60);
  const others = new FamiliarValues(60);
  for (const [value, day] of [
    [1, 0],
    [2, 20],
    [2, 20.5],
    [2, 27.1],
    [1, 62],
    [1, 62.1],
    [1, 70],
  ] as const) {
    const wasFamiliar = others.isFamiliar(1, value, after(day), START);
    others.meet(1, value, after(day));
    expect(values.meetFamiliar(1, value, after(day), START)).toBe(wasFamiliar);
  }
});

it('learns anew what was forgotten, also on the day on which it was', () => {
  const values = new FamiliarValues(60);
  values.meet(1, 10, after(20));
  values.meet(1, 10, after(20.2));
  values.forget(1, 10);
  values.meet(1, 10, after(20.3));

  expect(values.isFamiliar(1, 10, after(27.1), START)).toBe(false);
  expect(values.isFamiliar(1, 10, after(27.4), START)).toBe(true);
});

it('counts what a scope gained, without its inventory', () => {
  const values = new FamiliarValues(60);
  for (const [value, day] of [
    [1, 0],
    [2, 6],
    [3, 8],
    [4, 20],
  ] as const) {
    values.meet(7, value, after(day));
  }
  values.meet(8, 9, after(8));

  expect(values.gainedBetween(7, START, after(30), START)).toBe(2);
  expect(values.gainedBetween(7, after(13), after(30), START)).toBe(1);
});

it('forgets those not seen for longest when there are too many', () => {
  const values = new FamiliarValues(60);
  for (let value = 0; value <= 262_144; value++) {
    values.meet(1, value, START + value);
  }
  let count = 0;
  values.forEach(() => {
    count++;
  });

  expect(count).toBeLessThanOrEqual(200_000);
  expect(values.isFamiliar(1, 262_144, after(1), START)).toBe(true);
  expect(values.isFamiliar(1, 0, after(1), START)).toBe(false);
});

it('tells whether a scope has used another value', () => {
  const values = new FamiliarValues(60);
  values.meet(1, 7, START);
  values.meet(2, 8, START);

  expect([values.hasOther(1, 7), values.hasOther(1, 8), values.hasOther(3, 7)]).toEqual([false, true, false]);
});

it('says the same after a restart, whatever came before', () => {
  const step = fc.record({
    scope: fc.integer({ min: 0, max: 3 }),
    value: fc.integer({ min: 1, max: 4 }),
    day: fc.double({ min: 0, max: 150, noNaN: true }),
    kind: fc.constantFrom('meet', 'meet', 'meet', 'forget', 'restart'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const [running, restarted] = [new FamiliarValues(60), new FamiliarValues(60)];
      for (const { scope, value, day, kind } of steps) {
        if (kind === 'restart') {
          restarted.restored();
        } else {
          running[kind](scope, value, after(day));
          restarted[kind](scope, value, after(day));
        }
        expect(answers(restarted, scope, value, day)).toEqual(answers(running, scope, value, day));
      }
    }),
  );
});

function answers(values: FamiliarValues, scope: number, value: number, day: number) {
  return [
    values.isFamiliar(scope, value, after(day), START),
    values.hasOther(scope, value),
    values.gainedBetween(scope, START, after(day), START),
    values.gainedBetween(scope, after(day - 20), after(150), START),
  ];
}
