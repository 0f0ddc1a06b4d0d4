import { expect, it } from 'vitest';
import { retain } from './retention.ts';
import { aResource, aWrite, overEveryStore, START } from './testkit.ts';

const HOUR_MS = 3_600_000;
const KEEP = { alertDays: 0, outboxDays: 30, maxBytes: 0, maxStateBytes: 0 };

overEveryStore('retention', (use) => {
  it('removes what is old, and nothing else', async () => {
    const { store } = use();
    await store.alerts.upsertOwn(Array.from({ length: 1200 }, (_, n) => aWrite(n)));

    expect(await retain(store, KEEP, START + 1e12)).toBe(0);
    expect(await retain(store, { ...KEEP, alertDays: 1 }, START + 24 * HOUR_MS + 700 * HOUR_MS)).toBe(700);
    expect((await store.alerts.count({})).map(({ count }) => count)).toEqual([500]);
  });

  it('keeps alerts of a resource as long as people decided about it', async () => {
    const { store } = use();
    const writes = Array.from({ length: 30 }, (_, n) => ({ ...aWrite(5000 + n), resourceKey: `/r/${n % 3}` }));
    await store.alerts.upsertOwn(writes);
    const ownDays = async () =>
      new Map([
        ['/r/0', 0],
        ['/r/1', 2],
      ]);
    const left = async () =>
      (await store.alerts.list({ scopes: ['/r'] }, { limit: 100 })).items.map((it) => it.resourceKey);
    const ended = START + 5030 * HOUR_MS;

    await retain(store, { ...KEEP, alertDays: 30 }, ended + 3 * 24 * HOUR_MS, ownDays);
    expect(new Set(await left())).toEqual(new Set(['/r/0', '/r/2']));
    await retain(store, { ...KEEP, alertDays: 30 }, ended + 31 * 24 * HOUR_MS, ownDays);
    expect(new Set(await left())).toEqual(new Set(['/r/0']));
    await retain(store, { ...KEEP, alertDays: 1 }, ended + 40 * 24 * HOUR_MS);
    expect(await left()).toEqual([]);
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

  it('removes what was learned of resources that are gone, after two months', async () => {
    const { store } = use();
    const resource = aResource('kept');
    await store.resources.put({ resource, origin: 'configured', time: START });
    const [owner] = await store.state.claim([11], 'test');
    const keys = [resource.key, '/gone', 'streams'];
    const state = Uint8Array.of(1);
    const resources = keys.map((resourceKey) => ({ resourceKey, state, positions: state }));
    await store.state.checkpoint([{ owner: owner!, resources }]);
    const left = async () => (await store.state.load(11)).map(({ resourceKey }) => resourceKey).sort();

    await retain(store, KEEP, Date.now() + 59 * 24 * HOUR_MS);
    expect(await left()).toEqual([...keys].sort());
    await retain(store, KEEP, Date.now() + 61 * 24 * HOUR_MS);
    expect(await left()).toEqual([resource.key, 'streams'].sort());
  });

  it('removes what was learned of the resources silent for longest when it takes too much, and of no other', async () => {
    const { store } = use();
    const [owner] = await store.state.claim([12], 'test');
    const state = new Uint8Array(1000);
    const save = (resourceKey: string) =>
      store.state.checkpoint([{ owner: owner!, resources: [{ resourceKey, state, positions: new Uint8Array() }] }]);
    const before = await store.state.bytes();
    for (let n = 0; n < 50; n++) {
      await save(`/silent/${n}`);
    }
    await save('streams-of-others');
    const limits = { ...KEEP, maxStateBytes: before + 15_000 };

    await retain(store, limits, Date.now() + 6 * 24 * HOUR_MS);
    expect(await store.state.bytes()).toBe(before + 50_000);
    await retain(store, limits, Date.now() + 8 * 24 * HOUR_MS);
    expect(await store.state.bytes()).toBeLessThanOrEqual(before + 15_000);
    expect((await store.state.load(12)).map(({ resourceKey }) => resourceKey)).toContain('streams-of-others');
  });
});
