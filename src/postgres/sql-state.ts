/** An SQLSTATE is five digits and capital letters: a number in base 36. */
const BASE = 36;
const LENGTH = 5;

/** The number that stands for an SQLSTATE: `sqlState('28P01')`. 0 is `00000`, successful completion. */
export function sqlState(text: string): number {
  return Number.parseInt(text, BASE);
}

/** `28P01` of the number that stands for it. */
export function sqlStateText(state: number): string {
  return state.toString(BASE).toUpperCase().padStart(LENGTH, '0');
}

/** The SQLSTATE that stands at `start`; 0 where there is none. */
export function readSqlState(bytes: Uint8Array, start: number): number {
  let state = 0;
  for (let p = start; p < start + LENGTH; p++) {
    const byte = bytes[p]!;
    const digit = byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : byte >= 0x41 && byte <= 0x5a ? byte - 0x37 : -1;
    if (digit < 0) {
      return 0;
    }
    state = state * BASE + digit;
  }
  return state;
}
