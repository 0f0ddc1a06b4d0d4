import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeSnapshot, encodeSnapshot } from '../lib/snapshot/snapshot.ts';
import { compactTime } from './compact-time.ts';
import { ScopeColumn, STRIDE } from './habit-columns.ts';
import { HabitTable } from './habit-table.ts';
import { Habits } from './habits.ts';
import { BASELINE_CLASSES } from './state-classes.ts';

const START = Date.UTC(2026, 0, 5);
const HOUR = 3_600_000;
const scope = { classes: BASELINE_CLASSES };

/** The same, kept value by value. */
class PlainHabits {
  readonly all = new Map<number, { value: number; firstTime: number; lastTime: number; uses: number }>();

  use(value: number, time: number): void {
    const known = this.all.get(value) ?? { value, firstTime: time, lastTime: time, uses: 0 };
    known.uses++;
    known.lastTime = Math.max(known.lastTime, time);
    this.all.set(value, known);
  }
}

it('counts uses and tells the last one of each value, in whatever order they come', () => {
  const use = fc.record({ value: fc.integer({ min: 1, max: 4 }), hour: fc.integer({ min: 0, max: 200 }) });
  fc.assert(
    fc.property(fc.array(use, { maxLength: 60 }), fc.integer({ min: 0, max: 60 }), (uses, restart) => {
      let habits = new Habits(60);
      const plain = new PlainHabits();
      for (const [n, { value, hour }] of uses.entries()) {
        const time = START + hour * HOUR;
        if (!habits.use(1, value, time)) {
          habits.learn(1, value, time);
        }
        plain.use(value, time);
        habits.judge(1, 99, time);
        if (n === restart) {
          habits = decodeSnapshot(encodeSnapshot(habits, scope), scope) as Habits;
        }
      }
      const byValue = (a: { value: number }, b: { value: number }) => a.value - b.value;

      expect(habits.habitsOf(1, START).toSorted(byValue)).toEqual([...plain.all.values()].toSorted(byValue));
    }),
  );
});

it('reads states of 0.1, which held the number of habits where the front is now', () => {
  const old = new HabitTable();
  old.add(STRIDE, 7);
  old.useFirst(STRIDE, compactTime(START));
  old.findInFront(STRIDE, 7);
  old.scopes[STRIDE + ScopeColumn.front] = 1;
  Object.assign(old, { hasFronts: undefined });
  const table = decodeSnapshot(encodeSnapshot(old, scope), scope) as HabitTable;

  expect(table.useFront(STRIDE, 0, compactTime(START), 1)).toBe(false);
  expect(table.usesOf(STRIDE, STRIDE)).toBe(1);
  expect(table.lastUseOf(STRIDE, STRIDE)).toBe(compactTime(START));
});
