import { expect, it } from 'vitest';
import { aResource, aWrite, overEveryStore, START } from './testkit.ts';

const orders = aResource('orders').key;
const fact = { about: 'place', principal: 'alice', value: 'Lab' } as const;
const decision = (resourceKey: string, time: number) =>
  ({ resourceKey, body: { kind: 'pin', fact }, by: 'ada', time }) as const;

overEveryStore('the decision store', (use) => {
  it('numbers decisions in order, whoever makes them at once, and tells of one resource or all', async () => {
    const { decisions, settings } = use().store;
    const before = await settings.revision();
    const made = await Promise.all(
      [1, 2, 3].map((n) => decisions.append(decision(n === 2 ? 'other' : orders, START + n))),
    );
    const numbers = made.map(({ sequence }) => sequence).sort((a, b) => a - b);
    const first = numbers[0]! - 1;
    await decisions.place(numbers[0]!, START + 60);

    expect(numbers).toEqual([first + 1, first + 2, first + 3]);
    expect((await decisions.after(first, 10)).map(({ sequence }) => sequence)).toEqual(numbers);
    expect((await decisions.after(first, 10, 'other')).map(({ time }) => time)).toEqual([START + 2]);
    expect(await decisions.after(first, 1)).toEqual([
      expect.objectContaining({ sequence: numbers[0], eventTime: START + 60, by: 'ada', body: { kind: 'pin', fact } }),
    ]);
    expect(await settings.revision()).toBeGreaterThan(before);
  });

  it('takes dismissing an alert for a decision about what it tells of, and no other change', async () => {
    const { alerts, decisions } = use().store;
    const matters = [
      { detector: 'unusual-location', key: 'alice|DE', severity: 'Low', score: 3.1, unit: 'nats' },
    ] as const;
    const sealed = new Uint8Array([1, 2, 3]);
    await alerts.upsertOwn([aWrite(1, { background: { matters, sealed } }), aWrite(2)]);
    const last = (await decisions.append(decision(orders, START))).sequence;
    for (const n of [1, 2]) {
      for (const status of ['Resolved', 'Active', 'Dismissed'] as const) {
        await alerts.changeStatus(aWrite(n).alert.name, { status, by: 'ada', time: START });
      }
    }

    expect(await alerts.background(aWrite(1).alert.name)).toEqual({ matters, sealed });
    expect((await decisions.after(last, 10)).map(({ body, resourceKey }) => ({ body, resourceKey }))).toEqual([
      { body: { kind: 'accept', alert: aWrite(1).alert.name, matters }, resourceKey: orders },
    ]);
  });

  it('has one say something else', async () => {
    const { decisions } = use().store;
    const { sequence } = await decisions.append(decision(orders, START));
    const body = { kind: 'unpin', fact } as const;
    await decisions.amend(sequence, body);

    expect(await decisions.after(sequence - 1, 1)).toMatchObject([{ sequence, body, by: 'ada' }]);
  });

  it('forgets old ones', async () => {
    const { decisions } = use().store;
    const { sequence } = await decisions.append(decision(orders, START + 1000));
    while ((await decisions.prune(START + 1000, 2)) > 0) {
      // in pieces
    }

    expect((await decisions.after(0, 100)).map((one) => one.sequence)).toEqual([sequence]);
  });
});
