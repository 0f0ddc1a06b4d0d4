import type { Archive } from './open-archive.ts';

const DAY_MS = 86_400_000;

/** How long and how much is kept. */
export interface ArchiveLimits {
  /** 0: for ever. */
  days: number;
  /** 0: no limit. */
  maxBytes: number;
}

/** Removes the files that are too old, then the oldest until the rest fits. Gives how many files were removed. */
export async function keepWithin(archive: Archive, { days, maxBytes }: ArchiveLimits, now: number): Promise<number> {
  const files = await archive.files({ kind: 'activities' });
  const from = days === 0 ? Number.NEGATIVE_INFINITY : now - days * DAY_MS;
  let bytes = 0;
  const remove = files.filter((file) => {
    bytes += file.bytes; // the newest periods come first
    return file.toTime < from || (maxBytes > 0 && bytes > maxBytes);
  });
  if (remove.length > 0) {
    await archive.replace(async () => ({ drafts: [], change: { remove: remove.map(({ name }) => name) } }));
  }
  return remove.length;
}
