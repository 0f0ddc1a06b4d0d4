import type { PrefixReader } from '../postgres/log-line-prefix.ts';
import { createSeverityMark, readSeverity, type SeverityMark } from '../postgres/severity.ts';
import { createForgeryJudge, type TextHead } from '../postgres/text-forgery.ts';
import type { ScanWindow } from '../scan/scan-window.ts';

/** What begins at a line. */
export const TextKind = {
  /** More bytes are needed to tell. */
  needMore: 0,
  /** An entry: `LOG:  `, `FATAL:  ` and so on. */
  entry: 1,
  /** More about an entry: `DETAIL:  `, `STATEMENT:  ` and so on. */
  supplement: 2,
  /** A line without the prefix. */
  noise: 3,
  /** The prefix, but no severity in English behind it. */
  foreign: 4,
} as const;
export type TextKind = (typeof TextKind)[keyof typeof TextKind];

/** What stands at a line of a text log, with the lines that go on with it. Reused. */
export interface TextEntry {
  head: TextHead;
  mark: SeverityMark;
  /** The text behind the severity, with the lines that continue it. */
  text: { start: number; end: number };
  /** Its last line's place in the index. */
  lastLine: number;
  /** Names in its prefix hold what looks like log lines; the prefix is read as it truly is. */
  isForged: boolean;
}

export interface EntryReader {
  readonly entry: TextEntry;
  /** See `ForgeryJudge`. */
  readonly imitators: Set<number>;
  /**
   * Reads what begins at a line.
   *
   * @param line place of the line's end in the window's index
   * @param isEnd no more bytes will come
   */
  read(line: number, start: number, isEnd: boolean): TextKind;
}

const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;
/** Two names of 63 bytes and what stands between them: the newline within a name comes no later. */
const NAMES_BYTES = 160;

/** @param ahead another reader of the same prefix */
export function createEntryReader(window: ScanWindow, prefix: PrefixReader, ahead: PrefixReader): EntryReader {
  const forgery = createForgeryJudge(prefix, ahead);
  const entry: TextEntry = {
    head: { start: 0, end: 0, severity: -1 },
    mark: createSeverityMark(),
    text: { start: 0, end: 0 },
    lastLine: 0,
    isForged: false,
  };

  function read(line: number, start: number, isEnd: boolean): TextKind {
    const { head, mark, text } = entry;
    const end = endOfLine(window, line);
    entry.lastLine = line;
    entry.isForged = false;
    if (window.bytes[start] === TAB || start === end) {
      return TextKind.noise;
    }
    const severity = prefix.read(window, start, end);
    text.start = prefix.text;
    mark.letter = prefix.mark.letter;
    mark.kind = prefix.mark.kind;
    head.start = start;
    head.end = end;
    head.severity = text.start < 0 ? -1 : severity;
    if (prefix.nameStart >= 0) {
      if (text.start >= 0 && !isEnd && isShort(line) && !hasTwoLinesBehind(line)) {
        return TextKind.needMore;
      }
      if (
        text.start < 0 ||
        forgery.hasSecondSeverity(window, text.start, head) ||
        (isShort(line) && isToldAgain(line))
      ) {
        return readSuspicious(isEnd, severity);
      }
    }
    if (text.start < 0) {
      return severity < 0 ? TextKind.noise : TextKind.foreign;
    }
    return finish(isEnd);
  }

  /** Whether a name that begins in this line may hold its end. */
  function isShort(line: number): boolean {
    return window.index[line]! - prefix.nameStart <= NAMES_BYTES;
  }

  function hasTwoLinesBehind(line: number): boolean {
    return line + 1 < window.indexCount && window.index[line + 1]! + 1 < window.end;
  }

  /** Whether the next line ends as this one does, and is continued: as messages do that tell a name with a newline. */
  function isToldAgain(line: number): boolean {
    const { bytes, words, index } = window;
    const next = line + 1 < window.indexCount ? index[line + 1]! : -1;
    return (
      next >= 0 && bytes[next + 1] === TAB && words.getInt32(next - 4, true) === words.getInt32(index[line]! - 4, true)
    );
  }

  function readSuspicious(isEnd: boolean, severity: number): TextKind {
    const { head, mark, text } = entry;
    const reach = prefix.nameStart + forgery.reach;
    if (window.end < reach && !isEnd) {
      return TextKind.needMore;
    }
    const found = forgery.trueSeverity(window, head, Math.min(window.end, reach));
    if (found >= 0) {
      entry.isForged = forgery.isImitation(window, head, found);
      head.severity = found;
      text.start = readSeverity(window.words, found, window.end, mark);
      while (entry.lastLine < window.indexCount && window.index[entry.lastLine]! < found) {
        entry.lastLine++;
      }
      return entry.lastLine < window.indexCount ? finish(isEnd) : TextKind.needMore;
    }
    if (text.start < 0) {
      return severity < 0 ? TextKind.noise : TextKind.foreign;
    }
    prefix.read(window, head.start, head.end);
    return finish(isEnd);
  }

  /** Adds the lines that go on with the text: the server puts a tab in front of them. */
  function finish(isEnd: boolean): TextKind {
    const { bytes, index } = window;
    let line = entry.lastLine;
    for (;;) {
      const next = index[line]! + 1;
      if (next >= window.end) {
        if (!isEnd) {
          return TextKind.needMore;
        }
        break;
      }
      if (bytes[next] !== TAB) {
        break;
      }
      if (++line >= window.indexCount) {
        return TextKind.needMore;
      }
    }
    entry.lastLine = line;
    entry.text.end = endOfLine(window, line);
    return entry.mark.kind === 'entry' ? TextKind.entry : TextKind.supplement;
  }

  return { entry, imitators: forgery.imitators, read };
}

/** Where a line ends, without what ends it. */
export function endOfLine({ bytes, index }: ScanWindow, line: number): number {
  const end = index[line]!;
  return bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
}
