import { hasByte } from '../lib/byte-text.ts';
import type { PrefixReader } from './log-line-prefix.ts';
import type { LogBytes } from './log-line-prefix-fields.ts';
import { MAX_NAME_BYTES, USUAL_NAME_BYTES } from './log-line-prefix-steps.ts';
import { behindVerboseState, createSeverityMark, hasSeverity, readSeverity } from './severity.ts';
import { areTold } from './told-names.ts';

const NEWLINE = 0x0a;
const SPACE = 0x20;
const TAB = 0x09;
/** First letter of FATAL. */
const FATAL = 0x46;
/** A message names the client within this many bytes. */
const MESSAGE_BYTES = 512;
/** As long as the longest severity, BACKTRACE, with what stands behind it. */
const SEVERITY_BYTES = 12;
/** Names that imitated log lines, remembered so that their other lines are told, too. */
const MAX_IMITATORS = 256;

/** How much speaks for a place to be where the true severity of an entry stands. */
const Worth = {
  none: 0,
  /** Its line is no entry by itself, and a head that broke off stands before it. */
  rest: 1,
  /** The message behind it tells a name of the prefix. */
  told: 2,
  /** The names imitated log lines before. */
  known: 3,
  /** The message tells the very name that holds the false line: nobody can make the server do so for another one. */
  sure: 4,
} as const;
type Worth = (typeof Worth)[keyof typeof Worth];

/** What of a line's beginning has been read. */
export interface TextHead {
  start: number;
  /** End of its line, without the newline. */
  end: number;
  /** Where its severity stands; -1 when it has none. */
  severity: number;
}

/**
 * Tells entries whose names hold what looks like log lines. PostgreSQL writes names into the prefix as the client sent
 * them, newlines and all; in messages it puts a tab behind each newline. So the entry that carries a false line begins
 * with a head that breaks off within a name, goes on with the false line, and ends with the rest of the prefix, the true
 * severity, and a message that mostly tells the name once more.
 */
export interface ForgeryJudge {
  /** Hashes of names that imitated log lines. */
  readonly imitators: Set<number>;
  /** How far behind the start of the first name bytes must be there for `trueSeverity`. */
  readonly reach: number;
  /** Whether a second severity stands where names could still be: then `trueSeverity` is to be asked. */
  hasSecondSeverity(source: LogBytes, text: number, head: TextHead): boolean;
  /**
   * Where the true severity of an entry stands that does not end its prefix where it seems; -1 when it does. The prefix
   * is then read as far as there.
   *
   * @param end the bytes that are there
   */
  trueSeverity(source: LogBytes, head: TextHead, end: number): number;
  /** Whether the names in front of a true severity hold an entry: newlines alone deceive nobody. */
  isImitation(source: LogBytes, head: TextHead, severity: number): boolean;
}

export function createForgeryJudge(prefix: PrefixReader, ahead: PrefixReader): ForgeryJudge {
  const { fields } = prefix;
  const mark = createSeverityMark();
  const imitators = new Set<number>();
  const reach = prefix.nameReach + MESSAGE_BYTES;

  function hasSecondSeverity({ words }: LogBytes, text: number, head: TextHead): boolean {
    const limit = prefix.nameStart + prefix.nameReach + SEVERITY_BYTES;
    return hasSeverity(words, text, limit < head.end ? limit : head.end, words.getUint8(text - 2) !== SPACE);
  }

  function trueSeverity(source: LogBytes, head: TextHead, end: number): number {
    const limit = Math.min(end, prefix.nameStart + prefix.nameReach);
    for (const nameBytes of [USUAL_NAME_BYTES, MAX_NAME_BYTES]) {
      prefix.limitNames(nameBytes);
      ahead.limitNames(nameBytes);
      const best = bestSeverity(source, head, limit, end);
      if (best >= 0) {
        readBest(source, head, best, end);
        return best;
      }
    }
    return -1;
  }

  function bestSeverity(source: LogBytes, head: TextHead, limit: number, end: number): number {
    let best = -1;
    let bestWorth: Worth = Worth.rest;
    for (const position of ahead.ends(source, head.start, limit)) {
      const worth = position > head.severity ? worthOf(source, head, position, end) : Worth.none;
      if (worth >= bestWorth) {
        best = position;
        bestWorth = worth;
      }
    }
    return best;
  }

  function worthOf(source: LogBytes, head: TextHead, position: number, end: number): Worth {
    const text = readSeverity(source.words, position, end, mark);
    const isLogin = mark.letter === FATAL && mark.kind === 'entry';
    if (isTold(source, head.start, position, text, end, true)) {
      return Worth.sure;
    }
    if (isOfImitator(source, head.start, position)) {
      return Worth.known;
    }
    const isOpen = head.severity < 0;
    if ((isOpen || isLogin) && isTold(source, head.start, position, text, end, false)) {
      return Worth.told;
    }
    return isOpen && !isOwnOfLine(source, position) ? Worth.rest : Worth.none;
  }

  /** Reads the prefix in the way that the message bears out. */
  function readBest(source: LogBytes, head: TextHead, position: number, end: number): void {
    const text = readSeverity(source.words, position, end, mark);
    const isRead =
      isTold(source, head.start, position, text, end, true) ||
      isOfImitator(source, head.start, position) ||
      isTold(source, head.start, position, text, end, false) ||
      prefix.readTo(source, head.start, position);
    if (isRead) {
      remember(source.bytes);
    }
  }

  /** Whether the message tells the names of the prefix, for some way to split them. */
  function isTold(
    source: LogBytes,
    start: number,
    position: number,
    text: number,
    end: number,
    isSure: boolean,
  ): boolean {
    const { principal, database } = fields;
    const message = behindVerboseState(source.bytes, text, end);
    const messageEnd = endOfMessage(source.bytes, message, Math.min(end, message + MESSAGE_BYTES));
    return prefix.readTo(
      source,
      start,
      position,
      () =>
        (!isSure || isOdd(source, principal) || isOdd(source, database)) &&
        areTold(source, message, messageEnd, fields),
    );
  }

  function isOfImitator(source: LogBytes, start: number, position: number): boolean {
    return imitators.size > 0 && prefix.readTo(source, start, position, () => imitators.has(namesHash(source.bytes)));
  }

  /** Whether the line that a position is in begins like an entry of its own that has its severity there. */
  function isOwnOfLine(source: LogBytes, position: number): boolean {
    const line = source.bytes.lastIndexOf(NEWLINE, position) + 1;
    return ahead.ends(source, line, position + SEVERITY_BYTES)[0] === position;
  }

  function isImitation(source: LogBytes, head: TextHead, severity: number): boolean {
    if (head.severity >= 0) {
      return true;
    }
    for (let p = source.bytes.indexOf(NEWLINE, head.end); p >= 0 && p < severity; ) {
      if (ahead.ends(source, p + 1, severity + SEVERITY_BYTES).length > 0) {
        return true;
      }
      p = source.bytes.indexOf(NEWLINE, p + 1);
    }
    return false;
  }

  function remember(bytes: Uint8Array): void {
    if (imitators.size >= MAX_IMITATORS) {
      imitators.clear();
    }
    imitators.add(namesHash(bytes));
  }

  /** FNV-1a of the names in the fields. */
  function namesHash(bytes: Uint8Array): number {
    const { principal, database } = fields;
    let hash = 0x811c9dc5;
    for (const { start, end } of [principal, database]) {
      for (let p = start; p < end; p++) {
        hash = Math.imul(hash ^ bytes[p]!, 0x01000193);
      }
      hash = Math.imul(hash ^ 0x100, 0x01000193);
    }
    return hash;
  }

  return { imitators, reach, hasSecondSeverity, trueSeverity, isImitation };
}

/** Adds those that another judge of the same log remembered. */
export function recallImitators(imitators: Set<number>, known: ReadonlySet<number>): void {
  for (const names of known) {
    imitators.add(names);
  }
}

interface Name {
  start: number;
  end: number;
}

/** Whether a name holds a newline or a severity. */
function isOdd({ words }: LogBytes, { start, end }: Name): boolean {
  return hasByte(words, start, end, NEWLINE) || hasSeverity(words, start, end + 2);
}

/** The first newline without a tab behind it. */
function endOfMessage(bytes: Uint8Array, start: number, end: number): number {
  for (let p = start; p < end; p++) {
    if (bytes[p] === NEWLINE && bytes[p + 1] !== TAB) {
      return p;
    }
  }
  return end;
}
