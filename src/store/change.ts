/** Guards a change against somebody else's. */
export interface Precondition {
  /** The etag that the row must still have; `*`: it must exist. Absent: whatever it is. */
  ifMatch?: string;
  /** `*`: the row must not exist yet. */
  ifNoneMatch?: '*';
}
