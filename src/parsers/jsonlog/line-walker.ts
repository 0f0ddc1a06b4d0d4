import { jsonStringEnd } from '../../lib/json-string-end.ts';
import { LineStrings } from '../../scan/line-strings.ts';
import type { ScanWindow } from '../../scan/scan-window.ts';
import { MEMBER_KEYS, WRITTEN_KEYS } from './members.ts';

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const SPACE = 0x20;
const CARRIAGE_RETURN = 0x0d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** Finds the strings of a record that stands on one line. */
export interface LineWalker {
  /**
   * Walks the object between two places, both of its braces included; false when it is not exactly one object. Puts
   * start and end of each member's string, without its quotes, into `found` of the window; both 0 when there is none.
   * Of a key that stands twice the last value counts, as in every JSON reader.
   *
   * @param entry place in the window's index of the first quote behind `start`
   */
  walk(start: number, end: number, entry: number): boolean;
}

export function createLineWalker(window: ScanWindow): LineWalker {
  const strings = new LineStrings(window, WRITTEN_KEYS);
  return {
    walk(start, end, entry) {
      // the usual case: keys that PostgreSQL writes, without white space
      if (strings.take(start, end, entry)) {
        return true;
      }
      window.found.fill(0);
      return takeAny(start, end);
    },
  };

  /** Any JSON object: other keys, another order, white space, as those who pass logs on may write them. */
  function takeAny(start: number, end: number): boolean {
    const { bytes, words, found } = window;
    let p = afterSpace(bytes, start + 1);
    if (bytes[p] === CLOSE_BRACE) {
      return p === end - 1;
    }
    for (;;) {
      const keyEnd = bytes[p] === QUOTE ? jsonStringEnd(words, p + 1, end) : -1;
      const colon = keyEnd < 0 ? end : afterSpace(bytes, keyEnd + 1);
      const value = afterSpace(bytes, colon + 1);
      if (colon >= end || bytes[colon] !== COLON || value >= end) {
        return false;
      }
      const valueEnd = endOfValue(value, end);
      if (valueEnd < 0) {
        return false;
      }
      if (bytes[value] === QUOTE) {
        const member = MEMBER_KEYS.find(words, 1, p + 1, keyEnd - p - 1);
        found[2 * member] = value + 1;
        found[2 * member + 1] = valueEnd - 1;
      }
      const next = afterSpace(bytes, valueEnd);
      if (bytes[next] !== COMMA) {
        return bytes[next] === CLOSE_BRACE && next === end - 1;
      }
      p = afterSpace(bytes, next + 1);
    }
  }

  /** Behind a value of any kind; -1 when it does not end before `end`. */
  function endOfValue(start: number, end: number): number {
    const { bytes, words } = window;
    let open = 0;
    let p = start;
    do {
      const byte = bytes[p];
      if (byte === QUOTE) {
        const close = jsonStringEnd(words, p + 1, end);
        p = close < 0 ? end : close;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        open++;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        open--;
      } else if (open === 0) {
        p = wordEnd(bytes, p) - 1;
      }
      p++;
    } while (open > 0 && p < end);
    return open === 0 && p > start && p < end ? p : -1;
  }
}

function afterSpace(bytes: Uint8Array, start: number): number {
  let p = start;
  while (bytes[p] === SPACE) {
    p++;
  }
  return p;
}

/** Where a number, `true`, `false` or `null` ends. */
function wordEnd(bytes: Uint8Array, start: number): number {
  let p = start;
  while (bytes[p]! > SPACE && bytes[p] !== COMMA && bytes[p] !== CLOSE_BRACE && bytes[p] !== CLOSE_BRACKET) {
    p++;
  }
  return p;
}

/** Where a line ends without the white space at its end. */
export function lineEnd(bytes: Uint8Array, start: number, newline: number): number {
  let end = newline;
  while (end > start && (bytes[end - 1] === CARRIAGE_RETURN || bytes[end - 1] === SPACE)) {
    end--;
  }
  return end;
}
