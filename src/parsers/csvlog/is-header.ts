/** The first column as PostgreSQL's documentation calls it in the table that takes such logs. */
const FIRST_COLUMN = new TextEncoder().encode('log_time');

/** Whether a line names the columns: what copies a log may put one before it. */
export function isHeader(bytes: Uint8Array, start: number): boolean {
  return FIRST_COLUMN.every((byte, i) => bytes[start + i] === byte);
}
