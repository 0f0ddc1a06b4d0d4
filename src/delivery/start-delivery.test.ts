import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeliveryError } from '../notifiers/delivery-error.ts';
import type { Channel, Notice } from '../notifiers/notifier.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { aWrite, START, temporaryDirectory } from '../store/testkit.ts';
import { type Delivery, startDelivery } from './start-delivery.ts';

const HOUR_MS = 3_600_000;
const directory = temporaryDirectory();

let store: Store;
let delivery: Delivery | undefined;
let now: number;
let told: string[];
let answer: (notices: readonly Notice[]) => Error | undefined;
let file = 0;

let channel: Channel;

beforeEach(async () => {
  store = await openStore(`sqlite:${directory}/${file++}.db`);
  now = START;
  told = [];
  answer = () => undefined;
  channel = {
    batch: 10,
    async deliver(notices) {
      const error = answer(notices);
      if (error !== undefined) {
        throw error;
      }
      told.push(...notices.map(({ id }) => id));
    },
    close: async () => {},
  };
});

afterEach(async () => {
  await delivery?.stop();
  delivery = undefined;
  await store.close();
});

function start(): void {
  const { outbox, alerts } = store;
  const log = { warn: () => {} };
  const ports = {
    outbox,
    alerts,
    owner: `host ${process.pid}`,
    portalUrl: undefined,
    clock: () => now,
    random: () => 0.5,
    log,
  };
  delivery = startDelivery((id) => (id === 'ops' ? channel : undefined), ports);
}

/** The n-th alert in some version, to be told on a channel. */
async function raise(n: number, version = 1, id = 'ops'): Promise<string> {
  const write = aWrite(n, { version });
  const message = { alertName: write.alert.name, alertVersion: version, channel: id, dueTime: now };
  await store.alerts.upsertOwn([write], [{ ...message, payload: { plannedTime: now } }]);
  return `${write.alert.name}/${version}/${id}`;
}

/** Patience for a machine that is busy with other tests. */
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 120_000 });

describe('delivery', () => {
  it('tells what is in the outbox, once, and marks it', async () => {
    const ids = [await raise(1), await raise(2)];
    start();

    await eventually(() => expect(told.toSorted()).toEqual(ids.toSorted()));
    await eventually(async () => expect(await store.outbox.get(ids[0]!)).toMatchObject({ state: 'sent' }));
  });

  it('tells an alert once that became graver before it was told', async () => {
    const [mild, grave] = [await raise(1, 1), await raise(1, 2)];
    start();

    await eventually(() => expect(told).toEqual([grave]));
    await eventually(async () => expect(await store.outbox.get(mild!)).toMatchObject({ state: 'silenced' }));
  });

  it('tells what people decided behind all that was told before', async () => {
    const ids = [await raise(1, 2), await raise(1, START)];
    start();

    await eventually(() => expect(told).toEqual(ids));
  });

  it('lets a grave alert not wait for a milder one that waits for its digest', async () => {
    now -= HOUR_MS;
    const grave = `${aWrite(1).alert.name}/4/ops`;
    const write = aWrite(1, { version: 1 });
    const mild = { alertName: write.alert.name, alertVersion: 2, channel: 'ops', dueTime: now + 24 * HOUR_MS };
    await store.alerts.upsertOwn([write], [mild]);
    start();
    await raise(1, 4);

    await eventually(() => expect(told).toEqual([grave]));
  });

  it('tells nothing twice that the store could not note', async () => {
    const id = await raise(1);
    const markSent = vi.spyOn(store.outbox, 'markSent').mockRejectedValueOnce(new Error('The disk is full.'));
    start();
    await eventually(() => expect(told).toEqual([id]));
    await eventually(() => expect(markSent).toHaveBeenCalledTimes(1));
    now += HOUR_MS; // its lease is over

    await eventually(async () => expect(await store.outbox.get(id)).toMatchObject({ state: 'sent' }));
    expect(told).toEqual([id]);
  });

  it('leaves a receiver alone that is away, and tells everything when it is back', async () => {
    answer = () => new Error('connection refused');
    const id = await raise(1);
    start();
    await eventually(async () =>
      expect(await store.outbox.get(id)).toMatchObject({ state: 'waiting', lastError: 'connection refused' }),
    );
    answer = () => undefined;
    const later = await raise(2);
    now += HOUR_MS;

    await eventually(() => expect(told.toSorted()).toEqual([id, later].toSorted()));
  });

  it('lets the rest through where the receiver stumbles over one alert', async () => {
    const ids = [await raise(1), await raise(2), await raise(3)];
    answer = (notices) => (notices.some(({ id }) => id === ids[0]) ? new Error('answered 500') : undefined);
    channel = { ...channel, batch: 1 };
    start();

    await eventually(() => {
      now += 1000;
      expect(told.toSorted()).toEqual([ids[1], ids[2]].toSorted());
    });
    await eventually(async () =>
      expect(await store.outbox.get(ids[0]!)).toMatchObject({ state: 'waiting', lastError: 'answered 500' }),
    );
  });

  it('buries what the receiver refuses for good, and tells the rest', async () => {
    const ids = [await raise(1), await raise(2), await raise(3)];
    answer = (notices) =>
      notices.some(({ id }) => id === ids[1]) ? new DeliveryError('not like this', { isPermanent: true }) : undefined;
    start();

    await eventually(() => expect(told.toSorted()).toEqual([ids[0], ids[2]].toSorted()));
    await eventually(async () =>
      expect(await store.outbox.get(ids[1]!)).toMatchObject({ state: 'dead', lastError: 'not like this' }),
    );
  });

  it('takes over at once what a killed server had in hand', async () => {
    const id = await raise(1);
    const claim = { channel: 'ops', time: now, leaseMs: HOUR_MS, limit: 10 };
    expect(await store.outbox.claim({ ...claim, by: 'elsewhere 1' })).toHaveLength(1);
    const other = await raise(2);
    expect(await store.outbox.claim({ ...claim, by: 'host 4194305' })).toHaveLength(1); // beyond all processes of Linux
    start();

    await eventually(() => expect(told).toEqual([other]));
    now += HOUR_MS;
    await eventually(() => expect(told).toEqual([other, id]));
  });

  it('gives up after a day', async () => {
    answer = () => new Error('connection refused');
    const id = await raise(1);
    now += 25 * HOUR_MS;
    start();

    await eventually(async () => expect(await store.outbox.get(id)).toMatchObject({ state: 'dead' }));
  });

  it('is not held up by a channel that the configuration no longer knows', async () => {
    await raise(1, 1, 'gone');
    const id = await raise(2);
    start();

    await eventually(() => expect(told).toEqual([id]));
  });
});
