import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type Archive, openArchive } from '../../src/archive/open-archive.ts';
import { searchActivities } from '../../src/archive/search-activities.ts';
import { blockOf, DAY_MS, START, statement } from '../../src/archive/testkit-activities.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { runScript } from './kills.ts';

const FAULTS = ['archive-written:1', 'archive-moved:1', 'archive-renamed:2', 'archive-listed:1', 'archive-moved:3'];
const ROWS = 40;

async function opened<T>(directory: string, use: (archive: Archive, store: Store) => Promise<T>): Promise<T> {
  const store = await openStore('sqlite:vedette.db', { directory });
  const archive = await openArchive(join(directory, 'archive'), store.archive);
  try {
    return await use(archive, store);
  } finally {
    await archive.close();
    await store.close();
  }
}

it('erases all of one and nothing of others, wherever it is killed', { timeout: 600_000 }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'vedette-erased-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  await opened(directory, async (archive, store) => {
    const rows = Array.from({ length: ROWS }, (_, byteOffset) => {
      const principal = byteOffset % 2 === 0 ? 'alice' : 'bob';
      return statement({ byteOffset, principal, time: START + (byteOffset % 3) * DAY_MS });
    });
    const end = await archive.append(1, [blockOf(rows)]);
    const [owner] = await store.state.claim([1], 'test');
    await store.state.checkpoint([{ owner: owner!, resources: [], spooled: { archive: archive.id, end } }]);
  });
  const signals: (string | null)[] = [];
  for (const fault of FAULTS) {
    signals.push((await runScript('killed-eraser.ts', [directory], { VEDETTE_FAULT: fault })).signal);
  }
  const last = await runScript('killed-eraser.ts', [directory]);
  const { items } = await opened(directory, (archive) =>
    searchActivities(archive, { from: 0, to: START + 99 * DAY_MS }, { limit: 100 }),
  );

  expect(signals.filter((signal) => signal === 'SIGKILL').length).toBeGreaterThan(2);
  expect([last.code, last.errors]).toEqual([0, '']);
  expect(items.map(({ offset = 0 }) => offset).sort((a, b) => a - b)).toEqual(
    Array.from({ length: ROWS / 2 }, (_, i) => 2 * i + 1),
  );
});
