import { expect, it } from 'vitest';
import { aResource, overEveryStore } from './testkit.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

overEveryStore('the state store', (use) => {
  it('gives each owner of a shard a higher epoch', async () => {
    const { state } = use().store;

    expect(await state.claims()).toEqual([]);
    expect(await state.claim([5, 3], 'one')).toMatchObject([
      { shard: 3, epoch: 1, owner: 'one' },
      { shard: 5, epoch: 1, owner: 'one' },
    ]);
    expect(await state.claim([5], 'two')).toMatchObject([{ shard: 5, epoch: 2 }]);
    expect(await state.claims()).toMatchObject([
      { shard: 3, epoch: 1, owner: 'one' },
      { shard: 5, epoch: 2, owner: 'two' },
    ]);
  });

  it('keeps states and positions, the latest of each resource', async () => {
    const { state } = use().store;
    const [owner] = await state.claim([9], 'test');
    const [orders, billing] = [aResource('orders').key, aResource('billing').key];
    const resources = [
      { resourceKey: orders, state: bytes(1, 0, 255), positions: bytes(7) },
      { resourceKey: billing, state: bytes(), positions: bytes(8) },
    ];

    await state.checkpoint([{ owner: owner!, resources }]);
    await state.checkpoint([
      { owner: owner!, resources: [{ resourceKey: orders, state: bytes(2), positions: bytes(9) }] },
    ]);

    expect(await state.load(9)).toEqual([
      { resourceKey: billing, state: bytes(), positions: bytes(8) },
      { resourceKey: orders, state: bytes(2), positions: bytes(9) },
    ]);
    expect(await state.load(10)).toEqual([]);
  });

  it('forgets what was learned of one resource, and of no other', async () => {
    const { state } = use().store;
    const [owner] = await state.claim([12], 'test');
    const resources = ['/a', '/b'].map((resourceKey) => ({ resourceKey, state: bytes(1), positions: bytes() }));
    await state.checkpoint([{ owner: owner!, resources }]);
    await state.remove('/a');

    expect((await state.load(12)).map(({ resourceKey }) => resourceKey)).toEqual(['/b']);
  });

  it('keeps states of several shards together, or none where one has a new owner', async () => {
    const { state } = use().store;
    const owners = await state.claim([20, 21], 'one');
    const parts = (value: number) =>
      owners.map((owner) => ({
        owner,
        resources: [{ resourceKey: `r${owner.shard}`, state: bytes(value), positions: bytes() }],
      }));

    await state.checkpoint(parts(1));
    expect((await state.load(21))[0]?.state).toEqual(bytes(1));
    await state.claim([21], 'two');
    await expect(state.checkpoint(parts(2))).rejects.toMatchObject({ code: 'stale-epoch' });
    expect((await state.load(20))[0]?.state).toEqual(bytes(1));
  });

  it('loads more resources than one read holds, and a state of megabytes', async () => {
    const { state } = use().store;
    const [owner] = await state.claim([11], 'test');
    const resources = Array.from({ length: 120 }, (_, n) => ({
      resourceKey: `r${String(n).padStart(3, '0')}`,
      state: new Uint8Array(n === 60 ? 5_000_000 : 10).fill(n),
      positions: bytes(n),
    }));

    await state.checkpoint([{ owner: owner!, resources }]);

    const loaded = await state.load(11);
    expect(loaded.map(({ resourceKey }) => resourceKey)).toEqual(resources.map(({ resourceKey }) => resourceKey));
    expect(loaded.every(({ state: kept }, n) => Buffer.compare(kept, resources[n]!.state) === 0)).toBe(true);
    expect(await state.sizes(1)).toMatchObject([{ resourceKey: 'r060', bytes: 5_000_001 }]);
  });
});
