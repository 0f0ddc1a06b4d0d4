import { describe, expect, it } from 'vitest';
import { DAY_KINDS, UsualHours } from './usual-hours.ts';

const HOUR = 3_600_000;
/** A Monday. */
const START = Date.UTC(2026, 0, 5);
const at = (day: number, hour: number) => START + (24 * day + hour) * HOUR;

/** Nine to five on working days. */
function office(days: number): UsualHours {
  const hours = new UsualHours();
  for (let day = 0; day < days; day++) {
    for (let hour = 9; day % 7 < 5 && hour < 17; hour++) {
      hours.note(1, at(day, hour));
    }
  }
  return hours;
}

it.each([
  ['an hour of work', at(14, 10), false],
  ['the hour before: clocks change', at(14, 8), false],
  ['two hours after work, when people stay longer', at(14, 18), false],
  ['the evening', at(14, 19), true],
  ['the night', at(14, 3), true],
  ['a Saturday at an hour of work, where weekends are unknown', at(12, 10), false],
  ['a Saturday night', at(12, 23), true],
])('judges %s', (_, time, expected) => {
  expect(office(12).isUnusual(1, time)).toBe(expected);
});

it('judges nobody in the first week, and nobody who is unknown', () => {
  expect(office(3).isUnusual(1, at(4, 3))).toBe(false);
  expect(office(12).isUnusual(2, at(14, 3))).toBe(false);
});

it('does not let a new hour teach itself in within a week', () => {
  const hours = office(14);
  for (let day = 14; day < 21; day++) {
    hours.note(1, at(day, 3));
    expect(hours.isUnusual(1, at(day, 3))).toBe(true);
  }
  for (let day = 21; day < 35; day++) {
    hours.note(1, at(day, 3));
  }
  expect(hours.isUnusual(1, at(35, 3))).toBe(false);
});

it('forgets an hour that is not used any more', () => {
  const hours = office(12);
  for (let day = 12; day < 100; day++) {
    hours.note(1, at(day, 20));
  }

  expect(hours.isUnusual(1, at(100, 12))).toBe(true);
});

it('counts active hours, and notes each once', () => {
  const hours = new UsualHours();

  expect([hours.note(3, at(0, 1)), hours.note(3, at(0, 1.5)), hours.note(3, at(0, 2))]).toEqual([true, false, true]);
  expect(hours.countOf(3)).toBe(2);
  expect(hours.firstTimeOf(3)).toBe(at(0, 1));
  hours.forget(3);
  expect(hours.firstTimeOf(3)).toBeUndefined();
});

describe('what people say of hours', () => {
  it('makes those of one kind of days unusual, and no others', () => {
    const hours = office(12);
    hours.note(1, at(12, 11));
    hours.revise('forget', 1, 'working days');

    expect([hours.hoursOf(1, 'working days'), hours.isUnusual(1, at(14, 10))]).toEqual([[], true]);
  });

  it('keeps them usual for longer than the memory', () => {
    const hours = office(12);
    hours.revise('pin', 1, 'working days');
    for (let day = 12; day < 100; day++) {
      hours.note(1, at(day, 20));
    }

    expect([hours.isUnusual(1, at(100, 12)), hours.isPinned(1, 'working days')]).toEqual([false, true]);
    hours.revise('unpin', 1, 'working days');
    expect(hours.isUnusual(1, at(100, 12))).toBe(true);
  });
});

describe('a state of 0.1', () => {
  const bits = (...hours: number[]) => hours.reduce((sum, hour) => sum | (1 << hour), 0);

  it('is gone on with', () => {
    const [first, latest] = [at(0, 9) / HOUR, at(8, 10) / HOUR];
    const rows = new Int32Array(4 * 13);
    rows.set([first, latest, bits(10), 0, 0, 0, bits(9), 0, 0, first, 2, 0, 0], 2 * 13);
    const hours: UsualHours = Object.assign(Object.create(UsualHours.prototype), { rows });
    hours.restored();

    expect([hours.firstTimeOf(2), hours.lastTimeOf(2), hours.countOf(2)]).toEqual([at(0, 9), at(8, 10), 2]);
    expect([hours.hoursOf(2, 'working days'), hours.firstTimeOf(1), hours.firstTimeOf(3)]).toEqual([
      [9],
      undefined,
      undefined,
    ]);
    expect([hours.note(2, at(8, 10)), hours.note(2, at(14, 10)), hours.note(3, at(14, 10))]).toEqual([
      false,
      true,
      true,
    ]);
    expect(hours.countOf(2)).toBe(3);
  });
});

it('knows of one hour what it knows of an hour that was noted twice', () => {
  for (const time of [at(1, 9), at(6, 23)]) {
    const [once, twice] = [new UsualHours(), new UsualHours()];
    once.note(5, time);
    twice.note(5, time);
    twice.revise('unpin', 5, 'weekends'); // has it spelled out
    for (let day = 0; day < 30; day++) {
      const later = at(day, (7 * day) % 24);
      expect(once.isUnusual(5, later)).toBe(twice.isUnusual(5, later));
    }
    const told = (hours: UsualHours) => DAY_KINDS.map((kind) => [hours.hoursOf(5, kind), hours.isPinned(5, kind)]);
    expect(told(once)).toEqual(told(twice));
    expect([once.countOf(5), once.firstTimeOf(5), once.lastTimeOf(5)]).toEqual([1, time, time]);
  }
});
