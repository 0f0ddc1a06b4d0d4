import type { WantedKeys } from './object-walker.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const SPACE = 0x20;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
/** `n` of `null`: as if the key were not there. */
const NULL = 0x6e;
const MAX_DEPTH = 16;

/**
 * Walks JSON that stood in a string, so that the scan did not see its structure. Text that is no JSON, or is cut off,
 * gives what can be told.
 *
 * @param scope of the outermost object
 * @param found where values go, as in `ObjectWalker.found`
 */
export function walkText(
  bytes: Uint8Array,
  words: DataView,
  text: { start: number; end: number },
  scope: number,
  wanted: WantedKeys,
  found: Int32Array,
): void {
  const scopes = [0];
  let keyStart = 0;
  let keyEnd = 0;
  const inner = () => scopes.at(-1)!;
  const member = () => (inner() === 0 || keyEnd === 0 ? 0 : wanted.find(words, inner(), keyStart, keyEnd - keyStart));
  const take = (start: number, end: number) => {
    const key = member();
    found[2 * key] = start;
    found[2 * key + 1] = end;
    keyEnd = 0;
  };
  for (let p = text.start; p < text.end && scopes.length <= MAX_DEPTH; p++) {
    const byte = bytes[p]!;
    if (byte === OPEN_BRACE) {
      scopes.push(scopes.length === 1 ? scope : wanted.scopes[member()]!);
      keyEnd = 0;
    } else if (byte === OPEN_BRACKET) {
      scopes.push(0);
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      scopes.pop();
      keyEnd = 0;
      if (scopes.length <= 1) {
        return;
      }
    } else if (byte === QUOTE) {
      const end = endOfString(bytes, p + 1, text.end);
      if (isBeforeColon(bytes, end + 1, text.end)) {
        keyStart = p + 1;
        keyEnd = end;
      } else {
        take(p + 1, end);
      }
      p = end;
    } else if (byte > SPACE && byte !== COLON && byte !== COMMA) {
      const end = endOfScalar(bytes, p, text.end);
      if (byte !== NULL) {
        take(p, end);
      }
      keyEnd = 0;
      p = end - 1;
    }
  }
}

function endOfString(bytes: Uint8Array, start: number, end: number): number {
  let p = start;
  while (p < end && bytes[p] !== QUOTE) {
    p += bytes[p] === BACKSLASH ? 2 : 1;
  }
  return Math.min(p, end);
}

function isBeforeColon(bytes: Uint8Array, start: number, end: number): boolean {
  let p = start;
  while (p < end && bytes[p]! <= SPACE) {
    p++;
  }
  return p < end && bytes[p] === COLON;
}

function endOfScalar(bytes: Uint8Array, start: number, end: number): number {
  let p = start + 1;
  while (p < end && bytes[p]! > SPACE && bytes[p] !== COMMA && bytes[p] !== CLOSE_BRACE && bytes[p] !== CLOSE_BRACKET) {
    p++;
  }
  return p;
}
