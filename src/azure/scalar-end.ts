const COMMA = 0x2c;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;

/** Where a number, `true`, `false` or `null` ends. */
export function scalarEnd(bytes: Uint8Array, start: number): number {
  let p = start;
  while (bytes[p]! > 0x20 && bytes[p] !== COMMA && bytes[p] !== CLOSE_BRACE && bytes[p] !== CLOSE_BRACKET) {
    p++;
  }
  return p;
}
