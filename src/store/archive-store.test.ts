import { expect, it } from 'vitest';
import type { ArchiveFile } from './archive-store.ts';
import { overEveryStore, START } from './testkit.ts';

const HOUR_MS = 3_600_000;
const file = (name: string, hour: number): ArchiveFile => ({
  name,
  kind: 'activities',
  period: START + hour * HOUR_MS,
  fromTime: START + hour * HOUR_MS,
  toTime: START + hour * HOUR_MS + 1000,
  rows: 2,
  bytes: 100,
});

overEveryStore('the archive', (use) => {
  it('commits the spool with the checkpoint of its shard, and not for one who lost it', async () => {
    const { state, archive } = use().store;
    const [old] = await state.claim([5], 'a');
    await state.checkpoint([{ owner: old!, resources: [], spooled: { archive: 'x', end: 100 } }]);
    const [owner] = await state.claim([5], 'b');

    await expect(
      state.checkpoint([{ owner: old!, resources: [], spooled: { archive: 'x', end: 200 } }]),
    ).rejects.toMatchObject({
      code: 'stale-epoch',
    });
    expect(await archive.spools('x')).toEqual([{ shard: 5, committed: 100, converted: 0 }]);
    await state.checkpoint([{ owner: owner!, resources: [], spooled: { archive: 'x', end: 150 } }]);
    expect(await archive.spools('x')).toEqual([{ shard: 5, committed: 150, converted: 0 }]);
    expect(await archive.spools('y')).toEqual([]);
  });

  it('names files and what they were made of together, once', async () => {
    const { state, archive } = use().store;
    const [owner] = await state.claim([6], 'a');
    await state.checkpoint([{ owner: owner!, resources: [], spooled: { archive: 'z', end: 100 } }]);
    const change = { add: [file('one', 0)], converted: [{ shard: 6, from: 0, to: 100 }] };
    await archive.change('z', change);

    await expect(archive.change('z', { ...change, add: [file('two', 0)] })).rejects.toMatchObject({ code: 'conflict' });
    await expect(
      archive.change('z', { converted: [{ shard: 6, from: 100, to: 101 }] }), // more than is committed
    ).rejects.toMatchObject({ code: 'conflict' });
    expect((await archive.files('z', { kind: 'activities' })).map(({ name }) => name)).toEqual(['one']);
    expect(await archive.spools('z')).toEqual([{ shard: 6, committed: 100, converted: 100 }]);
  });

  it('replaces files, all or none, and finds them by time', async () => {
    const { archive } = use().store;
    await archive.change('w', { add: [file('a', 0), file('b', 1), file('c', 2)] });
    await archive.change('w', {
      add: [{ ...file('ab', 0), toTime: START + HOUR_MS + 1000, rows: 4 }],
      remove: ['a', 'b'],
    });

    await expect(archive.change('w', { add: [file('d', 3)], remove: ['c', 'a'] })).rejects.toMatchObject({
      code: 'conflict',
    });
    const namesOf = async (from?: number, to?: number) =>
      (await archive.files('w', { kind: 'activities', ...(from && { from }), ...(to && { to }) })).map(
        ({ name }) => name,
      );
    expect(await namesOf()).toEqual(['c', 'ab']);
    expect(await namesOf(START + HOUR_MS + 1001)).toEqual(['c']);
    expect(await namesOf(undefined, START + 2 * HOUR_MS)).toEqual(['ab']);
    expect(await archive.size('w')).toEqual({
      files: 2,
      rows: 6,
      bytes: 200,
      fromTime: START,
      toTime: START + 2 * HOUR_MS + 1000,
    });
  });
});
