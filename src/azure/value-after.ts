/** Where the value behind a key's closing quote starts. The zeros behind the block end the search. */
export function valueAfter(bytes: Uint8Array, keyEnd: number): number {
  let p = keyEnd + 1;
  while (bytes[p] === 0x3a || bytes[p] === 0x20 || bytes[p] === 0x0a || bytes[p] === 0x0d || bytes[p] === 0x09) {
    p++;
  }
  return p;
}
