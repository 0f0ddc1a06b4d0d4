import { decodeValue } from './decode.ts';
import { encodeValue } from './encode.ts';
import type { SnapshotScope } from './snapshot-scope.ts';

/**
 * Data as bytes: plain objects and arrays, Map, Set, typed arrays, bigint, and instances of the classes of the scope;
 * objects that stand in several places stay one, circles are kept. What is zero in a typed array costs nothing, so
 * room that is not used yet is free. Throws `SnapshotError` for anything else, such as a function.
 */
export function encodeSnapshot(value: unknown, scope: SnapshotScope): Uint8Array {
  return encodeValue(value, scope);
}

/** The data again. Throws `SnapshotError` when the bytes are no snapshot of this scope. */
export function decodeSnapshot(bytes: Uint8Array, scope: SnapshotScope): unknown {
  return decodeValue(bytes, scope);
}
