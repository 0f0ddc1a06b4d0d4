import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../lib/user-error.ts';
import { ActivityClass } from '../model/activity.ts';
import type { ActivityFilter } from './activity-filter.ts';
import { facetsOf, histogramOf } from './count-activities.ts';
import { dayOfPrincipal } from './day-of-principal.ts';
import { exportActivities } from './export-activities.ts';
import { type SearchStep, searchActivities, searchSteps } from './search-activities.ts';
import { catalog, DAY_MS, HOUR_MS, orders, START, statement, type TestArchive, testArchive } from './testkit.ts';

const RANGE = { from: START - 60 * DAY_MS, to: START + 60 * DAY_MS };
const failure = { class: ActivityClass.authenticationFailure, statement: '', failure: 1 };

/** Who did something, of a search. */
async function found({ archive }: TestArchive, filter: Partial<ActivityFilter>): Promise<(string | undefined)[]> {
  const { items } = await searchActivities(archive, { ...RANGE, ...filter }, { limit: 100 });
  return items.map(({ principal }) => principal);
}

async function stepsOf({ archive }: TestArchive, limit: number): Promise<SearchStep[]> {
  const steps: SearchStep[] = [];
  for await (const step of searchSteps(archive, RANGE, { limit })) {
    steps.push(step);
  }
  return steps;
}

async function searched(): Promise<TestArchive> {
  const it = await testArchive(afterAll);
  await it.put([
    statement({ principal: 'ann', address: { address: '10.1.2.3' }, time: START + 5 }),
    statement({
      principal: 'bob',
      address: { address: '10.1.3.3' },
      statement: 'COPY sales.customers TO STDOUT',
      time: START + 4,
    }),
    statement({ principal: 'cid', address: { address: '2001:db8::7' }, application: '', time: START + 3 }),
    statement({ principal: "d'Arc", ...failure, time: START + 2 }),
  ]);
  await it.put(
    [
      statement({
        principal: 'key',
        class: ActivityClass.dataAccess,
        statement: '',
        container: 'carts',
        time: START + 1,
      }),
    ],
    catalog,
    2,
  );
  return it;
}

let shared: TestArchive;
beforeAll(async () => {
  shared = await searched();
});

describe('a search', () => {
  it.each<[string, Partial<ActivityFilter>, string[]]>([
    ['everything, newest first', {}, ['ann', 'bob', 'cid', "d'Arc", 'key']],
    ['a time', { from: START + 2, to: START + 4 }, ['cid', "d'Arc"]],
    ['a resource', { scopes: [catalog.key] }, ['key']],
    ['a group', { scopes: [orders.key.replace(/\/providers.*/, '')] }, ['ann', 'bob', 'cid', "d'Arc", 'key']],
    ['nothing that may be seen', { scopes: [] }, []],
    ['principals', { where: { principal: ['ann', "d'Arc"] } }, ['ann', "d'Arc"]],
    ['an address', { where: { address: ['10.1.2.3'] } }, ['ann']],
    ['a network', { where: { address: ['10.1.2.0/24'] } }, ['ann']],
    ['a wider network', { where: { address: ['10.1.0.0/16'] } }, ['ann', 'bob']],
    ['an IPv6 network', { where: { address: ['2001:db8::/32'] } }, ['cid']],
    ['no application', { where: { application: [''] } }, ['cid']],
    ['an outcome', { where: { outcome: ['Failure'] } }, ["d'Arc"]],
    ['a reason', { where: { reason: ['wrongCredential'] } }, ["d'Arc"]],
    ['a container', { where: { container: ['carts'] } }, ['key']],
    ['a table', { where: { table: ['customers'] } }, ['bob']],
    ['a table with its schema', { where: { table: ['sales.customers'] } }, ['bob']],
    ['part of a statement', { text: 'copy SALES' }, ['bob']],
    ['what is no pattern', { text: '%' }, []],
    ['all but some', { not: { principal: ['ann', 'bob'], address: ['2001:db8::7'] } }, ["d'Arc", 'key']],
    ['all that have an application', { not: { application: [''] } }, ['ann', 'bob', "d'Arc", 'key']],
    ['both', { where: { outcome: ['Success'] }, not: { table: ['orders'] } }, ['bob', 'key']],
    [
      'those involved',
      { involving: { principals: ['ann'], addresses: ['10.1.3.3'], records: [{ source: 'no.csv', byteOffset: 0 }] } },
      ['ann', 'bob'],
    ],
    ['injected SQL', { where: { principal: ["' OR 1=1 --"] } }, []],
  ])('finds %s', async (_, filter, expected) => {
    expect(await found(shared, filter)).toEqual(expected);
  });

  it('is the same with its values written into it', async () => {
    const it = await testArchive();
    const names = ["d'Arc", 'a\0b', '$1', "'; --", '\\', '"'];
    await it.put(names.map((principal, byteOffset) => statement({ principal, byteOffset })));
    const counts: number[] = [];
    for (const principal of names) {
      const exported = await exportActivities(it.archive, { ...RANGE, where: { principal: [principal] } }, [], 10);
      counts.push(exported!.rows);
    }

    expect(counts).toEqual(names.map(() => 1));
  });

  it.each<[string, Partial<ActivityFilter>]>([
    ['no network', { where: { address: ['10.0.0.0/33'] } }],
    ['no number', { where: { asn: ['AS7'] } }],
    ['no fingerprint', { where: { fingerprint: ['7'] } }],
  ])('says that something is %s', async (_, filter) => {
    await expect(found(shared, filter)).rejects.toThrow(UserError);
  });

  it('goes on where a page ended, although times are equal and files were merged', async () => {
    const it = await testArchive();
    for (let file = 0; file < 3; file++) {
      await it.put(
        Array.from({ length: 4 }, (_, i) => statement({ time: START + (i % 2), byteOffset: 10 * file + i })),
      );
      await it.archive.flush();
    }
    const seen: (number | undefined)[] = [];
    let cursor: string | undefined;
    do {
      const page = await searchActivities(it.archive, RANGE, { limit: 5, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.items.map(({ offset }) => offset));
      cursor = page.next;
    } while (cursor !== undefined);

    expect(seen).toEqual([23, 21, 13, 11, 3, 1, 22, 20, 12, 10, 2, 0]);
  });

  it('reads no more files than it needs', async () => {
    const it = await testArchive();
    for (let hour = 0; hour < 8; hour++) {
      await it.put([statement({ time: START + hour * HOUR_MS })]);
      await it.archive.flush();
    }
    const steps = await stepsOf(it, 2);

    expect(steps.map(({ files, filesRead }) => [files, filesRead])).toEqual([[8, 4]]);
  });

  it('tells what is certain before it has read all', async () => {
    const it = await testArchive();
    for (let hour = 0; hour < 8; hour++) {
      await it.put([statement({ time: START + hour * HOUR_MS })]);
      await it.archive.flush();
    }
    const steps = await stepsOf(it, 5);

    expect(steps.map(({ filesRead, items, next }) => [filesRead, items.length, next === undefined])).toEqual([
      [4, 4, true],
      [8, 1, false],
    ]);
  });
});

describe('counts', () => {
  it('are of bars and of the most frequent values', async () => {
    const { archive } = shared;
    const filter = { from: START, to: START + HOUR_MS };

    expect(await histogramOf(archive, filter)).toEqual({
      stepMs: 60_000,
      bars: [{ time: START, success: 4, failure: 1 }],
    });
    expect(await facetsOf(archive, filter, ['application', 'table'])).toEqual([
      { field: 'application', values: [{ value: 'psql', count: 4 }, { count: 1 }] },
      {
        field: 'table',
        values: [
          { value: 'orders', count: 2 },
          { value: 'sales.customers', count: 1 },
        ],
      },
    ]);
  });

  it('compare a day of somebody to the days before', async () => {
    const it = await testArchive();
    const today = START - (START % DAY_MS);
    await it.put([
      ...[1, 2].map((day) => statement({ time: today - day * DAY_MS + 9 * HOUR_MS })),
      statement({ time: today + 3 * HOUR_MS, application: 'pg_dump' }),
      statement({ time: today + 9 * HOUR_MS }),
      statement({ time: today + 9 * HOUR_MS, principal: 'bob' }),
    ]);
    const day = await dayOfPrincipal(it.archive, { where: { principal: ['alice'] } }, today);

    expect(day.usualDays).toBe(2);
    expect([day.hours[3], day.hours[9]]).toEqual([
      { count: 1, usualMean: 0, usualMost: 0 },
      { count: 1, usualMean: 1, usualMost: 1 },
    ]);
    expect(day.week.flatMap((count, at) => (count === 0 ? [] : [[at % 24, count]]))).toEqual([
      [9, 1],
      [9, 1],
    ]);
    expect(day.week[((today / DAY_MS + 2) % 7) * 24 + 9]).toBe(1);
    expect(day.values.filter(({ field }) => field === 'application')).toEqual([
      { field: 'application', value: 'pg_dump', count: 1, usualPerDay: 0, isNew: true },
      { field: 'application', value: 'psql', count: 1, usualPerDay: 1, isNew: false },
    ]);
  });
});
