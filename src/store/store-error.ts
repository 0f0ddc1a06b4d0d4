/**
 * - `unavailable`: the database does not answer, is locked or its disk is full. The only one that is worth a retry.
 * - `stale-epoch`: the shard belongs to somebody else by now; give it up.
 * - `conflict`: somebody else changed the row first (If-Match), or the name is taken.
 * - `not-found`: there is no such row.
 * - `bad-cursor`: the cursor of a list is not one of ours.
 * - `broken`: what the database says makes no sense: a mistake of ours, or a damaged file.
 */
export type StoreErrorCode = 'unavailable' | 'stale-epoch' | 'conflict' | 'not-found' | 'bad-cursor' | 'broken';

/** What a port rejects with. The message is one sentence without values of rows and without addresses of servers. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }

  /** Whether the same call may succeed later. Every write is idempotent: one of unknown outcome is simply repeated. */
  get retryable(): boolean {
    return this.code === 'unavailable';
  }
}

/** A `StoreError`, of this code if one is given. */
export function isStoreError(error: unknown, code?: StoreErrorCode): error is StoreError {
  return error instanceof StoreError && (code === undefined || error.code === code);
}
