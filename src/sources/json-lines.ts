const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const LETTER_R = 0x72;
/** U+FEFF in UTF-8. */
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/** What a byte means outside of strings. */
const Kind = { other: 0, quote: 1, open: 2, close: 3, breaks: 4 } as const;
const KIND = new Uint8Array(256);
KIND[QUOTE] = Kind.quote;
KIND[OPEN_BRACE] = KIND[OPEN_BRACKET] = Kind.open;
KIND[0x7d] = KIND[0x5d] = Kind.close;
KIND[NEWLINE] = KIND[CARRIAGE_RETURN] = Kind.breaks;

/** The envelope that Azure puts around records; what stands before the first one. */
const ENVELOPE = /^\s*\{\s*"records"\s*:\s*\[/;
const ENVELOPE_BYTES = 200;

/** Records, one a line; or why the text is none, as the end of a sentence that begins with "the body". */
export type JsonLines = { count: number; bytes: Uint8Array } | { problem: string };

/**
 * Rewrites JSON so that each record is a line of its own: objects behind each other, arrays of them, and Azure's
 * `{"records":[…]}`. Nothing is parsed: what stands between records becomes blanks, in the same bytes.
 */
export function toJsonLines(bytes: Uint8Array): JsonLines {
  let records = 0;
  /** Brackets of arrays and envelopes around the records. */
  let around = 0;
  let lineEnd = bytes.length;
  for (let at = startOf(bytes); at < bytes.length; ) {
    const byte = bytes[at]!;
    if (byte === OPEN_BRACE && !(around === 0 && isEnvelope(bytes, at))) {
      const end = recordEnd(bytes, at);
      if (end < 0) {
        return { problem: `breaks off in its record ${records + 1}` };
      }
      records++;
      if (!isSeparator(bytes[end])) {
        return { problem: `has no line break or comma behind its record ${records}` };
      }
      lineEnd = end;
      at = end;
      if (at < bytes.length) {
        around -= KIND[bytes[at]!] === Kind.close ? 1 : 0;
        bytes[at++] = NEWLINE;
      }
      continue;
    }
    if (byte === OPEN_BRACE) {
      at = blank(bytes, at, bytes.indexOf(OPEN_BRACKET, at) + 1);
      around = 2;
      continue;
    }
    if (byte > SPACE && byte !== COMMA) {
      const step = KIND[byte] === Kind.open ? 1 : KIND[byte] === Kind.close ? -1 : 0;
      around += step;
      if (step === 0 || around < 0 || around > 2 || (byte === OPEN_BRACKET && around > 1)) {
        return { problem: `holds something else than JSON objects behind its record ${records}` };
      }
    }
    bytes[at++] = SPACE;
  }
  if (around !== 0) {
    return { problem: `breaks off behind its record ${records}` };
  }
  if (records === 0) {
    return { problem: 'holds no record' };
  }
  return { count: records, bytes: withLastBreak(bytes, lineEnd) };
}

/** Behind the mark that some tools put first. */
function startOf(bytes: Uint8Array): number {
  const hasMark = BYTE_ORDER_MARK.equals(bytes.subarray(0, BYTE_ORDER_MARK.length));
  return hasMark ? blank(bytes, 0, BYTE_ORDER_MARK.length) : 0;
}

/** Behind a record; undefined is the end. */
function isSeparator(byte: number | undefined): boolean {
  return byte === undefined || byte <= SPACE || byte === COMMA || KIND[byte] === Kind.close;
}

function isEnvelope(bytes: Uint8Array, start: number): boolean {
  let at = start + 1;
  while (bytes[at]! <= SPACE) {
    at++;
  }
  return bytes[at] === QUOTE && bytes[at + 1] === LETTER_R && hasEnvelope(bytes, start);
}

function hasEnvelope(bytes: Uint8Array, at: number): boolean {
  return ENVELOPE.test(
    Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(ENVELOPE_BYTES, bytes.length - at)).toString('latin1'),
  );
}

function blank(bytes: Uint8Array, start: number, end: number): number {
  bytes.fill(SPACE, start, end);
  return end;
}

/** Behind the object that opens at `start`, with its line breaks made blanks; -1 when it is not closed. */
function recordEnd(bytes: Uint8Array, start: number): number {
  let depth = 0;
  for (let at = start; at < bytes.length; at++) {
    const kind = KIND[bytes[at]!];
    if (kind === Kind.other) {
      continue;
    }
    if (kind === Kind.quote) {
      at++;
      while (at < bytes.length && bytes[at] !== QUOTE) {
        at += bytes[at] === BACKSLASH ? 2 : 1;
      }
    } else if (kind === Kind.open) {
      depth++;
    } else if (kind === Kind.breaks) {
      bytes[at] = SPACE;
    } else if (--depth === 0) {
      return at + 1;
    }
  }
  return -1;
}

/** Up to the line break behind the last record, which is added where there was no room for it. */
function withLastBreak(bytes: Uint8Array, lineEnd: number): Uint8Array {
  return lineEnd < bytes.length ? bytes.subarray(0, lineEnd + 1) : Buffer.concat([bytes, Buffer.of(NEWLINE)]);
}
