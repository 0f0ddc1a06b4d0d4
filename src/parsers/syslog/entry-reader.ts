import { byteText, hasByte, indexOfText } from '../../lib/byte-text.ts';
import { createLogEntry, type LogEntry } from '../../postgres/judge-entry.ts';
import { createPrefixReader, DEFAULT_LOG_LINE_PREFIX, type PrefixReader } from '../../postgres/log-line-prefix.ts';
import { behindVerboseState, createSeverityMark, readSeverity } from '../../postgres/severity.ts';
import { createForgeryJudge, recallImitators } from '../../postgres/text-forgery.ts';
import type { ScanWindow } from '../../scan/scan-window.ts';
import type { Span } from '../parser.ts';

const TAB = 0x09;
const NEWLINE = 0x0a;
const SPACE = 0x20;
/** No prefix is longer: names have 63 bytes, host names 253. */
const PREFIX_BYTES = 1024;
/** DETAIL, HINT, QUERY, CONTEXT, STATEMENT, LOCATION: one of each, and each may be missed because of an odd name. */
const MAX_TRIES = 32;
/** What the server writes in front of the end of a session that was refused. */
const FATAL = byteText(' FATAL:  ');

/** What the text of one entry says. Reused for every entry; positions are those of the text. */
export interface EntryText {
  /** A name that a client chose holds what looks like this entry. */
  isForged: boolean;
  entry: LogEntry;
  /** Milliseconds since the epoch, UTC; NaN where the prefix tells none. */
  time: number;
  /** From `%c`; 0, 0 where the prefix has none. */
  sessionHigh: number;
  sessionLow: number;
  /** From `%p`; 0 where the prefix has none. */
  pid: number;
  principal: Span;
  database: Span;
  address: Span;
  application: Span;
}

/** Hashes of names that imitated log lines. */
export type EntryMemory = ReadonlySet<number>;

export interface EntryReader {
  readonly text: EntryText;
  /** Whether a text begins an entry. */
  isEntry(window: ScanWindow, start: number, end: number): boolean;
  /**
   * Reads the text of a whole entry; false when it does not begin as entries do. One that was put together from parts, at
   * the window's scratch, has lines for DETAIL and STATEMENT, too.
   */
  read(window: ScanWindow, start: number, end: number): boolean;
  save(): EntryMemory;
  recall(memory: EntryMemory): void;
}

/**
 * Reads entries as PostgreSQL sends them to syslog: prefix, severity, message, then lines of their own for DETAIL,
 * STATEMENT and the like, each behind the same prefix.
 *
 * @param prefix the server's `log_line_prefix`; undefined when it is not known: then the first severity counts
 */
export function createEntryReader(prefix: string | undefined, timezone: string | undefined): EntryReader {
  const reader = createPrefixReader(prefix ?? DEFAULT_LOG_LINE_PREFIX, timezone);
  const isGuessed = prefix === undefined;
  const forgery = createForgeryJudge(reader, createPrefixReader(prefix ?? DEFAULT_LOG_LINE_PREFIX, timezone));
  const mark = createSeverityMark();
  const text = createEntryText();
  /** Where the prefix read last ends; -1 when it did not fit. */
  let prefixEnd = -1;

  /** Where the text behind prefix and severity begins; -1 when there are none. `mark` tells the severity. */
  function behindSeverity(window: ScanWindow, start: number, end: number): number {
    const limit = Math.min(end, start + PREFIX_BYTES);
    prefixEnd = reader.read(window, start, limit);
    if (!isGuessed) {
      return prefixEnd < 0 ? -1 : readSeverity(window.words, prefixEnd, end, mark);
    }
    for (let p = prefixEnd < 0 ? start : prefixEnd; p < limit; p++) {
      const isWord = p === start || p === prefixEnd || window.bytes[p - 1] === SPACE;
      const behind = isWord ? readSeverity(window.words, p, end, mark) : -1;
      if (behind >= 0) {
        return behind;
      }
    }
    return -1;
  }

  function read(window: ScanWindow, start: number, end: number): boolean {
    const behind = behindSeverity(window, start, end);
    if (behind < 0 || mark.kind !== 'entry') {
      return false;
    }
    text.isForged = isImitated(window, start, end, behind);
    const { entry } = text;
    const message = behindVerboseState(window.bytes, behind, end);
    entry.severity = mark.letter;
    entry.state = message > behind ? behind : -1;
    empty(entry.detail, end);
    empty(entry.statement, end);
    takePrefix(start);
    entry.message.start = message;
    entry.message.end = end;
    if (start === window.scratch) {
      readSections(window, message, end);
    }
    return true;
  }

  /**
   * Whether a name holds what was taken for the severity: the true one stands further on in the same line. Leaves the
   * prefix as read.
   */
  function isImitated(window: ScanWindow, start: number, end: number, behind: number): boolean {
    if (isGuessed || reader.nameStart < 0) {
      return false;
    }
    const head = { start, end: lineEnd(window, behind, end), severity: prefixEnd };
    if (!forgery.hasSecondSeverity(window, behind, head)) {
      return false;
    }
    const isImitation = forgery.trueSeverity(window, head, head.end) >= 0;
    behindSeverity(window, start, end);
    return isImitation;
  }

  /** Copies what the prefix of the entry told: the prefixes of its other lines overwrite it. */
  function takePrefix(start: number): void {
    const { fields, escapes } = reader;
    const isRead = prefixEnd >= 0;
    const hasSession = isRead && escapes.has('c');
    text.time = isRead && hasTime(reader) ? fields.time : Number.NaN;
    text.sessionHigh = hasSession ? fields.sessionHigh : 0;
    text.sessionLow = hasSession ? fields.sessionLow : 0;
    text.pid = isRead && escapes.has('p') ? fields.pid | 0 : 0;
    text.entry.state = isRead && escapes.has('e') ? fields.state : text.entry.state;
    take(text.principal, fields.principal, isRead, start);
    take(text.database, fields.database, isRead, start);
    take(text.address, fields.address, isRead, start);
    take(text.application, fields.application, isRead, start);
  }

  /** Finds where DETAIL and STATEMENT stand; the lines of a message itself begin with a tab. */
  function readSections(window: ScanWindow, start: number, end: number): void {
    const { bytes } = window;
    let section: Span | undefined = text.entry.message;
    let tries = 0;
    const body = bytes.subarray(0, end); // without an end, a search goes through all of the memory
    for (let p = body.indexOf(NEWLINE, start); p >= 0 && tries < MAX_TRIES; p = body.indexOf(NEWLINE, p + 1)) {
      if (bytes[p + 1] === TAB) {
        continue;
      }
      tries++;
      const behind = behindSeverity(window, p + 1, end);
      if (behind >= 0 && mark.kind !== 'entry') {
        close(section, p);
        section = sectionOf(text.entry);
        open(section, behind, end);
      }
    }
  }

  function sectionOf(entry: LogEntry): Span | undefined {
    return mark.kind === 'detail' ? entry.detail : mark.kind === 'statement' ? entry.statement : undefined;
  }

  return {
    text,
    save: () => forgery.imitators,
    recall: (known) => recallImitators(forgery.imitators, known),
    isEntry: (window, start, end) => behindSeverity(window, start, end) >= 0 && mark.kind === 'entry',
    read,
  };
}

/**
 * Whether a message about a client's coming in, which is the server's own but for names, holds the beginning of another
 * entry: then all of it stands in such a name.
 */
export function isInName(words: DataView, { start, end }: Span): boolean {
  return indexOfText(words, start, end, FATAL) >= 0;
}

/** The end of the line that a position is in. */
function lineEnd({ words, bytes }: ScanWindow, at: number, end: number): number {
  return hasByte(words, at, end, NEWLINE) ? bytes.indexOf(NEWLINE, at) : end;
}

function hasTime({ escapes }: PrefixReader): boolean {
  return escapes.has('m') || escapes.has('t') || escapes.has('n');
}

function createEntryText(): EntryText {
  const span = () => ({ start: 0, end: 0 });
  return {
    isForged: false,
    entry: createLogEntry(),
    time: Number.NaN,
    sessionHigh: 0,
    sessionLow: 0,
    pid: 0,
    principal: span(),
    database: span(),
    address: span(),
    application: span(),
  };
}

function take(to: Span, from: Span, isRead: boolean, start: number): void {
  to.start = isRead ? from.start : start;
  to.end = isRead ? from.end : start;
}

function empty(span: Span, at: number): void {
  span.start = at;
  span.end = at;
}

function open(section: Span | undefined, start: number, end: number): void {
  if (section !== undefined && section.start === section.end) {
    section.start = start;
    section.end = end;
  }
}

function close(section: Span | undefined, end: number): void {
  if (section !== undefined) {
    section.end = end;
  }
}
