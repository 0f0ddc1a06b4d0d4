// The id of a session.

const DOT: u8 = 0x2e;

/** Reads `6b01cb6d.40b8` into two words: eight digits, a dot, up to seven digits. False when it is not written so. */
@inline
export function takeSession(start: usize, end: usize, out: usize): bool {
  if (end < start + 10 || end > start + 16 || load<u8>(start, 8) != DOT) return false;
  let high: i32 = 0, low: i32 = 0, areDigits = true;
  for (let p = start; p < start + 8; p++) {
    const value = hexAt(p);
    areDigits = areDigits && value >= 0;
    high = (high << 4) | value;
  }
  for (let p = start + 9; p < end; p++) {
    const value = hexAt(p);
    areDigits = areDigits && value >= 0;
    low = (low << 4) | value;
  }
  store<i32>(out, high);
  store<i32>(out, low, 4);
  return areDigits;
}

@inline
export function isHex(at: usize): bool {
  return hexAt(at) >= 0;
}

/** The value of a lower-case hexadecimal digit; -1 for anything else. */
@inline
function hexAt(at: usize): i32 {
  const byte = <i32>load<u8>(at);
  if (<u32>(byte - 0x30) <= 9) return byte - 0x30;
  return <u32>(byte - 0x61) <= 5 ? byte - 0x57 : -1;
}
