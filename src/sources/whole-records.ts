import { toJsonLines } from './json-lines.ts';

const NEWLINE = 0x0a;
const QUOTE = 0x22;

/** How records are written; `text`: lines that say nothing of where a record ends. */
export type RecordKind = 'json' | 'csv' | 'text';

const KIND_OF_FORMAT: Readonly<Record<string, RecordKind>> = {
  azure: 'json',
  jsonlog: 'json',
  cloudnativepg: 'json',
  cloudsql: 'json',
  csvlog: 'csv',
};

/** Whole records as they go into a journal, each on lines of its own; or what is wrong, as the end of a sentence. */
export type WholeRecords = { bytes: Uint8Array; count: number } | { problem: string };

/**
 * @param format parser id of an input, or `auto`
 * @returns undefined for `auto`, which leaves it open
 */
export function kindOfFormat(format: string): RecordKind | undefined {
  return format === 'auto' ? undefined : (KIND_OF_FORMAT[format] ?? 'text');
}

export function looksLikeJson(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(200, bytes.length)).toString('latin1');
  return /^\s*(?:\{\s*["}]|\[\s*\{)/.test(start);
}

/** Brings what came as one piece into the form that the parser of its input reads. The bytes may be changed. */
export function wholeRecords(bytes: Uint8Array, kind: RecordKind): WholeRecords {
  if (bytes.length === 0) {
    return { problem: 'is empty' };
  }
  if (kind === 'json') {
    return toJsonLines(bytes);
  }
  if (kind === 'csv' && hasOpenQuote(bytes)) {
    return { problem: 'ends within a quoted field; send whole records' };
  }
  return { bytes: bytes.at(-1) === NEWLINE ? bytes : Buffer.concat([bytes, Buffer.of(NEWLINE)]), count: 1 };
}

function hasOpenQuote(bytes: Uint8Array): boolean {
  let quotes = 0;
  for (let at = 0; at < bytes.length; at++) {
    quotes += bytes[at] === QUOTE ? 1 : 0;
  }
  return quotes % 2 === 1;
}
