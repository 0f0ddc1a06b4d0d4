/**
 * A class whose instances may be part of a snapshot. They are made again without their constructor, from their own
 * properties; so none of these may be a `#private` one.
 */
export interface SnapshotClass {
  readonly prototype: object;
  /** Properties that are not kept: `restored` works them out anew. */
  readonly omits?: readonly string[];
}

/** What an instance may have: called once all that a snapshot holds is there again. */
export interface Restored {
  restored(): void;
}

/** What a snapshot needs to know beside the data. All of it must be the same, by name, when it is read. */
export interface SnapshotScope {
  /** By the names that stand for them. */
  classes: Readonly<Record<string, SnapshotClass>>;
  /** What the data refers to and does not own, by name: a name is kept in its place. */
  externals?: Readonly<Record<string, object>>;
  /** Gives what stands in for something outside that is not there any longer; undefined: nothing can. */
  standIn?: (name: string) => object | undefined;
  /** Bytes of memory that decoding may take; what wants more is corrupt. */
  maxBytes?: number;
}

/** Why a snapshot cannot be written or read; one sentence. */
export class SnapshotError extends Error {
  readonly code = 'snapshot';
  /** Nothing changes by trying again. */
  readonly retryable = false;
}

/** Decoded data may take so much memory unless told otherwise. */
export const MAX_SNAPSHOT_BYTES = 512 * 1024 * 1024;
