import { ActivityClass, AuthenticationFailure } from '../model/activity.ts';
import type { LogEntry } from '../postgres/judge-entry.ts';
import type { PrefixReader } from '../postgres/log-line-prefix.ts';
import { bulkPrefix } from '../postgres/log-line-prefix-bulk.ts';
import { COMMON_MESSAGES } from '../postgres/message.ts';
import type { ScanWindow } from '../scan/scan-window.ts';
import { TextLogRecords, TextWord } from '../scan/text-log-records.ts';
import type { RecordView, Span } from './parser.ts';

/** First letter of LOG. */
const LOG = 0x4c;
/** As long as the longest severity with what stands behind it. */
const SEVERITY_BYTES = 12;

/** Entries that are taken many at a time: those that most of a log are, and lines that say more about an entry. */
export interface UsualEntries {
  /**
   * Whether there is a next one. Looks for more where none is left.
   *
   * @param line place in the index of the end of the line at the window's position
   * @param seed of the hash of names
   */
  has(line: number, seed: number): boolean;
  /** Puts the next one into the view, the fields of the prefix and the entry. */
  give(): void;
  /** Of the one given last: its last line's place in the index. */
  lastLine: number;
  /** Where the names end that its message tells as the prefix does; 0 where that is not known. */
  told: number;
  /** The hash of its names. */
  names: number;
  /** An entry was read by itself that begins at a place. */
  note(start: number): void;
  /** Those that are left are to be looked for again. */
  forget(): void;
}

export function createUsualEntries(
  logLinePrefix: string,
  window: ScanWindow,
  { fields, nameReach }: PrefixReader,
  view: RecordView,
  entry: LogEntry,
): UsualEntries | undefined {
  const bulk = bulkPrefix(logLinePrefix);
  if (bulk === undefined) {
    return undefined;
  }
  const reach = nameReach === 0 ? 0 : nameReach + SEVERITY_BYTES;
  const records = new TextLogRecords(window, { ...bulk, reach }, COMMON_MESSAGES, ActivityClass.authentication);
  const { taken } = records;
  const usual = { has, give, lastLine: 0, told: 0, names: 0, note, forget };

  function has(line: number, seed: number): boolean {
    return taken.left > 0 || records.take(line, seed);
  }

  function give(): void {
    const at = taken.give(view);
    const { words } = taken;
    usual.lastLine = words[at + TextWord.lastLine]!;
    usual.told = words[at + TextWord.told]!;
    usual.names = words[at + TextWord.names]!;
    put(words, at + TextWord.principal, fields.principal);
    put(words, at + TextWord.database, fields.database);
    put(words, at + TextWord.address, fields.address);
    put(words, at + TextWord.application, fields.application);
    fields.time = view.time;
    fields.pid = words[at + TextWord.pid]!;
    fields.lineNumber = words[at + TextWord.lineNumber]!;
    fields.sessionHigh = view.sessionHigh;
    fields.sessionLow = view.sessionLow;
    view.failure = AuthenticationFailure.none;
    view.status = 0;
    entry.severity = LOG;
    entry.message.start = words[at + TextWord.text]!;
    entry.message.end = view.record.end;
    entry.statement.start = entry.statement.end = 0;
  }

  function note(start: number): void {
    records.noteMinute(fields.time, start);
  }

  function forget(): void {
    taken.left = 0;
  }

  return usual;
}

function put(words: Int32Array, at: number, span: Span): void {
  span.start = words[at]!;
  span.end = words[at + 1]!;
}
