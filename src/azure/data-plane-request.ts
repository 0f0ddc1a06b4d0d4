const FOLD = 0x20202020;
/** The last four letters of `Query`, `SqlQuery` and `JSQuery`, folded, as a little-endian word. */
const UERY = 0x79726575;
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;

/** Whether a request of Cosmos DB was refused for who made it. */
export function isRefusal(httpStatus: number): boolean {
  return httpStatus === UNAUTHORIZED || httpStatus === FORBIDDEN;
}

/** Whether the name of an operation says that the request ran a query, which has statistics of its own. */
export function isQuery(words: DataView, start: number, end: number): boolean {
  return end - start >= 5 && (words.getInt32(end - 4, true) | FOLD) === UERY;
}

/** The whole part of a decimal number; 0 when the text is none. Azure writes numbers as strings. */
export function wholeNumber(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let p = start; p < end; p++) {
    const digit = bytes[p]! - 48;
    if (digit < 0 || digit > 9) {
      break;
    }
    value = value * 10 + digit;
  }
  return Math.min(value, Number.MAX_SAFE_INTEGER);
}
