import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openArchive } from '../../src/archive/open-archive.ts';
import { searchActivities } from '../../src/archive/search-activities.ts';
import { blockOf, DAY_MS, START, statement } from '../../src/archive/testkit-activities.ts';
import { createSpooling } from '../../src/live/spooling.ts';
import { openStore } from '../../src/store/open-store.ts';

async function spooled(maxSpoolBytes: number) {
  const directory = mkdtempSync(join(tmpdir(), 'vedette-full-'));
  const store = await openStore('sqlite:vedette.db', { directory });
  const [owner] = await store.state.claim([1], 'test');
  const archive = await openArchive(join(directory, 'archive'), store.archive, maxSpoolBytes);
  onTestFinished(async () => {
    await archive.close();
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const notes: string[] = [];
  const spooling = createSpooling((text) => notes.push(text), archive);
  /** As the engine does; whatever becomes of the spool, the checkpoint is made. */
  const put = async (byteOffset: number) => {
    const activities = blockOf([statement({ byteOffset }), statement({ byteOffset: byteOffset + 1 })]);
    const row = { key: 'orders', shard: 1, state: Buffer.of(), positions: {}, activities };
    const spool = await spooling.spool(1, [row]);
    await store.state.checkpoint([{ owner: owner!, resources: [], ...(spool !== undefined && { spooled: spool }) }]);
    spooling.committed(1, spool);
  };
  const found = async () =>
    (await searchActivities(archive, { from: 0, to: START + DAY_MS }, { limit: 100 })).items.map(
      ({ offset }) => offset,
    );
  return { directory, archive, notes, put, found };
}

it('keeps no more than the spool may take, counts what is lost, and goes on when there is room', async () => {
  const { archive, notes, put, found } = await spooled(1);
  await put(10);
  await put(20);
  await put(30);

  expect(archive.lost).toEqual({ activities: 4, time: expect.any(Number), reason: 'its spool is full' });
  await archive.flush();
  await put(40);
  expect(await found()).toEqual([41, 40, 11, 10]);
  expect(notes).toEqual([
    'the archive cannot be written (its spool is full): detection goes on, activities are not kept',
    'the archive can be written again: activities are kept',
  ]);
});

it('loses what a disk does not take, and commits nothing of it', async () => {
  const { directory, archive, put, found } = await spooled(Number.POSITIVE_INFINITY);
  const inTheWay = join(directory, 'archive/spool/1');
  writeFileSync(inTheWay, '');
  await put(10);
  rmSync(inTheWay);
  await put(20);

  expect(archive.lost.activities).toBe(2);
  expect(await found()).toEqual([21, 20]);
});
