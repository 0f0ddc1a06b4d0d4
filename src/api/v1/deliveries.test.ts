import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anAlert, OTHER, raise, type TestServer, testServer } from '../testkit.ts';

let server: TestServer;
let tested: string[];

beforeEach(async () => {
  tested = [];
  server = await testServer({
    notifications: {
      channels: async () => [
        {
          name: 'ops',
          kind: 'webhook',
          title: 'Webhook',
          minimalSeverity: 'Low',
          only: [{ resources: ['prod-*'] }],
          except: [],
          waiting: 1,
          sent: 0,
          dead: 0,
          silenced: 0,
          waitingSince: 0,
        },
      ],
      test: async (channel, by) => {
        tested.push(`${channel} by ${by}`);
        return 'answered 503';
      },
      maintenance: () => [{ reason: 'move', owner: 'alex', resources: ['orders'], once: { from: 0, to: 1000 } }],
      preview: async ({ from, scopes }) => {
        const { items } = await server.store.alerts.list({ from, ...(scopes && { scopes }) }, { limit: 5 });
        return {
          examined: items.length,
          matched: items.length,
          alerts: items.map((stored) => ({ stored, channels: ['ops'] })),
        };
      },
    },
  });
});
afterEach(() => server.close());

async function tellAbout(state: 'waiting' | 'dead'): Promise<string> {
  const alert = anAlert();
  await raise(server.store, [alert]);
  await server.store.outbox.add([{ alertName: alert.name, alertVersion: 4, channel: 'ops', dueTime: 0 }]);
  const id = `${alert.name}/4/ops`;
  if (state === 'dead') {
    await server.store.outbox.bury(id, 'answered 410: gone');
  }
  return id;
}

it('times in which nobody is told are shown to who may see everything', async () => {
  const url = '/api/v1/notifications/maintenance';
  const reader = await server.as('Security Reader');
  const other = await server.as('Owner', OTHER);

  expect((await reader({ url })).json().items).toEqual([
    {
      reason: 'move',
      owner: 'alex',
      resources: ['orders'],
      once: { from: '1970-01-01T00:00:00.000Z', to: '1970-01-01T00:00:01.000Z' },
      origin: 'file',
    },
  ]);
  expect((await other({ url })).statusCode).toBe(403);
});

describe('a maintenance window', () => {
  const url = '/api/v1/notifications/maintenance';
  const once = { from: '2026-11-28T20:00:00.000Z', to: '2026-11-28T23:00:00.000Z' };

  it('is made by people, changed by who saw the last state, and removed; the audit log knows', async () => {
    const admin = await server.as('Security Admin');
    const made = await admin({ method: 'POST', url, payload: { reason: 'patching', once, resources: ['orders'] } });
    const { id, etag, owner } = made.json();
    const put = () =>
      admin({
        method: 'PUT',
        url: `${url}/${id}`,
        headers: { 'if-match': `"${etag}"` },
        payload: { reason: 'patching, part two', owner, once },
      });
    const [first, second] = [await put(), await put()];
    const listed = (await admin({ url })).json().items;
    const removed = await admin({ method: 'DELETE', url: `${url}/${id}` });
    const { items } = await server.store.audit.list({}, { limit: 9 });

    expect(made.json()).toMatchObject({ reason: 'patching', once, origin: 'override', createdBy: owner });
    expect([first.statusCode, second.statusCode]).toEqual([200, 412]);
    expect(listed).toMatchObject([{ reason: 'move' }, { id, reason: 'patching, part two' }]);
    expect([removed.statusCode, (await admin({ url })).json().items.length]).toEqual([204, 1]);
    expect(items.map(({ action }) => action).filter((action) => action.startsWith('maintenance.'))).toEqual([
      'maintenance.remove',
      'maintenance.change',
      'maintenance.add',
    ]);
  });

  it.each([
    ['without a time', {}],
    ['that ends before it begins', { once: { from: once.to, to: once.from } }],
    [
      'in a zone that there is not',
      { weekly: { days: ['monday'], from: '02:00', to: '04:00', timeZone: 'Mars/Olympus' } },
    ],
  ])('is refused %s', async (_, when) => {
    const admin = await server.as('Security Admin');

    expect((await admin({ method: 'POST', url, payload: { reason: 'x', ...when } })).statusCode).toBe(400);
  });

  it('is not made by who may only look', async () => {
    const reader = await server.as('Security Reader');

    expect((await reader({ method: 'POST', url, payload: { reason: 'x', once } })).statusCode).toBe(403);
  });
});

describe('deliveries', () => {
  it('are listed by state and channel, and told again by whoever may', async () => {
    const admin = await server.as('Security Admin');
    const id = await tellAbout('dead');
    const dead = await admin({ url: '/api/v1/deliveries?state=dead&channel=ops' });
    expect(dead.json().items).toMatchObject([{ id, state: 'dead', lastError: 'answered 410: gone' }]);

    const resent = await admin({ method: 'POST', url: `/api/v1/deliveries/${encodeURIComponent(id)}/resend` });

    expect(resent.statusCode).toBe(202);
    expect(resent.json()).toMatchObject({ id, state: 'waiting', attempts: 0 });
    expect((await server.store.audit.list({}, { limit: 1 })).items[0]).toMatchObject({ action: 'deliveries.resend' });
    expect((await admin({ url: `/api/v1/deliveries/${encodeURIComponent(id)}` })).json()).toMatchObject({ id });
  });

  it('that were given up on one channel are told again together', async () => {
    const admin = await server.as('Security Admin');
    await tellAbout('dead');

    const payload = { channel: 'ops' };
    const resent = await admin({ method: 'POST', url: '/api/v1/deliveries/resend', payload });

    expect(resent.json()).toEqual({ count: 1 });
    expect((await admin({ url: '/api/v1/deliveries?state=dead' })).json().items).toEqual([]);
  });

  it('that wait already, or are not there, cannot be told again', async () => {
    const admin = await server.as('Security Admin');
    const id = await tellAbout('waiting');

    const url = (it: string) => `/api/v1/deliveries/${encodeURIComponent(it)}/resend`;
    expect((await admin({ method: 'POST', url: url(id) })).statusCode).toBe(400);
    expect((await admin({ method: 'POST', url: url('nothing/1/ops') })).statusCode).toBe(404);
  });

  it('are no business of readers', async () => {
    const reader = await server.as('Security Reader');
    const id = encodeURIComponent(await tellAbout('dead'));

    expect((await reader({ url: '/api/v1/deliveries' })).statusCode).toBe(403);
    expect((await reader({ method: 'POST', url: `/api/v1/deliveries/${id}/resend` })).statusCode).toBe(403);
  });
});

describe('notifications', () => {
  it('list their channels, and try one', async () => {
    const admin = await server.as('Security Admin');
    const { items } = (await admin({ url: '/api/v1/notifications/channels' })).json();
    expect(items).toMatchObject([{ name: 'ops', kind: 'webhook', only: [{ resources: ['prod-*'] }] }]);

    const test = await admin({ method: 'POST', url: '/api/v1/notifications/channels/ops/test' });

    expect(test.json()).toEqual({ delivered: false, error: 'answered 503' });
    expect(tested).toEqual(['ops by user-1']);
    expect((await admin({ method: 'POST', url: '/api/v1/notifications/channels/none/test' })).statusCode).toBe(404);
  });

  it('preview what would have been told, as far as the caller may see', async () => {
    const reader = await server.as('Security Reader', '/subscriptions/00000000-0000-0000-0000-000000000001');
    const admin = await server.as('Security Admin');
    await raise(server.store, [anAlert()]);
    const url = '/api/v1/notifications/preview';

    const all = await admin({ method: 'POST', url, payload: { days: 365 } });
    const none = await reader({ method: 'POST', url, payload: { days: 365 } });

    expect(all.json()).toMatchObject({ matched: 1, items: [{ channels: ['ops'], severity: 'Medium' }] });
    expect(none.json()).toMatchObject({ matched: 0, items: [] });
    expect((await admin({ method: 'POST', url, payload: { channel: 'none' } })).statusCode).toBe(404);
  });
});
