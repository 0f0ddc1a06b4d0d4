const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const COMMA = 0x2c;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;
/** `n` of `null`. */
const NULL = 0x6e;
const PART_WORDS = 4;
const Kind = { string: 0, null: 2, end: 3 } as const;

/**
 * What `takeShaped` of assembly/scan.ts does, in TypeScript: where the object at `start` ends that has the shape which
 * `parts` describe, 0 for any other. Start and end of its values go into `found`.
 */
export function takeShaped(bytes: Uint8Array, start: number, parts: Int32Array, found: Int32Array): number {
  let at = start;
  for (let part = 0; ; part += PART_WORDS) {
    const [text, length, kind, place] = parts.subarray(part, part + PART_WORDS) as unknown as [
      number,
      number,
      number,
      number,
    ];
    for (let i = 0; i < length; i++) {
      if (bytes[at + i] !== bytes[text + i]) {
        return 0;
      }
    }
    at += length;
    if (kind === Kind.end) {
      return at;
    }
    const end = kind === Kind.string ? stringEnd(bytes, at) : scalarEnd(bytes, at, kind === Kind.null);
    if (end === 0) {
      return 0;
    }
    found[2 * place] = at;
    found[2 * place + 1] = end;
    at = end;
  }
}

function stringEnd(bytes: Uint8Array, start: number): number {
  let p = start;
  while (bytes[p]! >= SPACE && bytes[p] !== QUOTE) {
    if (bytes[p] === BACKSLASH && bytes[++p]! < SPACE) {
      return 0;
    }
    p++;
  }
  return bytes[p] === QUOTE ? p : 0;
}

function scalarEnd(bytes: Uint8Array, start: number, isNull: boolean): number {
  const lead = bytes[start]!;
  const isScalar = (lead >= 0x30 && lead <= 0x39) || lead === 0x2d || lead === 0x74 || lead === 0x66 || lead === NULL;
  if (!isScalar || (lead === NULL) !== isNull) {
    return 0;
  }
  let p = start;
  while (bytes[p]! > SPACE && bytes[p] !== COMMA && bytes[p] !== CLOSE_BRACE && bytes[p] !== CLOSE_BRACKET) {
    if (bytes[p] === QUOTE || (bytes[p]! | 0x26) === 0x7f) {
      return 0; // the index would tell a bracket, or what is taken for one
    }
    p++;
  }
  return p;
}
