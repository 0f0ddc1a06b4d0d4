import { createTimestampReader } from '../lib/timestamp.ts';

/** Reads the time of a record. */
export interface RecordTimeReader {
  /** Milliseconds since the epoch, UTC; NaN when the text is no time. */
  read(bytes: Uint8Array, words: DataView, start: number, end: number): number;
  /** What was wrong when `read` gave NaN. */
  readonly problem: string;
}

/** RFC 9110, section 5.6.7, with a fraction: `Fri, 23 Jun 2017 19:29:50.266 GMT`, as exports of 2017 have it. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2}(?:\.\d+)? GMT$/;
const MAX_HTTP_DATE_BYTES = 40;
const decoder = new TextDecoder();

/** Times in ISO 8601, with `T` or a blank, to the second or finer, and those of old exports. */
export function createRecordTimeReader(): RecordTimeReader {
  const timestamps = createTimestampReader(undefined);
  const reader = { read, problem: '' };

  function read(bytes: Uint8Array, words: DataView, start: number, end: number): number {
    const time = timestamps.read(bytes, words, start, end);
    if (!Number.isNaN(time)) {
      return time;
    }
    reader.problem = timestamps.problem;
    return end - start > MAX_HTTP_DATE_BYTES ? Number.NaN : readHttpDate(decoder.decode(bytes.slice(start, end)));
  }

  return reader;
}

function readHttpDate(text: string): number {
  return HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
}
