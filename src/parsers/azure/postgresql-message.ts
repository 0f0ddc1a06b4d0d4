import { wholeNumber } from '../../azure/data-plane-request.ts';
import { Member } from '../../azure/member.ts';
import type { PackedTexts } from '../../azure/packed-texts.ts';
import { type ByteText, byteText, hasByte, indexOfText } from '../../lib/byte-text.ts';
import { createLogEntry, type LogEntry } from '../../postgres/judge-entry.ts';
import { createPrefixReader, type PrefixReader } from '../../postgres/log-line-prefix.ts';
import { behindVerboseState, createSeverityMark, type LineKind, readSeverity } from '../../postgres/severity.ts';
import type { ReaderOptions, Span } from '../parser.ts';
import { put, putFirst, type WalkedRecord } from './category-reader.ts';

/** `log_line_prefix` of Azure's servers, unless their owner changed it. */
const AZURE_PREFIX = '%t-%c-';
const BACKSLASH = 0x5c;
const STATE_BYTES = 5;
const DETAILS = [Member.detail, Member.detailLog];
/** The severities that concern us, by their first letter, as they stand in front of a message. */
const SEVERITIES: ReadonlyMap<number, ByteText> = new Map(
  ['LOG', 'FATAL', 'ERROR'].map((word) => [word.charCodeAt(0), byteText(`${word}:  `)]),
);

/** Words in front of what is said more about the message before. */
const SUPPLEMENTS: readonly { kind: LineKind; text: ByteText }[] = (
  ['statement', 'detail', 'hint', 'context', 'query'] as const
).map((kind) => ({ kind, text: byteText(`${kind.toUpperCase()}:  `) }));

/** The message of a PostgreSQL record, taken apart. */
export interface PostgresqlMessage {
  /** Where its parts stand. */
  readonly entry: LogEntry;
  readonly prefix: PrefixReader;
  /** `entry`, or what it says more about the message before. */
  readonly kind: LineKind;
  /** Whether the prefix of the line was understood: then `prefix.fields` is of this record. */
  readonly hasPrefix: boolean;
  /** Names the session: 0, 0 where the record does not tell. */
  readonly session: { high: number; low: number };
  /** Finds the parts; false when the record holds nothing of a severity that concerns us. */
  read(): boolean;
}

/**
 * Takes the message of a record apart. Flexible Server: prefix, severity and message in one text. Single Server: the
 * prefix and the severity stand in properties of their own.
 */
export function createPostgresqlMessage(
  record: WalkedRecord,
  texts: PackedTexts,
  options: ReaderOptions,
): PostgresqlMessage {
  const { window, found } = record;
  const entry = createLogEntry();
  const prefix = createPrefixReader(options.logLinePrefix ?? AZURE_PREFIX, options.timezone);
  const mark = createSeverityMark();
  const line: Span = { start: 0, end: 0 };
  const message = {
    entry,
    prefix,
    kind: 'entry' as LineKind,
    hasPrefix: false,
    session: { high: 0, low: 0 },
    read,
  };

  function read(): boolean {
    const level = found[2 * Member.errorLevel]!;
    entry.severity = level === 0 ? 0 : window.bytes[level]!;
    if (entry.severity !== 0 && !SEVERITIES.has(entry.severity)) {
      return false;
    }
    readPrefix();
    readSession();
    const { start, end } = entry.message;
    entry.message.start = behindVerboseState(window.bytes, start, end);
    readState();
    putFirst(record, DETAILS, entry.detail);
    put(record, Member.statement, entry.statement);
    return SEVERITIES.has(entry.severity) && start < end;
  }

  /** Puts into `entry.message` what stands behind prefix and severity. */
  function readPrefix(): void {
    message.kind = 'entry';
    putPlain(Member.message, entry.message);
    putPlain(Member.prefix, line);
    if (line.start < line.end) {
      message.hasPrefix = prefix.read(window, line.start, line.end) >= 0;
      return;
    }
    const { start, end } = entry.message;
    const behind = prefix.read(window, start, end);
    message.hasPrefix = behind >= 0;
    const text = behind < 0 ? -1 : readSeverity(window.words, behind, end, mark);
    if (text >= 0) {
      entry.message.start = text;
      message.kind = mark.kind;
      entry.severity = entry.severity === 0 ? mark.letter : entry.severity;
    } else {
      skipUnknownPrefix(behind < 0 ? start : behind, end);
    }
  }

  /** The prefix is not the one we know of: the message begins behind the first word that names its severity. */
  function skipUnknownPrefix(start: number, end: number): void {
    const severity = SEVERITIES.get(entry.severity);
    if (skipTo(severity, start, end)) {
      return;
    }
    message.kind = SUPPLEMENTS.find(({ text }) => skipTo(text, start, end))?.kind ?? 'entry';
  }

  function skipTo(word: ByteText | undefined, start: number, end: number): boolean {
    const at = word === undefined ? -1 : indexOfText(window.words, start, end, word);
    entry.message.start = at < 0 ? start : at + word!.length;
    return at >= 0;
  }

  function readSession(): void {
    const { session } = message;
    const { sessionHigh, sessionLow } = prefix.fields;
    const isTold = message.hasPrefix && (sessionHigh !== 0 || sessionLow !== 0);
    session.high = isTold ? sessionHigh : 0;
    session.low = isTold
      ? sessionLow
      : wholeNumber(window.bytes, found[2 * Member.processId]!, found[2 * Member.processId + 1]!) | 0;
  }

  function readState(): void {
    const start = found[2 * Member.sqlState]!;
    const isTold = found[2 * Member.sqlState + 1]! - start === STATE_BYTES;
    entry.state = isTold ? start : message.hasPrefix ? prefix.fields.state : -1;
  }

  /** The text of a member; where it has escapes, a copy without them. */
  function putPlain(member: number, span: Span): void {
    put(record, member, span);
    if (hasByte(window.words, span.start, span.end, BACKSLASH)) {
      texts.unescape(span);
    }
  }

  return message;
}
