/**
 * Why bytes were not taken.
 * - `full`: the journal is at its cap, or too much waits to be written; the engine must catch up first.
 * - `disk-full`: the disk has no room (or the quota or file size limit is reached).
 * - `failed`: the disk refused otherwise.
 * - `undecided`: who was asked to decide said no, or nothing that could be understood.
 * - `closed`: too late.
 */
export type JournalErrorCode = 'full' | 'disk-full' | 'failed' | 'undecided' | 'closed';

/** Bytes that a journal did not take: none of them will ever be read. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  readonly code: JournalErrorCode;
  /** The same bytes may be taken later. */
  readonly retryable: boolean;

  constructor(code: JournalErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retryable = code !== 'closed';
  }
}

/** What the file system calls "no room": the disk, a quota, a limit on file sizes. */
const NO_ROOM = ['ENOSPC', 'EDQUOT', 'EFBIG'];

export function journalErrorOf(error: unknown, directory: string): JournalError {
  if (error instanceof JournalError) {
    return error;
  }
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return NO_ROOM.includes(code)
    ? new JournalError('disk-full', `${directory}: no room on the disk (${code}); free some or move the data`, error)
    : new JournalError('failed', `${directory}: cannot be written (${code})`, error);
}
