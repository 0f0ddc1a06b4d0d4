const NEWLINE = 0x0a;

/**
 * Where the last whole record ends in bytes of a growing blob: records are lines, and the last may still be coming.
 *
 * @param isOver nothing more will come: all of it is whole
 * @param isFull no more can be held: what has no line break yet is passed on as it is
 */
export function endOfRecords(bytes: Uint8Array, isOver: boolean, isFull: boolean): number {
  const lines = bytes.lastIndexOf(NEWLINE) + 1;
  return isOver || (isFull && lines === 0) ? bytes.length : lines;
}
