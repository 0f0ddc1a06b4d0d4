import { createTimestampReader } from '../lib/timestamp.ts';
import { createPrefixFields, type LogBytes, type PrefixFields } from './log-line-prefix-fields.ts';
import { createPrefixFit } from './log-line-prefix-fit.ts';
import { createPrefixSearch } from './log-line-prefix-search.ts';
import { createSettling } from './log-line-prefix-settle.ts';
import { compilePrefix, isName, isOpen, type PrefixStep, StepKind } from './log-line-prefix-steps.ts';
import { createPrefixWalk } from './log-line-prefix-walk.ts';
import { createSeverityMark, readSeverity, type SeverityMark } from './severity.ts';

/** What PostgreSQL writes unless told otherwise. */
export const DEFAULT_LOG_LINE_PREFIX = '%m [%p] ';

/** Reads what a server's `log_line_prefix` put in front of its lines. */
export interface PrefixReader {
  /** Of the line read last; reused. */
  readonly fields: PrefixFields;
  /** Letters of the escapes in the prefix. */
  readonly escapes: ReadonlySet<string>;
  /**
   * Reads the prefix of a line. Names may hold anything: of several ways to split it, that one counts which has a
   * severity behind it, the shortest of these.
   *
   * @returns position behind the prefix; -1 when the line does not begin with it
   */
  read(source: LogBytes, start: number, end: number): number;
  /** Where the text of the line read last begins, behind its severity; -1 when it has none in English. */
  readonly text: number;
  /** The severity of the line read last, where it has one. */
  readonly mark: Readonly<SeverityMark>;
  /** What was wrong when `fields.time` is NaN. */
  readonly problem: string;
  /** The line read last is of a process without a client, as far as the prefix tells. */
  readonly isBackground: boolean;
  /** Where the first name that a client chooses begins in the line read last; -1 where reading did not come so far. */
  readonly nameStart: number;
  /** Bytes behind `nameStart` in which the prefix ends at the latest, whatever the names. */
  readonly nameReach: number;
  /** Where the prefix that begins at `start` may end with a severity behind it, first to last. Names may hold newlines. */
  ends(source: LogBytes, start: number, end: number): number[];
  /** From now on, `ends` and `readTo` take names of users and databases for no longer than this. */
  limitNames(bytes: number): void;
  /**
   * Reads the prefix so that it ends at one of `ends`; false when it cannot.
   *
   * @param isRight whether names that can be split in several ways are split rightly
   */
  readTo(source: LogBytes, start: number, position: number, isRight?: () => boolean): boolean;
}

/** @param timezone IANA zone that an abbreviation in the log stands for */
export function createPrefixReader(prefix: string, timezone?: string): PrefixReader {
  const { steps, escapes } = compilePrefix(prefix);
  const fields = createPrefixFields();
  const timestamps = createTimestampReader(timezone);
  const walk = createPrefixWalk(steps, fields, timestamps);
  const search = createPrefixSearch(steps, fields, timestamps);
  const fit = createPrefixFit(steps, fields, timestamps);
  const settle = createSettling(steps);
  const mark = createSeverityMark();
  const firstName = steps.findIndex(isName);
  const firstOpen = steps.findIndex(isOpen);
  const hasTime = steps.some(({ kind }) => kind === StepKind.time || kind === StepKind.epoch);
  const tellsClient = ['u', 'd', 'h', 'r'].some((letter) => escapes.has(letter));
  const reader = {
    fields,
    escapes,
    read,
    ends: (source: LogBytes, start: number, end: number) => fit.ends(source, start, end),
    limitNames: (bytes: number) => fit.limitNames(bytes),
    isBackground: false,
    nameStart: -1,
    text: -1,
    mark,
    nameReach: firstName < 0 ? 0 : reachOf(steps.slice(firstName)),
    problem: hasTime ? '' : 'is of a log_line_prefix that has no time: put %m into it',
    readTo(source: LogBytes, start: number, position: number, isRight?: () => boolean): boolean {
      forget(start);
      const isFit = fit.readTo(source, start, position, isRight);
      finish(source, isRight !== undefined);
      return isFit;
    },
  };

  function read(source: LogBytes, start: number, end: number): number {
    let at = walk.read(source, start, end);
    if (walk.reached < steps.length) {
      at = readPart(source, start, end, at);
    }
    reader.nameStart = walk.nameStart;
    reader.text = at < 0 ? -1 : readSeverity(source.words, at, end, mark);
    if (reader.text >= 0 || firstOpen < 0 || walk.reached < firstOpen) {
      finish(source);
      return at;
    }
    return readLonger(source, start, end, at);
  }

  /** A name has more of what looks like its end; or the line has no severity that we know. */
  function readLonger(source: LogBytes, start: number, end: number, at: number): number {
    const longer = at < 0 || walk.reached < steps.length ? -1 : walk.readLonger(source, end);
    const behind = longer < 0 ? readSlowly(source, start, end, at) : longer;
    if (longer >= 0) {
      finish(source);
    }
    reader.text = behind < 0 ? -1 : readSeverity(source.words, behind, end, mark);
    return behind;
  }

  /** Only a part of the prefix is there: what the line before told of the other fields must not stay. */
  function readPart(source: LogBytes, start: number, end: number, at: number): number {
    forget(start);
    return at < 0 ? at : walk.read(source, start, end);
  }

  /** Tries many ways. */
  function readSlowly(source: LogBytes, start: number, end: number, at: number): number {
    forget(start);
    const near = search.find(source, start, end);
    if (near >= 0) {
      reader.nameStart = search.nameStart;
      finish(source);
      return near;
    }
    const first = fit.ends(source, start, end)[0];
    const offset = firstName < 0 ? -1 : fit.offsetOf(firstName);
    if (first !== undefined) {
      reader.readTo(source, start, first);
    } else if (at >= 0) {
      forget(start);
      walk.read(source, start, end);
      finish(source);
    }
    reader.nameStart = offset < 0 ? -1 : start + offset;
    return first ?? at;
  }

  function forget(at: number): void {
    const { principal, database, address, application } = fields;
    principal.start = principal.end = at;
    database.start = database.end = at;
    address.start = address.end = at;
    application.start = application.end = at;
    fields.time = Number.NaN;
    fields.pid = 0;
    fields.sessionHigh = 0;
    fields.sessionLow = 0;
    fields.lineNumber = 0;
    fields.state = -1;
    reader.nameStart = -1;
  }

  function finish(source: LogBytes, isSplit = false): void {
    const { principal, database, address } = fields;
    reader.isBackground =
      tellsClient &&
      principal.end === principal.start &&
      database.end === database.start &&
      address.end === address.start;
    settle(source, fields, isSplit);
    if (hasTime && Number.isNaN(fields.time)) {
      reader.problem = timestamps.problem;
    }
  }

  return reader;
}

/** Bytes that steps take at most. Fields of a fixed shape are shorter than 40, unless padding makes them longer. */
function reachOf(steps: readonly PrefixStep[]): number {
  return steps.reduce((total, step) => {
    const field = isOpen(step) ? step.maxBytes : Math.max(40, step.width);
    return total + (step.kind === StepKind.literal ? step.literal.length : field);
  }, 0);
}
