/** Bytes of a GUID: `66a0c647-af38-4b8d-a92a-c48a805d6460`. */
const GUID_BYTES = 36;
/** Sets the bit by which ASCII letters of both cases differ, in four bytes at once. */
const FOLD = 0x20202020;

/** Where the name that joins records goes: two 32-bit halves. */
export interface JoinKey {
  sessionHigh: number;
  sessionLow: number;
}

/**
 * Names a request by its activity id: what joins a query's statistics to the request that ran it. 0, 0 where the text
 * is no GUID.
 * The name is made of the first and the last group, 80 random
 * bits. Clients choose these ids, so equal names prove nothing that equal ids would not.
 */
export function putActivityId(words: DataView, start: number, end: number, key: JoinKey): void {
  if (end - start !== GUID_BYTES) {
    key.sessionHigh = 0;
    key.sessionLow = 0;
    return;
  }
  const high = Math.imul(words.getInt32(start, true) | FOLD, 0x9e3779b1) ^ (words.getInt32(start + 4, true) | FOLD);
  const low =
    Math.imul(words.getInt32(start + 24, true) | FOLD, 0x85ebca6b) ^ (words.getInt32(start + 28, true) | FOLD);
  const last = words.getInt32(end - 4, true) | FOLD;
  key.sessionHigh = Math.imul(high ^ (high >>> 15), 0x2c1b3c6d);
  key.sessionLow = Math.imul(low ^ (low >>> 13), 0x9e3779b1) ^ last;
}
