const BRACKET = 0x5b;
const BRACKET_END = 0x5d;
const DASH = 0x2d;
const SPACE = 0x20;

/** `[5-2] ` in front of a text: message 5 of its process, part 2. */
export interface Sequence {
  /** Equal for the parts of one message; 0 where there is none. */
  number: number;
  /** From 1; 0 for `[5] `, which is not split (`syslog_split_messages = off`), and where there is none. */
  part: number;
  /** Where the text behind it begins. */
  text: number;
}

/** Reads what `syslog_sequence_numbers` puts in front of a text. */
export function readSequence(bytes: Uint8Array, start: number, end: number, sequence: Sequence): void {
  sequence.number = 0;
  sequence.part = 0;
  sequence.text = start;
  if (bytes[start] !== BRACKET) {
    return;
  }
  const dash = digitsEnd(bytes, start + 1, end);
  const close = bytes[dash] === DASH ? digitsEnd(bytes, dash + 1, end) : dash;
  if (dash === start + 1 || close === dash + 1 || bytes[close] !== BRACKET_END || close >= end) {
    return;
  }
  sequence.number = number(bytes, start + 1, dash);
  sequence.part = number(bytes, dash + 1, close);
  sequence.text = bytes[close + 1] === SPACE ? close + 2 : close + 1;
}

function digitsEnd(bytes: Uint8Array, start: number, end: number): number {
  let p = start;
  while (p < end && bytes[p]! >= 0x30 && bytes[p]! <= 0x39) {
    p++;
  }
  return p;
}

/** The value of digits, its lowest 32 bits. */
function number(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let p = start; p < end; p++) {
    value = (Math.imul(value, 10) + bytes[p]! - 0x30) | 0;
  }
  return value;
}
