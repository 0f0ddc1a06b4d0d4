import type { Archive, Lost } from './open-archive.ts';

/** How the archive fares. */
export interface ArchiveStatus {
  /** In files. */
  activities: number;
  files: number;
  bytes: number;
  /** Event time of the oldest and of the newest activity in files; absent where there is none. Epoch milliseconds. */
  fromTime?: number;
  toTime?: number;
  /** Committed, and in no file yet. */
  spoolBytes: number;
  /** Since the server started. */
  lost: Lost;
}

export async function archiveStatus({ id, store, pendingBytes, lost }: Archive): Promise<ArchiveStatus> {
  const { rows, ...size } = await store.size(id);
  return { ...size, activities: rows, spoolBytes: pendingBytes, lost: { ...lost } };
}
