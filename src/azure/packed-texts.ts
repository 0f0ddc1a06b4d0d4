import type { ScanWindow } from '../scan/scan-window.ts';
import { unescapeJson } from './json-text.ts';

interface Span {
  start: number;
  end: number;
}

/**
 * Where in the scratch page texts go: two areas behind the place of `plainJsonText`, one for the record that is being
 * read, one for those that follow it. The index of the scan comes behind the page. Azure drops what is larger.
 */
const AREAS = {
  record: { start: 17_408, end: 41_472 },
  following: { start: 41_472, end: 65_472 },
} as const;

/** JSON that stands in strings of a record, without the escapes of those strings. */
export interface PackedTexts {
  /** Forgets all texts: another record is read. */
  clear(): void;
  /** Replaces a string by its text. What there is no room for is cut off. */
  unpack(span: Span): void;
  /** Replaces a string by its text, which holds no escapes any more, whatever backslashes are in it. */
  unescape(span: Span): void;
  /** Whether a text was given by `unescape`. */
  isPlain(span: Span): boolean;
}

export function createPackedTexts(window: ScanWindow, area: keyof typeof AREAS): PackedTexts {
  const { start: areaStart, end: areaEnd } = AREAS[area];
  let unpackedEnd: number = areaStart;
  let plainStart: number = areaEnd;

  return {
    clear() {
      unpackedEnd = areaStart;
      plainStart = areaEnd;
    },

    unpack(span) {
      const end = unescapeJson(window.bytes, span.start, span.end, unpackedEnd, plainStart - unpackedEnd);
      span.start = unpackedEnd;
      span.end = end;
      unpackedEnd = end;
    },

    unescape(span) {
      // a text is at most as long as it was with escapes: plain texts grow downwards
      const start = Math.max(unpackedEnd, plainStart - (span.end - span.start));
      const end = unescapeJson(window.bytes, span.start, span.end, start, plainStart - start);
      plainStart = start;
      span.start = start;
      span.end = end;
    },

    isPlain: (span) => span.start >= plainStart && span.end <= areaEnd,
  };
}
