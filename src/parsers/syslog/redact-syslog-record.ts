import { createSyslogHeaderReader } from '../../postgres/syslog-header.ts';
import { redactEntryText } from './redact-entry-text.ts';
import { readSequence, type Sequence } from './sequence.ts';

/** Words may be read past the end of what is compared. */
const PADDING = 8;
/** rsyslog's escapes of control characters. */
const ESCAPE = /#(0[0-3][0-7]|177)/g;

const decoder = new TextDecoder();

/**
 * The lines of an entry as they may be shown, whole or cut off at their end: as one text behind the header of the first,
 * statements without their literals.
 */
export function redactSyslogRecord(record: Uint8Array): string {
  const bytes = new Uint8Array(record.length + PADDING);
  bytes.set(record);
  const words = new DataView(bytes.buffer);
  const headers = createSyslogHeaderReader(undefined, 0);
  let lead = '';
  let text = '';
  for (const { start, end } of linesOf(record)) {
    const behind = headers.read(bytes, words, start, end) ? behindSequence(bytes, headers.header.text, end) : start;
    const part = decoder.decode(bytes.subarray(behind, end));
    if (start === 0) {
      lead = decoder.decode(bytes.subarray(0, behind));
      text = part;
    } else {
      text += part.startsWith(' ') ? part : `\n${part}`;
    }
  }
  return (
    lead +
    redactEntryText(text.replaceAll(ESCAPE, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))))
  );
}

function behindSequence(bytes: Uint8Array, start: number, end: number): number {
  const sequence: Sequence = { number: 0, part: 0, text: start };
  readSequence(bytes, start, end, sequence);
  return sequence.text;
}

function* linesOf(record: Uint8Array): Generator<{ start: number; end: number }> {
  let start = 0;
  for (let end = record.indexOf(0x0a); end >= 0; end = record.indexOf(0x0a, start)) {
    yield { start, end };
    start = end + 1;
  }
  yield { start, end: record.length };
}
