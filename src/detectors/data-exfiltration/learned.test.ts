import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../../model/activity.ts';
import type { Revision } from '../../model/decision.ts';
import { at, dataAccess, day, type Happening, replayOnce, signIn } from '../testkit.ts';
import { learnedFrom } from '../testkit-learned.ts';
import { dataExfiltration } from './data-exfiltration.ts';

const MB = 1_000_000;

/** 4 MB an hour, from eight to sixteen, on ten days. */
const requests = Array.from({ length: 80 }, (_, n) =>
  dataAccess({ responseBytes: 4 * MB, time: at(Math.floor(n / 8), 8 + (n % 8)) }),
);
/** Alice at ten on working days, who copies a table. */
const statements = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11].flatMap((n) => [
  signIn({ time: at(n, 10) }),
  signIn({ time: at(n, 10.1), class: ActivityClass.statement, statement: 'COPY rates TO STDOUT' }),
]);

const of = (kind: Revision['kind'], about: 'hours' | 'volume', principal: string, value: string): Revision => ({
  kind,
  fact: { about, principal, value },
});

describe('what is usual', () => {
  it('is told of an account: at which hours, and how many bytes', () => {
    expect(learnedFrom(dataExfiltration, requests)).toEqual([
      {
        kind: 'hours',
        principal: 'PrimaryMasterKey',
        value: 'working days',
        hours: [8, 9, 10, 11, 12, 13, 14, 15],
        uses: 80,
        firstTime: at(0, 8),
        lastTime: at(9, 15),
      },
      expect.objectContaining({ value: 'weekends', hours: [8, 9, 10, 11, 12, 13, 14, 15] }),
      expect.objectContaining({
        kind: 'volume',
        value: 'bytes an hour',
        median: 4_194_303,
        largest: 4_194_303,
        uses: 79,
      }),
    ]);
  });

  it('is told of a server: at which hours, and how many tables are read whole', () => {
    expect(learnedFrom(dataExfiltration, statements)).toEqual([
      expect.objectContaining({ kind: 'hours', principal: 'alice', value: 'working days', hours: [10], uses: 10 }),
      expect.objectContaining({ kind: 'volume', value: 'tables read whole a day', median: 1, largest: 1, uses: 9 }),
    ]);
  });

  it('is told of who works by hand: how many rows in pieces', () => {
    const pieces = [0, 1, 2].flatMap((n) =>
      [1, 2, 3].map((page) =>
        signIn({
          time: at(n, 11) + page * 60_000,
          class: ActivityClass.statement,
          statement: `SELECT * FROM rates ORDER BY id LIMIT 50 OFFSET ${50 * page}`,
        }),
      ),
    );
    const facts = (revised: readonly Revision[]) =>
      learnedFrom(dataExfiltration, pieces, revised).filter(({ value }) => value === 'rows read in pieces a day');

    expect(facts([])).toMatchObject([{ principal: 'alice', median: 150, largest: 150, uses: 2 }]);
    expect(facts([of('forget', 'volume', 'alice', 'rows read in pieces a day')])).toEqual([]);
  });

  it('is being learned within the first week', () => {
    const facts = learnedFrom(dataExfiltration, statements.slice(0, 4));

    expect(facts.map(({ learning }) => learning)).toEqual([
      { firstTime: at(0, 10), uses: 2 },
      { firstTime: at(0, 10), uses: 2 },
    ]);
  });
});

describe('people', () => {
  it.each([
    ['hours', 'alice', 'working days', []],
    ['volume', 'alice', 'tables read whole a day', []],
    ['hours', 'bob', 'working days', [10]],
  ] as const)('forget %s of %s', (about, principal, value, hours) => {
    const facts = learnedFrom(dataExfiltration, statements, [of('forget', about, principal, value)]);

    expect(facts.find(({ kind }) => kind === about)?.hours ?? []).toEqual(hours);
  });

  it('pin them, and let go of them', () => {
    const pins = [of('pin', 'hours', 'alice', 'working days'), of('pin', 'volume', 'alice', 'tables read whole a day')];
    const unpins = pins.map((pin) => ({ ...pin, kind: 'unpin' as const }));
    const pinnedOf = (revisions: Revision[]) =>
      learnedFrom(dataExfiltration, statements, revisions).map(({ isPinned }) => isPinned === true);

    expect(pinnedOf(pins)).toEqual([true, true]);
    expect(pinnedOf([...pins, ...unpins])).toEqual([false, false]);
  });

  it('forget a volume: it is told when it comes again', () => {
    const large = requests.map((request) => ({ ...request, responseBytes: 40 * MB }));
    const again = dataAccess({ time: at(10, 9), responseBytes: 40 * MB });
    const revised = [{ ...of('forget', 'volume', 'PrimaryMasterKey', 'bytes an hour'), time: at(10, 0) }];

    expect(replayOnce(dataExfiltration, [...large, again])).toEqual([]);
    expect(replayOnce(dataExfiltration, [...large, again], {}, { revised })).toHaveLength(1);
  });

  it('pin a volume: it is usual after more than 60 days, too', () => {
    const bulk = dataAccess({ time: at(5, 20), responseBytes: 100 * MB });
    const history: Happening[] = [...requests, bulk].sort((a, b) => a.time - b.time);
    const again = dataAccess({ time: at(95, 20), responseBytes: 100 * MB });
    const revised = [{ ...of('pin', 'volume', 'PrimaryMasterKey', 'bytes an hour'), time: day(10) }];

    const daily = Array.from({ length: 80 }, (_, n) => dataAccess({ time: at(10 + n, 9), responseBytes: 4 * MB }));
    expect(replayOnce(dataExfiltration, [...history, ...daily, again])).toHaveLength(1);
    expect(replayOnce(dataExfiltration, [...history, ...daily, again], {}, { revised })).toEqual([]);
  });
});
