import { afterAll, beforeAll, expect, it } from 'vitest';
import { blockOf, type Happened, statement, type TestArchive, testArchive } from '../../archive/testkit.ts';
import { ActivityClass } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { parseResourceId } from '../../model/resource-id.ts';
import { anAlert, GROUP, ORDERS, OTHER, raise, type TestServer, testServer } from '../testkit.ts';

const ordersResource = parseResourceId(ORDERS, 'postgresql') as Resource;
const hr = parseResourceId(OTHER, 'postgresql') as Resource;
const HOUR_MS = 3_600_000;

let kept: TestArchive;
let server: TestServer;
const alert = anAlert();
const { startTimeUtc, supportingEvidence, entities } = alert.properties;
const [line] = supportingEvidence.rawLines as { source: string; byteOffset: number }[];
const start = Date.parse(startTimeUtc);
/** Out of the way of what is asked for elsewhere. */
const SESSION = start - 5 * HOUR_MS;
const address = String(entities.find(({ type }) => type === 'ip')?.address);

const near = (what: Partial<Happened>) => statement({ time: start, principal: 'nobody', address: {}, ...what });

beforeAll(async () => {
  kept = await testArchive(afterAll);
  server = await testServer({ archive: kept.archive });
  await raise(server.store, [alert]);
  await kept.put(
    [
      near({ time: start, source: line!.source, byteOffset: line!.byteOffset, address: { address } }),
      near({ time: start + HOUR_MS / 2, address: { address }, byteOffset: 1 }),
      near({ time: start + 25 * HOUR_MS, address: { address }, byteOffset: 2 }),
      near({ time: start + 1, byteOffset: 3 }),
    ],
    ordersResource,
  );
  await kept.put([near({ principal: 'boss', byteOffset: 4 })], hr);
  await kept.put(
    [12, 11, 10].map((byteOffset) =>
      statement({
        class: byteOffset === 11 ? ActivityClass.statementError : ActivityClass.statement,
        time: SESSION + (byteOffset - 9) * 1000,
        address: { address: '203.0.113.9' },
        session: 7,
        byteOffset,
        responseBytes: 10,
      }),
    ),
    ordersResource,
  );
});
afterAll(() => server.close());

const range = `from=${new Date(start - HOUR_MS).toISOString()}&to=${new Date(start + 48 * HOUR_MS).toISOString()}`;

it('shows what a reader of a group may see, and no more', async () => {
  const all = await server.as('Security Reader');
  const some = await server.as('Security Reader', GROUP);
  const namesOf = async (send: typeof all) =>
    (await send({ url: `/api/v1/activities?${range}&limit=10` }))
      .json()
      .items.map(({ offset }: { offset: number }) => offset);

  expect(await namesOf(all)).toHaveLength(5);
  expect(await namesOf(some)).not.toContain(4);
  expect((await some({ url: `/api/v1/activities?${range}&resource=hr` })).statusCode).toBe(404);
});

it('shows what surrounds an alert, with its records marked', async () => {
  const send = await server.as('Security Reader');
  const { items } = (await send({ url: `/api/v1/activities?alert=${alert.name}` })).json();

  expect(items.map(({ offset, isEvidence }: { offset: number; isEvidence?: true }) => [offset, isEvidence])).toEqual([
    [1, undefined],
    [line!.byteOffset, true],
  ]);
});

it('counts, and pages', async () => {
  const send = await server.as('Security Reader');
  const bars = (await send({ url: `/api/v1/activity-histogram?${range}` })).json();
  const facets = (await send({ url: `/api/v1/activity-facets?${range}&field=principal&not.principal=boss` })).json();
  const first = (await send({ url: `/api/v1/activities?${range}&limit=3` })).json();
  const second = (await send({ url: `/api/v1/activities?${range}&limit=3&cursor=${first.next}` })).json();

  expect(bars.items.reduce((sum: number, bar: { success: number }) => sum + bar.success, 0)).toBe(5);
  expect(facets.items).toEqual([{ field: 'principal', values: [{ value: 'nobody', count: 4 }] }]);
  expect([first.items.length, second.items.length, second.next]).toEqual([3, 2, undefined]);
});

it('tells what it finds while it searches', async () => {
  const send = await server.as('Security Reader');
  const answer = await send({ url: `/api/v1/activity-stream?${range}&limit=3` });
  const lines = answer.body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const page = (await send({ url: `/api/v1/activities?${range}&limit=3` })).json();

  expect(answer.headers['content-type']).toContain('application/x-ndjson');
  expect(lines[0]).toEqual({ progress: { files: expect.any(Number), filesRead: expect.any(Number) } });
  expect(lines.flatMap(({ item }) => item ?? [])).toEqual(page.items);
  expect(lines.at(-1)).toEqual({ isEnd: true, next: page.next });
  expect((await send({ url: '/api/v1/activity-stream?address=10.0.0.0/33' })).statusCode).toBe(400);
});

it('shows a session as a whole, the oldest first', async () => {
  const send = await server.as('Security Reader', GROUP);
  const url = `/api/v1/activity-session?resource=orders&session=7.7&at=${new Date(start).toISOString()}`;
  const session = (await send({ url })).json();

  expect(session).toMatchObject({
    resource: ordersResource.key,
    count: 3,
    failures: 1,
    bytes: 30,
    from: new Date(SESSION + 1000).toISOString(),
    to: new Date(SESSION + 3000).toISOString(),
    principals: ['alice'],
    addresses: ['203.0.113.9'],
    activities: [
      { activity: 'statement', count: 2 },
      { activity: 'statementError', count: 1 },
    ],
    isCut: false,
  });
  expect(session.items.map(({ offset }: { offset: number }) => offset)).toEqual([10, 11, 12]);
  expect((await send({ url: url.replace('7.7', '8.8') })).statusCode).toBe(404);
  expect((await send({ url: url.replace('orders', 'hr') })).statusCode).toBe(404);
});

it('says how the archive fares, to those who may see all', async () => {
  const send = await server.as('Security Reader');
  kept.archive.noteLost([blockOf([statement()])], 'for a test');

  expect((await send({ url: '/api/v1/archive' })).json()).toMatchObject({
    activities: 8,
    spoolBytes: 0,
    to: new Date(start + 25 * HOUR_MS).toISOString(),
    lost: { activities: 1, reason: 'for a test' },
  });
  expect((await (await server.as('Security Reader', GROUP))({ url: '/api/v1/archive' })).statusCode).toBe(403);
});

it('erases what a principal did, by an Owner, and notes it without the name', async () => {
  const it = await testArchive();
  const own = await testServer({ archive: it.archive });
  await it.put([near({ principal: 'j.meyer', byteOffset: 1 }), near({ byteOffset: 2 })], ordersResource);
  await it.put([near({ principal: 'j.meyer', byteOffset: 3 })], hr, 2);
  const told = {
    ...alert.properties,
    description: 'J.Meyer logged in',
    entities: [{ type: 'account', name: 'j.meyer' }],
  };
  await raise(own.store, [{ ...alert, properties: told }]);
  const payload = { principal: 'j.meyer', resource: 'Orders', mode: 'pseudonymise', reason: 'request 7' };
  const post = async (role: 'Owner' | 'Security Admin', scope: string, body: object) =>
    (await own.as(role, scope))({ method: 'POST', url: '/api/v1/erasures', payload: body });
  const refused = [
    await post('Security Admin', '/', payload),
    await post('Owner', GROUP, { ...payload, resource: undefined }),
  ];
  const one = await post('Owner', GROUP, payload);
  const all = await post('Owner', '/', { ...payload, resource: undefined, mode: 'erase' });
  const { items } = await own.store.audit.list({ action: 'activities.erase' }, { limit: 9 });
  const left = (await (await own.as('Security Reader'))({ url: `/api/v1/activities?${range}` })).json().items;

  const changed = await own.store.alerts.get(alert.name);
  const background = await own.store.alerts.background(alert.name);
  const found = await own.store.alerts.list({ text: 'meyer' }, { limit: 9 });

  expect(refused.map(({ statusCode }) => statusCode)).toEqual([403, 403]);
  const { pseudonym } = one.json();
  expect(one.json()).toEqual({ activities: 1, files: 1, alerts: 1, resources: 0, pending: 0, pseudonym });
  expect(pseudonym).toMatch(/^pseudonym-[0-9a-f]{12}$/);
  expect(all.json()).toEqual({ activities: 1, files: 1, alerts: 0, resources: 0, pending: 0 });
  expect(changed!.alert.properties).toMatchObject({
    description: `${pseudonym} logged in`,
    entities: [{ type: 'account', name: pseudonym }],
  });
  expect([JSON.stringify(changed).includes('eyer'), found.items, background]).toEqual([false, [], { matters: [] }]);
  expect(left.map(({ offset, principal }: Record<string, unknown>) => [offset, principal])).toEqual([
    [2, 'nobody'],
    [1, pseudonym],
  ]);
  expect(items).toHaveLength(2);
  expect(JSON.stringify(items)).not.toContain('j.meyer');
  await own.close();
});

it.each([
  ['a network', 'address=10.0.0.0/33'],
  ['a cursor', 'cursor=!'],
  ['a fingerprint', 'fingerprint=xyz'],
  ['a time', 'from=yesterday'],
])('answers 400 to what is not %s', async (_, query) => {
  const send = await server.as('Security Reader');

  expect((await send({ url: `/api/v1/activities?${query}` })).statusCode).toBe(400);
});

it('says that nothing is kept where that is so', async () => {
  const bare = await testServer();
  const send = await bare.as('Security Reader');

  expect((await send({ url: '/api/v1/activities' })).json().detail).toContain('keeps no activities');
  await bare.close();
});
