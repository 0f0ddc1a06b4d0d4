import { expect, it } from 'vitest';
import { LastUses } from './last-uses.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);
const day = (n: number) => START + n * DAY;

function held(uses: LastUses): number[] {
  const found: number[] = [];
  uses.forEach((id) => {
    found.push(id);
  });
  return found;
}

it('knows an id until it was not seen for the memory', () => {
  const uses = new LastUses(60);
  uses.learn(2, day(0));

  expect(uses.isKnown(2, day(60))).toBe(true);
  expect(uses.isKnown(2, day(60) + 1000)).toBe(false);
  expect(uses.isKnown(1, day(1))).toBe(false);
  expect(uses.isKnown(4000, day(1))).toBe(false);
});

it('remembers an id for longer when it is met, and only then', () => {
  const uses = new LastUses(60);
  uses.learn(2, day(0));

  expect(uses.meet(2, day(50))).toBe(true);
  expect(uses.meet(2, day(1))).toBe(true); // late: it is not put back
  expect(uses.isKnown(2, day(110))).toBe(true);
  expect(uses.meet(2, day(111))).toBe(false);
  expect(uses.isKnown(2, day(111))).toBe(false);
  expect(uses.meet(3, day(0))).toBe(false);
  expect(uses.isKnown(3, day(0))).toBe(false);
});

it('forgets those that have expired at the first lesson of a day', () => {
  const uses = new LastUses(60);
  uses.learn(0, day(0));
  uses.learn(1000, day(30));
  expect(held(uses)).toEqual([0, 1000]);

  uses.learn(7, day(61));
  expect(held(uses)).toEqual([7, 1000]);
});

it('lets an id inherit what another was, and nothing from one that is not known', () => {
  const uses = new LastUses(60);
  uses.learn(1, day(0));
  uses.inherit(1, 2);
  uses.inherit(5, 6);

  expect(uses.isKnown(2, day(60))).toBe(true);
  expect(uses.isKnown(2, day(61))).toBe(false);
  expect(held(uses)).toEqual([1, 2]);
});

it('forgets the quarter not seen for longest when there are too many', { timeout: 60_000 }, () => {
  const uses = new LastUses(60);
  for (let id = 1; id <= 1_048_576; id++) {
    uses.learn(id, day(0) + 1000 * Math.floor(id / 3));
  }
  uses.learn(1_048_577, day(20));

  const left = held(uses);
  expect(left).toHaveLength(786_433);
  expect(left[0]).toBe(262_145);
  expect(left.at(-1)).toBe(1_048_577);
});
