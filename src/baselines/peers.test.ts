import { expect, it } from 'vitest';
import { Habits } from './habits.ts';
import { peersByGroup, peersOf } from './peers.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);

/** Scopes 1 to 3 come daily, by values 10 to 12, for some days. */
function steady(days: number): Habits {
  const habits = new Habits(60);
  for (let n = 0; n < days; n++) {
    for (const scope of [1, 2, 3]) {
      if (!habits.use(scope, 9 + scope, START + n * DAY)) {
        habits.learn(scope, 9 + scope, START + n * DAY);
      }
    }
  }
  return habits;
}
const groupOf = (value: number) => (value === 12 ? undefined : 'ab');

it('counts who vouches for values of a group, those in none left out', () => {
  const habits = steady(20);
  expect([...peersByGroup(habits, groupOf, START + 20 * DAY)]).toEqual([['ab', 2]]);
  expect(peersOf(habits, (value) => value >= 11, START + 20 * DAY)).toBe(2);
});

it('counts anew on each day', () => {
  const habits = steady(20);
  expect(peersByGroup(habits, groupOf, START + 20 * DAY).get('ab')).toBe(2);
  habits.use(1, 10, START + 85 * DAY);
  expect(peersByGroup(habits, groupOf, START + 85 * DAY).get('ab')).toBeUndefined();
});
