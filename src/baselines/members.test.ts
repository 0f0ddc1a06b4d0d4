import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Standing } from './member.ts';
import { Members } from './members.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);
const DORMANT_DAYS = 32;
const day = (n: number) => START + n * DAY;

/** Meets a member and admits one that is new or dormant; says how it stood. */
function see(members: Members, id: number, time: number, isReported = false): Standing {
  const standing = members.meet(id, time, DORMANT_DAYS);
  if (standing === 'new' || standing === 'dormant') {
    members.admit(id, standing, time, isReported ? 'reported' : 'usual');
  }
  return standing;
}

/** Member 1 comes every day. */
function daily(members: Members, from: number, to: number): void {
  for (let n = from; n < to; n++) {
    see(members, 1, day(n));
  }
}

it('knows its members, with first use, last use and count', () => {
  const members = new Members(180);
  daily(members, 0, 10);
  see(members, 2, day(9) + 1000);

  expect(members.latest(5)).toEqual([
    { id: 2, firstTime: day(9) + 1000, lastTime: day(9) + 1000, uses: 1 },
    { id: 1, firstTime: day(0), lastTime: day(9), uses: 10 },
  ]);
  expect([members.size, members.firstTime, members.member(3)]).toEqual([2, day(0), undefined]);
});

it('calls dormant who was away while others were there, once', () => {
  const members = new Members(180);
  see(members, 2, day(0));
  daily(members, 0, 40);

  expect([see(members, 2, day(40)), see(members, 2, day(40))]).toEqual(['dormant', 'known']);
});

it.each([
  ['the log was absent', (members: Members) => daily(members, 0, 10)],
  ['it was not away for so long', (members: Members) => daily(members, 9, 40)],
])('calls nobody dormant when %s', (_, happen) => {
  const members = new Members(180);
  see(members, 2, day(0));
  see(members, 2, day(9));
  happen(members);

  expect(members.meet(2, day(40), DORMANT_DAYS)).toBe('known');
});

it('expects who comes seldom to come seldom', () => {
  const members = new Members(180);
  const standings: Standing[] = [];
  for (let n = 0; n < 160; n++) {
    see(members, 1, day(n));
    if (n % 40 === 0) {
      standings.push(see(members, 2, day(n)));
    }
  }

  expect(standings).toEqual(['new', 'dormant', 'known', 'known']);
});

it('suspects who was reported for 30 days', () => {
  const members = new Members(180);
  daily(members, 0, 10);

  expect([10, 11, 39, 41].map((n) => see(members, 2, day(n), true))).toEqual([
    'new',
    'suspected',
    'suspected',
    'known',
  ]);
});

it('is less surprised by newcomers the more often they come; reported ones count a week later', () => {
  const surpriseAfter = (reported: readonly number[], others: readonly number[], time: number) => {
    const members = new Members(180);
    for (let n = 0; n < 20; n++) {
      see(members, 1, day(n));
      for (const days of [reported, others]) {
        if (days.includes(n)) {
          see(members, 100 + n, day(n) + DAY / 2, days === reported);
        }
      }
    }
    return members.judge('new', time).surprise;
  };

  expect(surpriseAfter([], [], day(20))).toBeCloseTo(3.84, 1);
  expect(surpriseAfter([], [5, 8, 11, 14], day(20))).toBeLessThan(1.8);
  expect(surpriseAfter([17, 18, 19], [], day(20))).toBe(surpriseAfter([], [], day(20)));
  expect(surpriseAfter([17, 18, 19], [], day(30))).toBeLessThan(2.3);
  expect(surpriseAfter([16, 17, 18, 19], [], day(20))).toBeLessThan(1.8);
});

it('learns nothing of how often new ones come from one that tells nothing', () => {
  const members = new Members(180);
  daily(members, 0, 10);
  members.admit(2, 'new', day(10), 'none');

  expect(members.judge('new', day(10)).surprise).toBeCloseTo(3.4, 1);
});

it('forgets members after the memory, and the idlest when there are too many', () => {
  const members = new Members(180);
  see(members, 2, day(0));
  daily(members, 0, 182);
  expect(members.meet(2, day(182), DORMANT_DAYS)).toBe('new');

  for (let id = 10; id < 300_000; id++) {
    see(members, id, day(183) + id);
  }
  expect(members.size).toBeLessThanOrEqual(262_144);
  expect(members.member(10)).toBeUndefined();
  expect(members.member(299_999)).toBeDefined();
});

it('never calls new who came within the memory, and bears any order of times', () => {
  const visits = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: -400, max: 100 })), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(visits, (steps) => {
      const members = new Members(180);
      const seen = new Set<number>();
      for (const [id, n] of steps) {
        const standing = see(members, id, day(n));
        const { surprise } = members.judge('new', day(n));
        expect(surprise).toBeGreaterThanOrEqual(0);
        expect(members.size).toBeLessThanOrEqual(5);
        if (!seen.has(id)) {
          expect(standing).toBe('new');
        }
        seen.add(id);
      }
    }),
  );
});

it('is corrected by people: who is pinned is never dormant nor forgotten, who is forgotten is new', () => {
  const members = new Members(180);
  see(members, 2, day(0));
  see(members, 3, day(0));
  members.revise('pin', (id) => id === 2);
  daily(members, 0, 400);

  expect([members.meet(2, day(400), DORMANT_DAYS), members.meet(3, day(400), DORMANT_DAYS)]).toEqual(['known', 'new']);
  expect(members.member(2)).toMatchObject({ isPinned: true });
  members.revise('forget', (id) => id === 2);
  expect(members.meet(2, day(400), DORMANT_DAYS)).toBe('new');
});

it('takes a reported member for any other once somebody accepts it', () => {
  const members = new Members(180);
  daily(members, 0, 30);
  see(members, 2, day(30), true);
  see(members, 3, day(30), true);
  members.accept((id) => id === 2);

  expect([see(members, 2, day(31)), see(members, 3, day(31))]).toEqual(['known', 'suspected']);
});
