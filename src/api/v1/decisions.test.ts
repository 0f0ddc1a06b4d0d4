import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAlert, GROUP, ORDERS, OTHER, raise, SUBSCRIPTION, type TestServer, testServer } from '../testkit.ts';

const START = Date.UTC(2026, 10, 17, 2);
const UNTIL = '2026-12-24T00:00:00.000Z';
const guess = anAlert({ startTime: START, endTime: START });
const other = anAlert({ startTime: START + 1, endTime: START + 1, dedupKey: 'other' });
let server: TestServer;

beforeAll(async () => {
  server = await testServer();
  await raise(server.store, [guess, other]);
});
afterAll(() => server.close());

describe('comments', () => {
  it('of who may change an alert are read by all who see it, and outlive a restart', async () => {
    const admin = await server.as('Security Admin', GROUP);
    const url = `/api/v1/alerts/${guess.name}/comments`;
    const added = await admin({ method: 'POST', url, payload: { text: ' That was our <b>scanner</b>. ' } });
    await server.restart();
    const reader = await server.as('Security Reader', ORDERS);
    const stranger = await server.as('Owner', OTHER);

    expect(added.statusCode).toBe(201);
    expect((await reader({ url })).json().items).toMatchObject([{ text: 'That was our <b>scanner</b>.' }]);
    expect((await reader({ method: 'POST', url, payload: { text: 'x' } })).statusCode).toBe(403);
    expect((await stranger({ url })).statusCode).toBe(404);
  });
});

describe('many alerts', () => {
  it('are changed at once, and of each is told what became of it', async () => {
    const admin = await server.as('Security Admin', GROUP);
    const change = (names: string[]) =>
      admin({ method: 'POST', url: '/api/v1/alert-status-changes', payload: { names, status: 'InProgress' } });

    expect((await change([guess.name, 'no-such'])).json().items).toEqual([
      { name: guess.name, outcome: 'changed' },
      { name: 'no-such', outcome: 'not-found' },
    ]);
    expect((await change([guess.name])).json().items).toEqual([{ name: guess.name, outcome: 'unchanged' }]);
  });
});

describe('expected rules', () => {
  it('are made within the caller’s scope, kept, changed by who saw the last state, and removed', async () => {
    const admin = await server.as('Security Admin', GROUP);
    const rule = { scope: ORDERS, principal: 'admin', until: UNTIL, reason: 'pen test' };
    const made = await admin({ method: 'POST', url: '/api/v1/expected-rules', payload: rule });
    const { id, etag } = made.json();
    const put = (match: string) =>
      admin({
        method: 'PUT',
        url: `/api/v1/expected-rules/${id}`,
        headers: { 'if-match': match },
        payload: { ...rule, reason: 'until Christmas' },
      });
    await server.restart();
    const [first, second] = [await put(`"${etag}"`), await put(`"${etag}"`)];

    expect(made.json()).toMatchObject({ scope: ORDERS.toLowerCase(), principal: 'admin', until: UNTIL, isOver: false });
    expect([first.statusCode, second.statusCode]).toEqual([200, 412]);
    expect((await admin({ url: `/api/v1/expected-rules/${id}` })).json().reason).toBe('until Christmas');
    expect((await admin({ method: 'DELETE', url: `/api/v1/expected-rules/${id}` })).statusCode).toBe(204);
    expect((await admin({ url: '/api/v1/expected-rules' })).json().items).toEqual([]);
  });

  it('silence neither whole detectors nor what is not the caller’s', async () => {
    const admin = await server.as('Security Admin', GROUP);
    const post = (payload: object) => admin({ method: 'POST', url: '/api/v1/expected-rules', payload });
    const rule = { scope: ORDERS, until: UNTIL, reason: 'x' };

    expect((await post({ ...rule, detector: 'brute-force' })).json().detail).toContain('silence whole detectors');
    expect((await post({ ...rule, scope: '/', principal: 'a' })).statusCode).toBe(403);
    expect((await post({ ...rule, scope: OTHER, principal: 'a' })).statusCode).toBe(403);
  });

  it('tell beforehand what they would have hidden', async () => {
    const reader = await server.as('Security Reader');
    const preview = async (payload: object) =>
      (await reader({ method: 'POST', url: '/api/v1/expected-rules/preview', payload })).json();
    const [address] = guess.properties.entities.filter(({ type }) => type === 'ip').map((ip) => String(ip.address));

    expect(await preview({ network: `${address}/32` })).toMatchObject({
      days: 90,
      looked: 2,
      hidden: 2,
      isWhole: true,
    });
    expect(await preview({ network: '192.0.2.0/30', detector: 'brute-force' })).toMatchObject({ looked: 2, hidden: 0 });
    expect(await preview({ scope: OTHER, network: `${address}/32` })).toMatchObject({ looked: 0, hidden: 0 });
  });
});

describe('suppressions', () => {
  it('are the same to portal and Azure’s clients', async () => {
    const admin = await server.as('Security Admin', `/subscriptions/${SUBSCRIPTION}`);
    const url = `/api/v1/suppressions/${SUBSCRIPTION}/scanner`;
    const conditions = [{ field: 'entities.ip.address', oneOf: ['203.0.113.7'] }];
    const put = await admin({ method: 'PUT', url, payload: { alertType: '*', reason: 'Other', conditions } });
    await server.restart();
    const azure = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Security/alertsSuppressionRules`;
    const again = await server.as('Security Admin', `/subscriptions/${SUBSCRIPTION}`);
    const { value } = (await again({ url: `${azure}?api-version=2019-01-01-preview` })).json();

    expect(put.json()).toMatchObject({ name: 'scanner', state: 'Enabled', isBroad: false, conditions });
    expect(value).toMatchObject([
      {
        name: 'scanner',
        properties: { suppressionAlertsScope: { allOf: [{ field: 'entities.ip.address', in: ['203.0.113.7'] }] } },
      },
    ]);
    expect((await again({ method: 'DELETE', url })).statusCode).toBe(204);
    expect((await again({ url })).statusCode).toBe(404);
  });

  it('tell beforehand what they would have hidden', async () => {
    const reader = await server.as('Security Reader');
    const payload = { subscriptionId: SUBSCRIPTION, alertType: guess.properties.alertType.toLowerCase() };
    const answer = await reader({ method: 'POST', url: '/api/v1/suppressions/preview', payload });

    expect(answer.json()).toMatchObject({ looked: 2, hidden: 2 });
  });
});
