import { byteText, startsWith } from '../lib/byte-text.ts';
import { behindCount, behindMessageId, behindPriority, isNamedPriority } from './syslog-priority.ts';
import { createSyslogStampReader, type StampMemory } from './syslog-stamp.ts';

const SPACE = 0x20;
const COLON = 0x3a;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NIL = 0x2d;
const LESS = 0x3c;
const UPPER_A = 0x41;
const UPPER_Z = 0x5a;
/** Version of RFC 5424, behind the priority. */
const VERSION = byteText('1 ');
/** U+FEFF: RFC 5424 puts it before texts in UTF-8. */
const BYTE_ORDER_MARK = byteText('\ufeff');
/** What a container runtime writes behind the time: the stream, and whether the line is whole or a part of one. */
const CONTAINER_STREAMS = ['stdout F ', 'stderr F ', 'stdout P ', 'stderr P '].map(byteText);
/** What Heroku calls the process of a database. */
const DYNO = byteText('app[postgres.');
/** `app[` */
const DYNO_KIND_BYTES = 4;
/** Host and program are shorter. */
const NAME_BYTES = 300;

/** What stands before the text of a syslog message. Reused for every line. */
export interface SyslogHeader {
  /** Stands for host, program and process id: equal for lines of one process. */
  process: number;
  /** 0 where the line does not tell. */
  pid: number;
  /** Name of the program: `postgres`. */
  program: { start: number; end: number };
  /** The line is one of a container: everything in it is of one program. */
  isContainer: boolean;
  /** Where the text begins. */
  text: number;
}

/** Reads lines as syslog daemons write them into files. */
export interface SyslogHeaderReader {
  readonly header: SyslogHeader;
  /** Reads a line's header; false when it has none. */
  read(bytes: Uint8Array, words: DataView, start: number, end: number): boolean;
  /** When the line was logged: milliseconds since the epoch, UTC; NaN when it does not tell. */
  time(): number;
  /** Tells the time of a record, around which stamps without a year lie. */
  learn(time: number): void;
  /** The same, less surely: it counts only where no time is known yet. */
  learnRoughly(time: number): void;
  /** Around which time stamps without a year lie. */
  save(): StampMemory;
  recall(memory: StampMemory): void;
}

/**
 * Reads `Nov 21 10:00:00 host postgres[123]: text` (RFC 3164, with or without `<134>` and host), the same with an ISO
 * 8601 time, `<134>1 2026-11-21T10:00:00.123Z host postgres 123 - - text` (RFC 5424), and what Kubernetes keeps of a
 * container: `2026-11-21T10:00:00.123Z stderr F text`. Of BusyBox and FreeBSD with the priority by its names; of Heroku `2026-11-21T10:00:00+00:00 app[postgres.123]: [GREEN] text`.
 *
 * @param timezone of stamps that tell none
 * @param now milliseconds since the epoch: no log was written later
 */
export function createSyslogHeaderReader(timezone: string | undefined, now: number): SyslogHeaderReader {
  const stamps = createSyslogStampReader(timezone, now);
  const header: SyslogHeader = { process: 0, pid: 0, program: { start: 0, end: 0 }, isContainer: false, text: 0 };

  function read(bytes: Uint8Array, words: DataView, start: number, end: number): boolean {
    const message = behindCount(bytes, start, end);
    let at = behindPriority(bytes, message, end);
    const isStructured = (at > message || bytes[at + 6] === NIL) && startsWith(words, at, end, VERSION);
    at += isStructured ? VERSION.length : 0;
    const stampEnd = stamps.read(bytes, words, at, end);
    if (stampEnd < 0 || stampEnd >= end || bytes[stampEnd] !== SPACE) {
      return false;
    }
    header.isContainer = false;
    return isStructured
      ? readStructured(header, bytes, words, stampEnd + 1, end)
      : readContainer(header, words, stampEnd + 1, end) || readPlain(header, bytes, words, stampEnd + 1, end);
  }

  return { ...stamps, header, read };
}

/** `stderr F text`, as the container runtime interface of Kubernetes has it. */
function readContainer(header: SyslogHeader, words: DataView, start: number, end: number): boolean {
  const stream = CONTAINER_STREAMS.find((name) => startsWith(words, start, end, name));
  if (stream === undefined) {
    return false;
  }
  header.isContainer = true;
  header.process = 0;
  header.pid = 0;
  header.program.start = start;
  header.program.end = start;
  header.text = start + stream.length;
  return true;
}

/** `host postgres[123]: text`, or without the host, as programs send it to a daemon on their own machine. */
function readPlain(header: SyslogHeader, bytes: Uint8Array, words: DataView, start: number, end: number): boolean {
  const host =
    bytes[start] === LESS && isNamedPriority(bytes, start, nextWord(bytes, start, end) - 1)
      ? nextWord(bytes, start, end)
      : start;
  let word = host;
  let hostEnd = host;
  for (let p = host; p < end && p < start + NAME_BYTES; p++) {
    if (bytes[p] === SPACE && word === host) {
      hostEnd = p;
      word = p + 1; // what came before was the host
    } else if (bytes[p] === SPACE && isNamedPriority(bytes, word, p)) {
      word = p + 1;
    } else if (bytes[p] === SPACE) {
      header.text = p + 1;
      return startsWith(words, word, p, DYNO) && readDyno(header, bytes, word, p, end);
    } else if (bytes[p] === COLON && (p + 1 === end || bytes[p + 1] === SPACE)) {
      header.text = Math.min(end, p + 2);
      if (startsWith(words, word, p, DYNO)) {
        return readDyno(header, bytes, word, p, end);
      }
      header.process = hash(bytes, word, p, hash(bytes, host, hostEnd));
      readTag(header, bytes, word, p);
      header.text = behindMessageId(bytes, words, header.text, end);
      return true;
    }
  }
  return false;
}

/** `postgres[123]`. */
function readTag(header: SyslogHeader, bytes: Uint8Array, start: number, end: number): void {
  header.program.start = start;
  header.program.end = end;
  header.pid = 0;
  if (bytes[end - 1] === BRACKET_END) {
    let bracket = end - 2;
    while (bracket > start && bytes[bracket] !== BRACKET) {
      bracket--;
    }
    header.program.end = bracket;
    header.pid = number(bytes, bracket + 1, end - 1);
  }
}

/** `app[postgres.123]` of Heroku, whose text begins with the colour that the database is called by: `[GREEN] `. */
function readDyno(header: SyslogHeader, bytes: Uint8Array, start: number, end: number, lineEnd: number): boolean {
  header.process = hash(bytes, start, end);
  header.program.start = start + DYNO_KIND_BYTES;
  header.program.end = start + DYNO.length - 1;
  header.pid = number(bytes, start + DYNO.length, end - 1);
  const { text } = header;
  if (bytes[text] === BRACKET && bytes[text + 1]! >= UPPER_A && bytes[text + 1]! <= UPPER_Z) {
    header.text = nextWord(bytes, text, lineEnd);
  }
  return bytes[end - 1] === BRACKET_END;
}

/** `host postgres 123 - - text`: host, program, process, kind of message, then data in brackets or none. */
function readStructured(header: SyslogHeader, bytes: Uint8Array, words: DataView, start: number, end: number): boolean {
  const program = nextWord(bytes, start, end);
  const process = nextWord(bytes, program, end);
  const kind = nextWord(bytes, process, end);
  let at = behindData(bytes, nextWord(bytes, kind, end), end);
  if (at < 0) {
    return false;
  }
  at += bytes[at] === SPACE ? 1 : 0;
  at += startsWith(words, at, end, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  at += bytes[at] === SPACE ? 1 : 0; // rsyslog keeps the one that stood behind the tag
  header.process = hash(bytes, start, kind - 1);
  header.program.start = program;
  header.program.end = process - 1;
  header.pid = number(bytes, process, kind - 1);
  header.text = Math.min(at, end);
  return true;
}

/** The start of the word behind the one at `start`; `end` when there is none. */
function nextWord(bytes: Uint8Array, start: number, end: number): number {
  for (let p = start; p < end && p < start + NAME_BYTES; p++) {
    if (bytes[p] === SPACE) {
      return p + 1;
    }
  }
  return end;
}

/** Behind `-` or `[id name="value"][id]`, in whose values `\` escapes `"`, `\` and `]`; -1 when there is neither. */
function behindData(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end) {
    return -1;
  }
  if (bytes[start] === NIL) {
    return start + 1;
  }
  let isQuoted = false;
  let isOpen = false;
  for (let p = start; p < end; p++) {
    const byte = bytes[p];
    if (isQuoted) {
      p += byte === BACKSLASH ? 1 : 0;
      isQuoted = byte !== QUOTE;
    } else if (byte === BRACKET) {
      isOpen = true;
    } else if (byte === BRACKET_END) {
      isOpen = false;
    } else if (!isOpen) {
      return p === start ? -1 : p;
    } else {
      isQuoted = byte === QUOTE;
    }
  }
  return isOpen ? -1 : end;
}

/** The value of up to nine digits; 0 when there are others. */
function number(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let p = start; p < end; p++) {
    const digit = bytes[p]! - 0x30;
    if (digit < 0 || digit > 9 || end - start > 9) {
      return 0;
    }
    value = value * 10 + digit;
  }
  return value;
}

/** FNV-1a with 32 bits. Names of hosts and programs are not chosen by clients of the database. */
function hash(bytes: Uint8Array, start: number, end: number, seed = 0x811c9dc5): number {
  let value = seed;
  for (let p = start; p < end; p++) {
    value = Math.imul(value ^ bytes[p]!, 0x01000193);
  }
  return value;
}
