import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAlert, GROUP, ORDERS, OTHER, raise, type TestServer, testServer } from '../testkit.ts';

const START = Date.UTC(2026, 10, 17, 2);
let server: TestServer;

beforeAll(async () => {
  server = await testServer();
  const times = Array.from({ length: 7 }, (_, n) => START + n * 60_000);
  await raise(
    server.store,
    times.map((startTime) => anAlert({ startTime, endTime: startTime, severity: 'High' })),
  );
  await raise(server.store, [anAlert({ startTime: START + 1, dedupKey: 'other', severity: 'Low' })], OTHER);
});
afterAll(() => server.close());

describe('alerts', () => {
  it('are listed newest first, page by page, each once', async () => {
    const get = await server.as('Security Reader');
    const names: string[] = [];
    let cursor = '';
    do {
      const { items, next } = (await get({ url: `/api/v1/alerts?limit=3&severity=High${cursor}` })).json();
      names.push(...items.map(({ startTime }: { startTime: string }) => startTime));
      cursor = next === undefined ? '' : `&cursor=${encodeURIComponent(next)}`;
    } while (cursor !== '');

    expect(names).toHaveLength(7);
    expect(names).toEqual(names.toSorted().toReversed());
  });

  it('are shown as far as the role reaches', async () => {
    const [group, resource, all] = await Promise.all([
      server.as('Security Reader', GROUP),
      server.as('Security Reader', OTHER),
      server.as('Security Reader'),
    ]);
    const count = async (get: typeof all, query = '') =>
      (await get({ url: `/api/v1/alerts${query}` })).json().items.length;

    expect([await count(group), await count(resource), await count(all)]).toEqual([7, 1, 8]);
    expect(await count(group, `?resource=${encodeURIComponent(OTHER)}`)).toBe(0);
    expect(await count(all, `?resource=${encodeURIComponent(OTHER)}`)).toBe(1);
    expect(await count(all, '?severity=Low,Medium')).toBe(1);
  });

  it('are counted by severity and status', async () => {
    const get = await server.as('Security Reader');

    expect((await get({ url: '/api/v1/alert-counts' })).json()).toEqual({
      items: expect.arrayContaining([{ severity: 'High', status: 'Active', count: 7 }]),
    });
  });
});

describe('the table for spreadsheets', () => {
  it('has every alert that fits, as far as the role reaches', async () => {
    const get = await server.as('Security Reader', GROUP);
    const answer = await get({ url: '/api/v1/alert-export?severity=High,Low' });
    const [head, ...lines] = answer.body.trimEnd().split('\r\n');

    expect(answer.headers['content-type']).toContain('text/csv');
    expect(answer.headers['content-disposition']).toContain('attachment');
    expect(head).toContain('"startTime","endTime","severity"');
    expect(lines).toHaveLength(7);
    expect((await get({ url: '/api/v1/alert-export?severity=Low' })).body.trimEnd().split('\r\n')).toHaveLength(1);
  });
});

describe('one alert', () => {
  const { name } = anAlert({ startTime: START, endTime: START, severity: 'High' });

  it('tells all, and 304 to who knows it', async () => {
    const get = await server.as('Security Reader', ORDERS);
    const answer = await get({ url: `/api/v1/alerts/${name}` });
    const again = await get({
      url: `/api/v1/alerts/${name}`,
      headers: { 'if-none-match': answer.headers.etag as string },
    });

    expect(answer.json()).toMatchObject({ name, severity: 'High', alert: { properties: { systemAlertId: name } } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it('changes for an admin who saw its last state, and remembers who', async () => {
    const admin = await server.as('Security Admin', GROUP);
    const { etag } = (await admin({ url: `/api/v1/alerts/${name}` })).headers;
    const dismiss = (match: string) =>
      admin({
        method: 'PATCH',
        url: `/api/v1/alerts/${name}`,
        headers: { 'if-match': match },
        payload: { status: 'Dismissed', reason: 'expected' },
      });

    const [first, second] = [await dismiss(etag as string), await dismiss(etag as string)];

    expect(first.json()).toMatchObject({ status: 'Dismissed', statusChange: { reason: 'expected' } });
    expect([second.statusCode, second.json().code]).toEqual([412, 'PreconditionFailed']);
    expect((await admin({ url: `/api/v1/alerts/${name}/history` })).json().items).toHaveLength(1);
    expect((await server.store.audit.list({ action: 'alerts.status' }, { limit: 10 })).items).toHaveLength(1);
  });

  it('is nothing to who may not see it, and not to be changed by a reader', async () => {
    const stranger = await server.as('Owner', OTHER);
    const reader = await server.as('Security Reader');
    const patch = { method: 'PATCH', url: `/api/v1/alerts/${name}`, payload: { status: 'Resolved' } } as const;

    expect((await stranger({ url: `/api/v1/alerts/${name}` })).statusCode).toBe(404);
    expect((await stranger(patch)).statusCode).toBe(404);
    expect((await reader(patch)).statusCode).toBe(403);
  });
});

it('refuses what it does not understand, and says where', async () => {
  const get = await server.as('Security Reader');
  const answers = await Promise.all(
    ['limit=0', 'severity=Extreme', 'from=yesterday', 'cursor=x'].map((query) =>
      get({ url: `/api/v1/alerts?${query}` }),
    ),
  );

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400, 400]);
  expect(answers[0]!.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answers[0]!.json()).toMatchObject({ code: 'InvalidRequest', detail: expect.stringContaining('limit') });
});
