import { Oddity, type Scan } from './scan.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const NEWLINE = 0x0a;
const BACKSLASH = 0x5c;
/** Bytes that the vector form looks at together: it stops only between such chunks, and so does this. */
const CHUNK = 64;

/** What assembly/scan.ts does, in TypeScript: the meaning of the fast form, and what stands in where SIMD is missing. */
export const plainScan: Scan = {
  csv(bytes, start, length, index, records) {
    let entries = 0;
    let ends = 0;
    let inside = false;
    let at = 0;
    for (; at < length && entries + CHUNK <= index.length && ends + CHUNK <= records.length; at += CHUNK) {
      for (let p = start + at; p < start + at + CHUNK; p++) {
        const byte = bytes[p]!;
        if (byte === QUOTE) {
          inside = !inside;
        } else if (!inside && (byte === COMMA || byte === NEWLINE)) {
          index[entries++] = p;
          if (byte === NEWLINE) {
            records[ends++] = entries;
          }
        }
      }
    }
    return { entries, records: ends, scanned: Math.min(at, length), oddities: 0 };
  },

  json(bytes, start, length, index) {
    let entries = 0;
    let inside = false;
    let isEscaped = false;
    let at = 0;
    let oddities = 0;
    for (; at < length && entries + CHUNK <= index.length; at += CHUNK) {
      for (let p = start + at; p < start + at + CHUNK; p++) {
        const byte = bytes[p]!;
        if (isEscaped) {
          isEscaped = false;
          if (byte === QUOTE || byte === BACKSLASH) {
            continue;
          }
        }
        if (byte === BACKSLASH) {
          isEscaped = true;
          oddities |= Oddity.backslash;
        } else if (byte === QUOTE) {
          inside = !inside;
          index[entries++] = p;
        } else if (inside ? byte === NEWLINE : isBracket(byte)) {
          index[entries++] = p;
          oddities |= byte === NEWLINE ? Oddity.newlineInString : 0;
        }
      }
    }
    return { entries, records: 0, scanned: Math.min(at, length), oddities };
  },

  jsonLines(bytes, start, length, index, records) {
    let entries = 0;
    let ends = 0;
    let isEscaped = false;
    let at = 0;
    for (; at < length && entries + CHUNK <= index.length && ends + CHUNK <= records.length; at += CHUNK) {
      for (let p = start + at; p < start + at + CHUNK; p++) {
        const byte = bytes[p]!;
        if (byte === NEWLINE || (byte === QUOTE && !isEscaped)) {
          index[entries++] = p;
          if (byte === NEWLINE) {
            records[ends++] = entries;
          }
        }
        isEscaped = byte === BACKSLASH && !isEscaped;
      }
    }
    return { entries, records: ends, scanned: Math.min(at, length), oddities: 0 };
  },

  lines(bytes, start, length, index) {
    let entries = 0;
    let at = 0;
    for (; at < length && entries + CHUNK <= index.length; at += CHUNK) {
      for (let p = start + at; p < start + at + CHUNK; p++) {
        if (bytes[p] === NEWLINE) {
          index[entries++] = p;
        }
      }
    }
    return { entries, records: 0, scanned: Math.min(at, length), oddities: 0 };
  },
};

/** One of `{ [ } ]`, told by the bits in which they do not differ; or `Y _ y` DEL, which stand nowhere outside strings. */
function isBracket(byte: number): boolean {
  return (byte | 0x26) === 0x7f;
}
