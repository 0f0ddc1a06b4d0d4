import { describe, expect, it } from 'vitest';
import type { AlertFilter } from './alert-store.ts';
import type { Store } from './store.ts';
import { allPages, aResource, aWrite, overEveryStore, START } from './testkit.ts';

const orders = aResource('orders');
const billing = aResource('billing', 'Finance');
const HOUR_MS = 3_600_000;

overEveryStore('the alert store', (use) => {
  const owner = async () => (await use().store.state.claim([7], 'test'))[0]!;

  it('writes an alert once, whatever is judged again', async () => {
    const { alerts } = use().store;
    const shard = await owner();
    const later = aWrite(1, { version: 2, detectedTime: START + 9 }, { severity: 'High' });

    expect(await alerts.upsert(shard, [aWrite(1)])).toEqual(['inserted']);
    expect(await alerts.upsert(shard, [aWrite(1)])).toEqual(['unchanged']);
    expect(await alerts.upsert(shard, [later, aWrite(2)])).toEqual(['updated', 'inserted']);
    expect(await alerts.upsert(shard, [aWrite(1), later])).toEqual(['unchanged', 'unchanged']);
    expect(await alerts.get(later.alert.name)).toEqual({
      alert: later.alert,
      resourceKey: orders.key,
      version: 2,
      isHistorical: false,
      detectedTime: START + 1,
      changedTime: START + 9,
      etag: '2.0',
    });
    expect(await alerts.get('nothing')).toBeUndefined();
  });

  it('refuses what a former owner of the shard writes, and all that came with it', async () => {
    const { alerts, outbox } = use().store;
    const former = await owner();
    const present = await owner();
    const name = aWrite(3).alert.name;
    const message = { alertName: name, alertVersion: 1, channel: 'email', dueTime: START };

    expect(present.epoch).toBe(former.epoch + 1);
    await expect(alerts.upsert(former, [aWrite(3)], [message])).rejects.toMatchObject({
      code: 'stale-epoch',
      retryable: false,
    });
    expect(await alerts.get(name)).toBeUndefined();
    expect(await outbox.get(`${name}/1/email`)).toBeUndefined();
    expect(await alerts.upsert(present, [aWrite(3)], [message])).toEqual(['inserted']);
    expect(await outbox.get(`${name}/1/email`)).toMatchObject({ state: 'waiting' });
  });

  it('keeps what people decided when the engine goes on', async () => {
    const { alerts } = use().store;
    const name = aWrite(4).alert.name;
    await alerts.upsertOwn([aWrite(4)]);
    const dismissed = { status: 'Dismissed', by: 'ada', time: START + 60, reason: 'expected' } as const;

    const changed = await alerts.changeStatus(name, dismissed, '1.0');
    await alerts.upsertOwn([aWrite(4, { version: 2 })]);

    expect(changed).toMatchObject({
      etag: '1.1',
      statusChange: dismissed,
      alert: { properties: { status: 'Dismissed' } },
    });
    expect(await alerts.get(name)).toMatchObject({ etag: '2.1', alert: { properties: { status: 'Dismissed' } } });
    await expect(alerts.changeStatus(name, dismissed, '1.1')).rejects.toMatchObject({ code: 'conflict' });
    await expect(alerts.changeStatus(name, dismissed, 'none of ours')).rejects.toMatchObject({ code: 'conflict' });
    await expect(alerts.changeStatus('nothing', dismissed)).rejects.toMatchObject({ code: 'not-found' });
    await alerts.changeStatus(name, { status: 'Active', by: 'ben', time: START + 90 });
    expect(await alerts.statusChanges(name)).toEqual([dismissed, { status: 'Active', by: 'ben', time: START + 90 }]);
  });

  it('keeps comments in their order', async () => {
    const { alerts } = use().store;
    const alertName = aWrite(4).alert.name;
    const first = { id: 'b', alertName, by: 'ada', time: START, text: 'who is this?\0\uD800' };
    const second = { id: 'a', alertName, by: 'ben', time: START + 1, text: 'me' };

    await alerts.comment(second);
    await alerts.comment(first);

    expect(await alerts.comments(alertName)).toEqual([{ ...first, text: 'who is this?\uFFFD\uFFFD' }, second]);
    await expect(alerts.comment({ ...first, id: 'c', alertName: 'nothing' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('tells who listens of what changed, and only of that', async () => {
    const { alerts } = use().store;
    const told: string[][] = [];
    const stop = alerts.watch((names) => told.push([...names]));

    await alerts.upsertOwn([aWrite(5), aWrite(4)]);
    await alerts.upsertOwn([aWrite(5)]);
    await alerts.changeStatus(aWrite(5).alert.name, { status: 'Resolved', by: 'ada', time: START });
    stop();
    await alerts.upsertOwn([aWrite(5, { version: 2 })]);

    expect(told).toEqual([[aWrite(5).alert.name], [aWrite(5).alert.name]]);
  });
});

overEveryStore('lists of alerts', (use) => {
  const numbersOf = async (filter: AlertFilter, limit = 3): Promise<number[]> => {
    const found = await allPages((page) => use().store.alerts.list(filter, page), limit);
    return found.map(({ alert }) => Number(alert.name.slice(-12)));
  };

  it('begin empty', async () => {
    expect(await use().store.alerts.list({}, { limit: 10 })).toEqual({ items: [] });
    await fill(use().store);
  });

  it.each<[string, AlertFilter, number[]]>([
    ['all, newest first', {}, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
    ['by severity', { severities: ['High', 'Low'] }, [12, 10, 5, 0]],
    ['by status', { statuses: ['Dismissed'] }, [3]],
    ['by type', { alertTypes: ['SQL.PostgreSQL_GeoAnomaly'] }, [10]],
    ['by resource', { resourceKeys: [billing.key] }, [11, 7]],
    ['of a resource group', { scopes: [billing.key.slice(0, billing.key.indexOf('/providers'))] }, [11, 7]],
    [
      'of a subscription, whatever the casing',
      { scopes: ['/subscriptions/3F5A8C1E-6b2d-4e7f-9a10-c4d8e2b7f051/'] },
      [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ],
    ['of two scopes', { scopes: [billing.key, '/subscriptions/other'] }, [11, 7]],
    ['of no scope', { scopes: [] }, []],
    ['of a scope that only begins alike', { scopes: [billing.key.slice(0, -1)] }, []],
    ['of no severity', { severities: [] }, []],
    ['by start', { from: START + 4 * HOUR_MS, to: START + 6 * HOUR_MS }, [5, 4]],
    ['incidents', { isIncident: true }, [13]],
    ['historical ones', { isHistorical: true }, [1]],
    ['by intrusion', { correlationKey: 'correlation-6' }, [6]],
    ['by an address', { text: '203.0.113.8' }, [8]],
    ['by the beginning of a word, in any casing', { text: 'MEY guess' }, [13, 12, 11, 10, 9, 7, 6, 5, 4, 3, 2, 1, 0]],
    ['by a part of a name', { text: 'beta' }, [8]],
    ['by words of which one is not there', { text: 'meyer zebra' }, []],
    ['by what no word holds', { text: "%_' -- \0" }, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
    [
      'by all at once',
      { severities: ['Medium'], statuses: ['Active'], text: 'meyer', to: START + 3 * HOUR_MS },
      [2, 1],
    ],
  ])('are found %s', async (_, filter, expected) => {
    expect(await numbersOf(filter)).toEqual(expected);
    expect((await use().store.alerts.count(filter)).reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
  });

  it('are told apart where they start together, and paged without gap or repetition', async () => {
    const same = new Date(START + 100 * HOUR_MS).toISOString();
    await use().store.alerts.upsertOwn([20, 21, 22, 23].map((n) => aWrite(n, {}, { startTimeUtc: same })));

    expect((await numbersOf({}, 1)).slice(0, 5)).toEqual([23, 22, 21, 20, 13]);
    await use().store.alerts.prune(Number.MAX_SAFE_INTEGER, 0);
  });

  it('are counted by severity and status', async () => {
    expect(await use().store.alerts.count({ to: START + 6 * HOUR_MS })).toEqual([
      { severity: 'Low', status: 'Active', count: 2 },
      { severity: 'Medium', status: 'Active', count: 3 },
      { severity: 'Medium', status: 'Dismissed', count: 1 },
    ]);
  });

  it.each(['', 'x', 'W10', 'WyIwIiwxXQ', 'bnVsbA'])('refuse the cursor %j', async (cursor) => {
    await expect(use().store.alerts.list({}, { limit: 1, cursor })).rejects.toMatchObject({ code: 'bad-cursor' });
  });

  it('find an alert by what it says now, not by what it said', async () => {
    await use().store.alerts.upsertOwn([aWrite(8, { version: 2 }, { description: 'gamma' })]);

    expect(await numbersOf({ text: 'beta' })).toEqual([]);
    expect(await numbersOf({ text: 'gamma' })).toEqual([8]);
  });

  it('lose the oldest when they are pruned, with all that hangs on them', async () => {
    const { alerts, outbox } = use().store;
    const name = aWrite(0).alert.name;
    await alerts.comment({ id: 'c', alertName: name, by: 'ada', time: START, text: 'old' });
    await outbox.add([{ alertName: name, alertVersion: 1, channel: 'email', dueTime: START }]);

    expect(await alerts.prune(START + 2 * HOUR_MS, 10)).toBe(2);
    expect(await alerts.prune(START + 2 * HOUR_MS, 10)).toBe(0);
    expect(await alerts.pruneOldest(1)).toBe(1);
    expect(await alerts.comments(name)).toEqual([]);
    expect(await outbox.get(`${name}/1/email`)).toBeUndefined();
    expect(await numbersOf({ to: START + 6 * HOUR_MS })).toEqual([5, 4, 3]);
    expect(await numbersOf({ text: '203.0.113.1' })).toEqual([13, 12, 11, 10]);
  });
});

describe('a hostile alert', () => {
  overEveryStore('is kept as it is', (use) => {
    it('whatever its texts hold', async () => {
      const description = `'; drop table alert; -- \u202E <b>=cmd()</b> \\ " \u0001 ${'x'.repeat(10_000)} 数据 🏇`;
      const write = aWrite(1, {}, { description, entities: [{ nul: 'a\0b', half: '\uD800' }] });
      await use().store.alerts.upsertOwn([write]);

      expect((await use().store.alerts.get(write.alert.name))?.alert).toEqual(write.alert);
      expect((await use().store.alerts.list({ text: '数据' }, { limit: 5 })).items).toHaveLength(1);
    });
  });
});

async function fill({ alerts }: Store): Promise<void> {
  const writes = Array.from({ length: 14 }, (_, n) => {
    const resourceKey = n === 7 || n === 11 ? billing.key : orders.key;
    const severity = n === 12 || n === 10 ? 'High' : n === 5 || n === 0 ? 'Low' : 'Medium';
    return aWrite(
      n,
      { resourceKey, isHistorical: n === 1 },
      {
        severity,
        isIncident: n === 13,
        ...(n === 10 && { alertType: 'SQL.PostgreSQL_GeoAnomaly' }),
        ...(n === 8 && { description: 'alpha_beta@example.com at 203.0.113.8' }),
      },
    );
  });
  await alerts.upsertOwn(writes);
  await alerts.changeStatus(writes[3]!.alert.name, { status: 'Dismissed', by: 'ada', time: START });
}
