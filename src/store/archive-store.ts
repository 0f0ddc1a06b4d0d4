/** A file of the archive that holds what is committed; those that no row names are not of it. */
export interface ArchiveFile {
  /** Path within the archive; never used again for another content. */
  name: string;
  kind: 'activities' | 'statements';
  /**
   * The hour or the day that its rows are of: its beginning, epoch milliseconds. Of statements the
   * day on which they were written; 0 once it was long ago.
   */
  period: number;
  /** Event time of the first and of the last row. Epoch milliseconds. */
  fromTime: number;
  toTime: number;
  rows: number;
  bytes: number;
}

/** How far the spool of a shard is committed, and how much of that lies in files. Bytes since its beginning. */
export interface SpoolProgress {
  shard: number;
  committed: number;
  converted: number;
}

/** What becomes of the archive in one transaction. */
export interface ArchiveChange {
  add?: readonly ArchiveFile[];
  /** Names. Rejects with `conflict`, changing nothing, when one of them is not there any more. */
  remove?: readonly string[];
  /** What the files that are added were made of. Rejects with `conflict` when another change was made of it before. */
  converted?: readonly { shard: number; from: number; to: number }[];
}

export interface ArchiveFileFilter {
  kind: ArchiveFile['kind'];
  /** Files with rows from here on, and before there. Epoch milliseconds; absent: all. */
  from?: number;
  to?: number;
}

/** What archives hold; each is a folder of its own, named by an id that lies in it. */
export interface ArchiveStore {
  spools(archive: string): Promise<SpoolProgress[]>;
  change(archive: string, change: ArchiveChange): Promise<void>;
  /** Newest period first. */
  files(archive: string, filter: ArchiveFileFilter): Promise<ArchiveFile[]>;
  /** Files, rows and bytes of activities. */
  size(archive: string): Promise<{ files: number; rows: number; bytes: number; fromTime?: number; toTime?: number }>;
}
