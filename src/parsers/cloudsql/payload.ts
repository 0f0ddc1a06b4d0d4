import type { PackedTexts } from '../../azure/packed-texts.ts';
import { hasByte } from '../../lib/byte-text.ts';
import { createLogEntry, type LogEntry } from '../../postgres/judge-entry.ts';
import { createPrefixReader, type PrefixReader } from '../../postgres/log-line-prefix.ts';
import type { PrefixFields } from '../../postgres/log-line-prefix-fields.ts';
import { behindVerboseState, createSeverityMark, type LineKind } from '../../postgres/severity.ts';
import type { ScanWindow } from '../../scan/scan-window.ts';
import type { ReaderOptions, Span } from '../parser.ts';
import { readPlacedSeverity } from './placed-severity.ts';
import { createSettledPrefixes, type SettledPrefixes } from './settled-prefixes.ts';

/** What Cloud SQL puts in front of each line. */
const CLOUD_SQL_PREFIX = '%m [%p]: [%l-1] db=%d,user=%u ';
/** Those that instances use: the newer one first, whose beginning is the older one; the oldest has no time. */
const CLOUD_SQL_PREFIXES = ['%m [%p]: [%l-1] db=%d,user=%u,host=%h ', CLOUD_SQL_PREFIX, '[%p]: [%l-1] db=%d,user=%u '];

const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const SPACE = 0x20;

/** The text of an entry, taken apart. Reused. */
export interface Payload {
  /** Where its parts stand: in the window, or in its scratch when the text had escapes. */
  readonly entry: LogEntry;
  /** What the prefix told. */
  readonly fields: PrefixFields;
  /** What the first line is; `none` when it has no prefix: it goes on with the entry before. */
  readonly kind: LineKind | 'none';
  /** It is of a process of the server's own. */
  readonly isBackground: boolean;
  readonly settledPrefixes: SettledPrefixes;
  /** @param instance its name, where the entry tells it */
  read(text: Span, instance: Span): void;
}

export function createPayload(window: ScanWindow, texts: PackedTexts, options: ReaderOptions): Payload {
  const prefixes = options.logLinePrefix === undefined ? CLOUD_SQL_PREFIXES : [options.logLinePrefix];
  const readers = prefixes.map((prefix) => createPrefixReader(prefix, options.timezone));
  const ahead = prefixes.map((prefix) => createPrefixReader(prefix, options.timezone));
  const entry = createLogEntry();
  const mark = createSeverityMark();
  /** Place of the only prefix that the instance uses, once a line has shown it that holds no name of a client's choice. */
  let settled = -1;
  const settledPrefixes = createSettledPrefixes(window);
  let used = 0;
  const payload = {
    entry,
    fields: readers[0]!.fields,
    kind: 'none' as LineKind | 'none',
    isBackground: false,
    settledPrefixes,
    read,
  };

  function read(text: Span, instance: Span): void {
    settled = readers.length === 1 ? 0 : settledPrefixes.turnTo(instance);
    const line: Span = { start: text.start, end: text.end };
    if (hasByte(window.words, line.start, line.end, BACKSLASH)) {
      texts.unescape(line);
    }
    const { bytes } = window;
    const end = withoutSpace(bytes, line.start, line.end);
    const start = readHead(readers, line.start, end);
    clear(entry.detail);
    clear(entry.statement);
    if (start < 0) {
      payload.kind = 'none';
      return;
    }
    payload.kind = mark.kind;
    payload.fields = readers[used]!.fields;
    payload.isBackground = readers[used]!.isBackground;
    if (settled < 0 && isNameless(payload.fields)) {
      settled = used;
      settledPrefixes.settle(used);
    }
    entry.severity = mark.letter;
    entry.message.start = behindVerboseState(bytes, start, end);
    entry.state = entry.message.start > start ? start : payload.fields.state;
    entry.message.end = readLines(start, end);
  }

  /** Reads prefix and severity; where the text begins behind them, -1 when they do not stand there. */
  function readHead(candidates: readonly PrefixReader[], start: number, end: number): number {
    for (let i = Math.max(0, settled); i < candidates.length; i++) {
      const reader = candidates[i]!;
      const behind = reader.read(window, start, end);
      const text = behind < 0 ? -1 : readPlacedSeverity(window, behind, end, mark);
      if (text >= 0) {
        used = i;
        return text;
      }
      if (settled >= 0) {
        return -1;
      }
    }
    return -1;
  }

  /** The entry's DETAIL and STATEMENT may stand in the same text, as lines of their own. Gives the end of its message. */
  function readLines(start: number, end: number): number {
    let part: Span = entry.message;
    let messageEnd = -1;
    for (let p = nextLine(start, end); p < end; p = nextLine(p, end)) {
      const text = readHead(ahead, p, end);
      if (text < 0) {
        continue;
      }
      messageEnd = messageEnd < 0 ? p - 1 : messageEnd;
      part.end = p - 1;
      part = mark.kind === 'detail' ? entry.detail : mark.kind === 'statement' ? entry.statement : { start, end };
      part.start = text;
    }
    part.end = end;
    return messageEnd < 0 ? end : messageEnd;
  }

  function nextLine(from: number, end: number): number {
    const newline = window.bytes.subarray(0, end).indexOf(NEWLINE, from);
    return newline < 0 ? end : newline + 1;
  }

  return payload;
}

/** Of a process of the server's own, or before the client said who it is. */
function isNameless({ principal }: PrefixFields): boolean {
  return principal.start === principal.end;
}

function withoutSpace(bytes: Uint8Array, start: number, end: number): number {
  let p = end;
  while (p > start && bytes[p - 1]! <= SPACE) {
    p--;
  }
  return p;
}

function clear(span: Span): void {
  span.start = 0;
  span.end = 0;
}
