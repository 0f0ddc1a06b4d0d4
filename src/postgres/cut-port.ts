const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;

/** Takes the port off an address as csvlog tells it: `10.0.0.5:41234`, `::1:41234`; `[local]` is none at all. */
export function cutPort(bytes: Uint8Array, address: { start: number; end: number }): void {
  if (bytes[address.start] === OPEN_BRACKET) {
    address.end = address.start;
    return;
  }
  for (let p = address.end - 1; p > address.start; p--) {
    if (bytes[p] === COLON) {
      address.end = p;
      return;
    }
  }
}
