const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
/** `n` of `null`. */
const NULL = 0x6e;

/**
 * What `isAlike` of assembly/scan.ts does, in TypeScript: whether a JSON object of `count` index entries has the
 * members of another one. `before` and `now` are the entries of their braces.
 */
export function isAlike(bytes: Uint8Array, index: Int32Array, before: number, now: number, count: number): boolean {
  for (let i = 1; i < count; ) {
    const old = index[before + i]!;
    const at = index[now + i]!;
    if (bytes[old] !== bytes[at]) {
      return false;
    }
    if (bytes[at] === CLOSE_BRACE) {
      i++;
      continue;
    }
    const oldEnd = index[before + i + 1]!;
    const oldNext = index[before + i + 2]!;
    const oldValue = oldNext === oldEnd + 2 ? oldNext : valueAfter(bytes, oldEnd);
    const value = at + oldValue - old;
    if (index[now + i + 1]! - at !== oldEnd - old || !isSame(bytes, old, at, oldValue - old)) {
      return false;
    }
    const lead = bytes[value]!;
    const oldLead = bytes[oldValue]!;
    if (oldNext !== oldValue) {
      if (!isScalar(lead) || (lead === NULL) !== (oldLead === NULL)) {
        return false;
      }
      i += 2;
    } else if (lead !== oldLead || lead === OPEN_BRACKET) {
      return false;
    } else {
      i += lead === OPEN_BRACE ? 3 : 4;
    }
  }
  return true;
}

/** Where the value behind a key's closing quote starts. The zeros behind the block end the search. */
function valueAfter(bytes: Uint8Array, keyEnd: number): number {
  let p = keyEnd + 1;
  while (bytes[p] === 0x3a || bytes[p] === 0x20 || bytes[p] === 0x0a || bytes[p] === 0x0d || bytes[p] === 0x09) {
    p++;
  }
  return p;
}

/** Whether a number, `true`, `false` or `null` may begin so. */
function isScalar(lead: number): boolean {
  return (lead >= 0x30 && lead <= 0x39) || lead === 0x2d || lead === 0x74 || lead === 0x66 || lead === NULL;
}

function isSame(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) {
    if (bytes[a + i] !== bytes[b + i]) {
      return false;
    }
  }
  return true;
}
