import { mergeSmallFiles } from '../archive/compaction.ts';
import { type Archive, openArchive } from '../archive/open-archive.ts';
import { pruneStatements } from '../archive/prune-statements.ts';
import { keepWithin } from '../archive/retention.ts';
import type { ArchiveSettings } from '../config/archive-schema.ts';
import type { Store } from '../store/store.ts';

/** Files are made of what is committed this often, and at once when more than that waits; whoever searches waits for less. */
const FLUSH_MS = 15_000;
const LOOK_MS = 1000;
const FLUSH_BYTES = 32_000_000;
const MAINTAIN_MS = 600_000;
const PRUNE_MS = 86_400_000;

/** The archive at work. */
export interface Archiving {
  archive: Archive;
  stop(): Promise<void>;
}

/** Opens the archive, makes files of what is spooled, merges small ones and removes old ones, until it is stopped. */
export async function startArchiving(
  settings: ArchiveSettings,
  { archive: store }: Store,
  note: (text: string) => void,
): Promise<Archiving> {
  const archive = await openArchive(settings.directory, store, settings.maxSpoolBytes);
  let isFailing = false;
  let working: Promise<void> | undefined;
  let nextFlush = 0;
  let nextMaintenance = Date.now() + MAINTAIN_MS;
  let nextPruning = Date.now() + MAINTAIN_MS;

  async function work(): Promise<void> {
    const now = Date.now();
    if (now >= nextFlush || archive.pendingBytes > FLUSH_BYTES) {
      nextFlush = now + FLUSH_MS;
      await archive.flush();
    }
    if (now >= nextMaintenance) {
      nextMaintenance = now + MAINTAIN_MS;
      await mergeSmallFiles(archive, now);
      await keepWithin(archive, settings, now);
    }
    if (now >= nextPruning) {
      nextPruning = now + PRUNE_MS;
      await pruneStatements(archive, now);
    }
    isFailing = false;
  }

  function look(): void {
    working ??= work()
      .catch((error: Error) => {
        if (!isFailing) {
          note(`the archive cannot go on (${error.message}); activities wait in its spool, and it is tried again`);
        }
        isFailing = true;
      })
      .finally(() => {
        working = undefined;
      });
  }

  const timer = setInterval(look, LOOK_MS);
  return {
    archive,
    async stop() {
      clearInterval(timer);
      await working;
      await archive.close();
    },
  };
}
