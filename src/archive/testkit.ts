import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Resource } from '../model/resource.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { type Archive, openArchive } from './open-archive.ts';
import { blockOf, type Happened, orders } from './testkit-activities.ts';

export * from './testkit-activities.ts';

export interface TestArchive {
  archive: Archive;
  store: Store;
  directory: string;
  /** Puts activities where the engine does, and commits them. */
  put(happened: readonly Happened[], resource?: Resource, shard?: number): Promise<void>;
  /** Ends the process that has it, as a crash would: nothing more is written. */
  reopen(): Promise<void>;
}

/** A real archive over a real store. @param afterwards when it is removed: behind a test, or `afterAll` */
export async function testArchive(
  afterwards: (remove: () => Promise<void>) => void = onTestFinished,
): Promise<TestArchive> {
  const directory = mkdtempSync(join(tmpdir(), 'vedette-archive-'));
  const store = await openStore('sqlite:vedette.db', { directory });
  const owners = await store.state.claim([0, 1, 2, 3], 'test');
  const it = { store, directory } as unknown as TestArchive;
  const open = async () => {
    it.archive = await openArchive(join(directory, 'archive'), store.archive);
  };
  await open();
  afterwards(async () => {
    await it.archive.close();
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return Object.assign(it, {
    put: async (happened: readonly Happened[], resource = orders, shard = 1) => {
      const end = await it.archive.append(shard, [blockOf(happened, resource)]);
      const spooled = { archive: it.archive.id, end };
      await store.state.checkpoint([{ owner: owners[shard]!, resources: [], spooled }]);
      it.archive.noteCommitted(shard, end);
    },
    reopen: async () => {
      await it.archive.close();
      await open();
    },
  });
}
