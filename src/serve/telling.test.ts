import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChannelPlan, NotificationPlan } from '../config/notifications-schema.ts';
import type { Delivery } from '../delivery/start-delivery.ts';
import { tellingDecisions } from '../delivery/telling-decisions.ts';
import { NOTIFIERS } from '../notifiers/index.ts';
import { MAINTENANCE_KIND } from '../protection/maintenance-windows.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { aResource, aWrite, START, temporaryDirectory } from '../store/testkit.ts';
import { openTelling, type Telling } from './telling.ts';

const SECRET = `whsec_${Buffer.alloc(24, 3).toString('base64')}`;
const directory = temporaryDirectory();

let store: Store;
let hook: Server;
let received: { path: string; status: string; name: string }[];
let delivery: Delivery | undefined;
let file = 0;

beforeEach(async () => {
  store = await openStore(`sqlite:${directory}/${file++}.db`);
  await store.resources.put({ resource: aResource('orders'), origin: 'configured', time: START });
  received = [];
  hook = createServer((request, response) => {
    void text(request).then((body) => {
      const { name, properties } = JSON.parse(body) as { name: string; properties: { status: string } };
      received.push({ path: request.url ?? '', status: properties.status, name });
      response.writeHead(request.url === '/broken' ? 410 : 204).end();
    });
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await delivery?.stop();
  delivery = undefined;
  await store.close();
  await new Promise((resolve) => hook.close(resolve));
});

function channelOf(name: string, rules: Partial<ChannelPlan> = {}): ChannelPlan {
  const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/${name}`;
  const settings = { url, secret: SECRET, body: 'azure' };
  return { name, notifier: 'webhook', minimalSeverity: 'Low', only: [], except: [], settings, ...rules };
}

function tell(plan: Partial<NotificationPlan>): Telling {
  return openTelling(
    { channels: [], maintenance: [], ...plan },
    { store, notifiers: NOTIFIERS, declared: () => undefined, version: '0', clock: Date.now, note: () => {} },
  );
}

async function raise(telling: Telling, n: number, properties = {}): Promise<string> {
  const write = aWrite(n, { detectedTime: Date.now() }, properties);
  await store.alerts.upsertOwn([write], await telling.routing(write));
  return write.alert.name;
}

/** Patience for a machine that is busy with other tests. */
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 120_000 });

describe('a decision about an alert', () => {
  it('is told behind the alert on channels that want it, in the transaction of the decision', async () => {
    const telling = tell({ channels: [channelOf('ops')] });
    const name = await raise(telling, 1);
    delivery = telling.start(undefined, 'test');
    await eventually(() => expect(received).toEqual([{ path: '/ops', status: 'Active', name }]));

    const decided = tellingDecisions(store, telling.decisions);
    await decided.alerts.changeStatus(name, { status: 'Resolved', by: 'olga', time: Date.now() });

    await eventually(() => expect(received.at(-1)).toEqual({ path: '/ops', status: 'Resolved', name }));
    expect(received).toHaveLength(2);
  });

  it('keeps what was not told yet from being told, where the alert was dismissed', async () => {
    const telling = tell({ channels: [channelOf('ops')] });
    const name = await raise(telling, 1);
    await store.alerts.changeStatus(name, { status: 'Dismissed', by: 'olga', time: Date.now() });
    delivery = telling.start(undefined, 'test');

    await eventually(async () =>
      expect((await store.outbox.list({}, { limit: 5 })).items).toMatchObject([
        { state: 'silenced', lastError: 'dismissed by olga before it was told' },
      ]),
    );
    expect(received).toEqual([]);
  });
});

describe('another configuration', () => {
  it('holds for what is told from then on', async () => {
    const telling = tell({ channels: [channelOf('ops')] });
    delivery = telling.start(undefined, 'test');
    await raise(telling, 1);
    await eventually(() => expect(received.map(({ path }) => path)).toEqual(['/ops']));
    telling.change({ channels: [channelOf('siem'), channelOf('ops', { minimalSeverity: 'High' })], maintenance: [] });
    await raise(telling, 2);

    await eventually(() => expect(received.map(({ path }) => path)).toEqual(['/ops', '/siem']));
  });
});

describe('a test of a channel', () => {
  it('arrives marked as a test, and is kept nowhere', async () => {
    const { notifications } = tell({ channels: [channelOf('ops')] });

    expect(await notifications.test('ops', 'olga')).toBeUndefined();
    expect(received[0]?.name).toMatch(/^test-/);
    expect((await store.outbox.list({}, { limit: 5 })).items).toEqual([]);
  });

  it('tells what the receiver said', async () => {
    const { notifications } = tell({ channels: [channelOf('broken')] });

    expect(await notifications.test('broken', 'olga')).toContain('answered 410');
  });
});

describe('a preview', () => {
  const owner = { reason: 'patching', owner: 'dba' };

  it('lists who would have been told of which alerts, and what would have kept them', async () => {
    const telling = tell({
      channels: [channelOf('ops', { minimalSeverity: 'High' }), channelOf('all')],
      maintenance: [{ ...owner, once: { from: START, to: START + 1.5 * 3_600_000 } }],
    });
    const low = await raise(telling, 1, { severity: 'Low' });
    const high = await raise(telling, 2, { severity: 'High' });
    await raise(telling, 3, { severity: 'Informational' });

    const preview = await telling.notifications.preview({ from: START });

    expect(preview).toMatchObject({ examined: 3, matched: 2 });
    expect(preview.alerts.map(({ stored, channels, silenced }) => [stored.alert.name, channels, silenced])).toEqual([
      [high, ['ops', 'all'], undefined],
      [low, ['all'], 'maintenance: patching (dba)'],
    ]);
  });

  it('knows the windows that people made at run time', async () => {
    const telling = tell({ channels: [channelOf('ops')] });
    await raise(telling, 1, { severity: 'High' });
    const body = { ...owner, createdBy: 'dba', once: { from: START, to: START + 1.5 * 3_600_000 } };
    await store.documents.put({ kind: MAINTENANCE_KIND, scope: 'one', body, time: 0 });

    const { alerts } = await telling.notifications.preview({ from: START });

    expect(alerts.map(({ silenced }) => silenced)).toEqual(['maintenance: patching (dba)']);
  });

  it('tries rules that are not configured', async () => {
    const telling = tell({});
    await raise(telling, 1, { severity: 'Low' });
    const high = await raise(telling, 2, { severity: 'High' });
    const rule = { minimalSeverity: 'Informational', only: [{ severities: ['High'] }], except: [] } as const;

    const { alerts } = await telling.notifications.preview({ from: START, rule });

    expect(alerts.map(({ stored }) => stored.alert.name)).toEqual([high]);
  });
});

it('tells how each channel fares, and which are no more', async () => {
  const telling = tell({ channels: [channelOf('ops'), channelOf('gone')] });
  await raise(telling, 1);
  telling.change({ channels: [channelOf('ops')], maintenance: [] });

  expect(await telling.notifications.channels()).toMatchObject([
    { name: 'ops', kind: 'webhook', title: 'Webhook', waiting: 1, sent: 0 },
    { name: 'gone', kind: '', waiting: 1 },
  ]);
});
