import { type ByteText, byteText, startsWith } from '../../lib/byte-text.ts';
import { KIND_OF, type LineKind, readSeverity, type SeverityMark } from '../../postgres/severity.ts';
import type { ScanWindow } from '../../scan/scan-window.ts';

const OPEN_BRACKET = 0x5b;
const SPACE = 0x20;
/** `[parse_relation.c:1395]`; no name of a file of PostgreSQL's is longer. */
const PLACE = /^\[\w+\.[ch]:\d+\] {0,2}/;
const PLACE_BYTES = 64;

/** Severities without a space behind them. */
const UNSPACED: readonly { text: ByteText; kind: LineKind }[] = Object.entries(KIND_OF).map(([word, kind]) => ({
  text: byteText(`${word}:[`),
  kind,
}));

/**
 * As `readSeverity`, also where AlloyDB tells the place in its source between severity and message, with or without
 * spaces: `LOG:  [postgres.c:1214]  statement: …`, `FATAL:[auth.c:372] password …`.
 */
export function readPlacedSeverity(window: ScanWindow, start: number, end: number, mark: SeverityMark): number {
  const { words } = window;
  const behind = readSeverity(words, start, end, mark);
  if (behind >= 0) {
    return behindPlace(window, behind, end);
  }
  const word = UNSPACED.find(({ text }) => startsWith(words, start, end, text));
  if (word === undefined) {
    return -1;
  }
  const place = start + word.text.length - 1;
  const message = behindPlace(window, place, end);
  if (message === place) {
    return -1;
  }
  mark.letter = window.bytes[start]!;
  mark.kind = word.kind;
  return message;
}

function behindPlace({ bytes }: ScanWindow, start: number, end: number): number {
  const at = bytes[start] === SPACE ? start + 1 : start;
  if (bytes[at] !== OPEN_BRACKET) {
    return start;
  }
  const head = Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(PLACE_BYTES, end - at)).toString('latin1');
  const length = PLACE.exec(head)?.[0].length;
  return length === undefined ? start : at + length;
}
