import { expect, it } from 'vitest';
import { retain } from './retention.ts';
import { aWrite, overEveryStore, START } from './testkit.ts';

const HOUR_MS = 3_600_000;
const KEEP = { alertDays: 0, outboxDays: 30, maxBytes: 0 };

overEveryStore('retention', (use) => {
  it('removes what is old, and nothing else', async () => {
    const { store } = use();
    await store.alerts.upsertOwn(Array.from({ length: 1200 }, (_, n) => aWrite(n)));

    expect(await retain(store, KEEP, START + 1e12)).toBe(0);
    expect(await retain(store, { ...KEEP, alertDays: 1 }, START + 24 * HOUR_MS + 700 * HOUR_MS)).toBe(700);
    expect((await store.alerts.count({})).map(({ count }) => count)).toEqual([500]);
  });

  it('removes the oldest alerts when there is too much', async () => {
    const { store } = use();
    await store.alerts.upsertOwn(
      Array.from({ length: 500 }, (_, n) => aWrite(2000 + n, {}, { extendedProperties: { more: 'x'.repeat(2000) } })),
    );
    const before = await store.bytes();
    const maxBytes = Math.round(before * 0.7);

    const removed = await retain(store, { ...KEEP, maxBytes }, START);

    expect(removed).toBeGreaterThan(100);
    expect(removed).toBeLessThan(900);
    expect(await store.bytes()).toBeLessThanOrEqual(maxBytes);
    expect(await store.alerts.get(aWrite(2499).alert.name)).toBeDefined();
    expect(await store.alerts.get(aWrite(700).alert.name)).toBeUndefined();
  });
});
