import { ActivityClass, AuthenticationFailure } from '../model/activity.ts';
import { clearParts, type LogEntry } from '../postgres/judge-entry.ts';
import type { PrefixReader } from '../postgres/log-line-prefix.ts';
import { bulkPrefix } from '../postgres/log-line-prefix-bulk.ts';
import { COMMON_MESSAGES, IRRELEVANT } from '../postgres/message.ts';
import type { ScanWindow } from '../scan/scan-window.ts';
import { RECORD_WORDS, SupplementWord, TextLogRecords, TextWord } from '../scan/text-log-records.ts';
import type { RecordView, Span } from './parser.ts';
import type { TextEntry } from './text-log-entry.ts';
import { MAX_BYTES_BETWEEN, type Supplements } from './text-log-supplements.ts';

/** As long as the longest severity with what stands behind it. */
const SEVERITY_BYTES = 12;

/** Entries that are taken many at a time: those that nearly all of a log are, and lines that say more about an entry. */
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
  /** Makes the one given last what an entry reader read. */
  putEntry(entry: TextEntry): void;
  /** Finds what says more about it directly behind it; false where only a search can tell. */
  findDirect(word: keyof typeof SupplementWord, found: Supplements): boolean;
  /** Passes over those whose lines were read with another: all before a line. */
  passTo(line: number): void;
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
  const usual = { has, give, lastLine: 0, told: 0, names: 0, note, putEntry, findDirect, passTo, forget };

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
    entry.severity = words[at + TextWord.word]!;
    entry.message.start = words[at + TextWord.text]!;
    entry.message.end = view.record.end;
    clearParts(entry);
  }

  function putEntry(read: TextEntry): void {
    read.isForged = false;
    read.lastLine = usual.lastLine;
    read.mark.letter = entry.severity;
    read.text.start = entry.message.start;
    read.text.end = entry.message.end;
  }

  function findDirect(word: keyof typeof SupplementWord, found: Supplements): boolean {
    const { words, next, left } = taken;
    const { sessionHigh, sessionLow } = view;
    const end = next + left * RECORD_WORDS;
    for (let at = next; at < end; at += RECORD_WORDS) {
      const isMore = words[at + TextWord.class] === IRRELEVANT;
      const isSame = words[at + TextWord.sessionHigh] === sessionHigh && words[at + TextWord.sessionLow] === sessionLow;
      if (!isMore || !isSame || words[at + TextWord.start]! - entry.message.end > MAX_BYTES_BETWEEN) {
        return false;
      }
      if (words[at + TextWord.word] === SupplementWord[word]) {
        found.lastLine = words[at + TextWord.lastLine]!;
        found.text.start = words[at + TextWord.text]!;
        found.text.end = found.end = words[at + TextWord.end]!;
        return true;
      }
    }
    return false;
  }

  function passTo(line: number): void {
    while (taken.left > 0 && taken.words[taken.next + TextWord.lastLine]! < line) {
      taken.drop();
    }
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
