import { clearParts, createLogEntry, judgeEntry } from '../postgres/judge-entry.ts';
import { createPrefixReader } from '../postgres/log-line-prefix.ts';
import { IRRELEVANT } from '../postgres/message.ts';
import { createSessionLedger } from '../postgres/session-ledger.ts';
import { behindVerboseState } from '../postgres/severity.ts';
import { UNJUDGED } from '../scan/taken-records.ts';
import { Step } from './parser.ts';
import { createPrefixWatch, FOREIGN, UNFIT } from './prefix-change.ts';
import { createClientFinder } from './text-log-client.ts';
import { createEntryReader, endOfLine, TextKind } from './text-log-entry.ts';
import { recallTextLog, type TextLogMemory, type TextLogReader, type TextLogSurroundings } from './text-log-memory.ts';
import { createMessageTeller } from './text-log-message.ts';
import { createNoiseJudge } from './text-log-noise.ts';
import { createPartFinder } from './text-log-parts.ts';
import { createSupplementFinder } from './text-log-supplements.ts';
import { plainText } from './text-log-text.ts';
import { createUsualEntries, type UsualEntries } from './text-log-usual.ts';

const NEWLINE = 0x0a;

/**
 * Reads lines that begin with one `log_line_prefix`. An entry is its line, the lines that continue it, and those of its
 * DETAIL, STATEMENT and so on.
 */
export function openTextLogOf(logLinePrefix: string, { timezone, window, view }: TextLogSurroundings): TextLogReader {
  const prefix = createPrefixReader(logLinePrefix, timezone);
  const scratch = createPrefixReader(logLinePrefix, timezone);
  const reader = createEntryReader(window, prefix, scratch);
  const supplements = createSupplementFinder(window, createPrefixReader(logLinePrefix, timezone), scratch);
  const noise = createNoiseJudge(window, scratch);
  const watch = createPrefixWatch(logLinePrefix, window, scratch, noise);
  const ledger = createSessionLedger(prefix.escapes);
  const client = createClientFinder(window, prefix, view);
  const imitators = [reader.imitators, supplements.imitators];
  const { fields } = prefix;
  const { entry } = reader;
  const logEntry = createLogEntry();
  const { message } = logEntry;
  const usual = createUsualEntries(logLinePrefix, window, prefix, view, logEntry);
  const teller = createMessageTeller(window, fields, view, logEntry);
  const parts = createPartFinder(window, supplements, fields, view, logEntry, usual);
  /** Place in the index of the end of the line at `window.position`. */
  let line = 0;
  /** Behind a line that was too long, before its end was found. */
  let isLost = false;
  /** Place in the source of the forged entry that was told last; its true part is told next. */
  let toldForgery = -1;

  function next(isEnd: boolean): Step {
    if (isLost && !findNext(isEnd)) {
      return Step.needMore;
    }
    const isLast = isEnd && !window.isUnscanned;
    if (isLast && window.position < window.end && window.bytes[window.end - 1] !== NEWLINE) {
      window.endLine();
      line = 0;
      usual?.forget();
    }
    if (usual?.has(line, ledger.hashSeed())) {
      return give(usual, isLast);
    }
    if (line >= window.indexCount) {
      return wait();
    }
    view.record.start = window.position;
    switch (reader.read(line, window.position, isLast)) {
      case TextKind.needMore:
        return wait();
      case TextKind.noise:
        return readNoise(isLast);
      case TextKind.foreign:
        return turnTo(entry.lastLine, TextKind.foreign, isLast) ?? reject(FOREIGN, entry.lastLine);
      case TextKind.supplement:
        noise.countEntry();
        view.time = fields.time;
        usual?.note(entry.head.start);
        return advance(Step.skipped, entry.lastLine);
      default:
        noise.countEntry();
        return readEntry(isLast);
    }
  }

  /** The next one of those that were taken at once. */
  function give(taken: UsualEntries, isLast: boolean): Step {
    taken.give();
    noise.countEntry();
    if (view.class === IRRELEVANT) {
      return advance(Step.skipped, taken.lastLine);
    }
    if (view.class === UNJUDGED) {
      taken.putEntry(entry);
      const step = judge(isLast);
      taken.passTo(line);
      return step;
    }
    const { told, names } = taken;
    teller.behindNames = told === 0 ? message.start : told;
    client.begin(logEntry, told !== 0);
    const place = window.offsetOf(window.position);
    if (client.isOther() || ledger.contradictsAs(names, fields, view.class, place)) {
      client.beginForgery(false);
    }
    return advance(Step.activity, taken.lastLine);
  }

  /** What begins at the position is not whole yet. */
  function wait(): Step {
    line = 0;
    usual?.forget();
    const { obstacle } = window;
    if (obstacle === undefined) {
      return Step.needMore;
    }
    view.record.end = window.end;
    view.reason = obstacle.startsWith('longer') ? `a record ${obstacle}` : 'a record of too many lines';
    isLost = true;
    return Step.rejected;
  }

  function findNext(isEnd: boolean): boolean {
    const newline = window.bytes.subarray(0, window.end).indexOf(NEWLINE, window.position);
    line = 0;
    isLost = !window.recover(newline < 0 ? -1 : newline + 1, isEnd, 1);
    return !isLost;
  }

  /** Goes behind a line; `view.record` ends there. */
  function advance(step: Step, last: number): Step {
    view.record.end = endOfLine(window, last);
    window.position = window.index[last]! + 1;
    line = last + 1;
    return step;
  }

  function reject(reason: string, last: number): Step {
    view.reason = reason;
    return advance(Step.rejected, last);
  }

  function readNoise(isLast: boolean): Step {
    const last = noise.lastLine(line, isLast);
    if (last < 0) {
      return wait();
    }
    const turn = turnTo(last, TextKind.noise, isLast);
    return turn ?? (noise.isExpected(last - line + 1) ? advance(Step.skipped, last) : reject(UNFIT, last));
  }

  /** What to do where another prefix begins, or may; undefined where none does. */
  function turnTo(last: number, kind: TextKind, isLast: boolean): Step | undefined {
    const change = watch.look(last, kind, isLast);
    return change === 'no' ? undefined : change === 'wait' ? wait() : Step.needMore;
  }

  function readEntry(isLast: boolean): Step {
    view.time = fields.time;
    if (Number.isNaN(view.time)) {
      return reject(prefix.problem, entry.lastLine);
    }
    usual?.note(entry.head.start);
    if (prefix.isBackground) {
      return advance(Step.skipped, entry.lastLine);
    }
    clearParts(logEntry);
    if (entry.isForged && toldForgery !== window.offsetOf(window.position)) {
      toldForgery = window.offsetOf(window.position);
      return tellForgery();
    }
    view.record.start = entry.isForged ? entry.head.severity : window.position;
    return judge(isLast);
  }

  function judge(isLast: boolean): Step {
    message.start = behindVerboseState(window.bytes, entry.text.start, entry.text.end);
    message.end = entry.text.end;
    teller.behindNames = message.start;
    logEntry.severity = entry.mark.letter;
    logEntry.state = message.start > entry.text.start ? entry.text.start : fields.state;
    if (!judgeEntry(window.bytes, window.words, logEntry, view)) {
      return advance(Step.skipped, entry.lastLine);
    }
    view.sessionHigh = fields.sessionHigh;
    view.sessionLow = fields.sessionLow;
    const last = parts.find(entry, isLast);
    return last < 0 ? wait() : tell(last);
  }

  /** An entry whose names hold false lines is told twice: as what it is, then by its true part. */
  function tellForgery(): Step {
    view.sessionHigh = fields.sessionHigh;
    view.sessionLow = fields.sessionLow;
    client.beginForgery(true);
    view.record.end = entry.text.end;
    return Step.activity;
  }

  function tell(last: number): Step {
    client.begin(logEntry);
    const place = window.offsetOf(window.position);
    if (!entry.isForged && (client.isOther() || ledger.contradicts(window.words, fields, view.class, place))) {
      client.beginForgery(false);
    }
    return advance(Step.activity, last);
  }

  function forget(): void {
    line = 0;
    isLost = false;
    toldForgery = -1;
    usual?.forget();
  }

  return {
    window,
    view,
    changedPrefix: watch.changedPrefix,
    next,
    findClient: () => client.find(),
    findApplication: teller.findApplication,
    findRequest: teller.findRequest,
    recordedStatement: teller.recordedStatement,
    rowCount: teller.rowCount,
    protection: teller.protection,
    plain: (span, maxBytes) => plainText(window, span, span.start >= message.start, maxBytes),
    rewind(position) {
      window.resume(position);
      forget();
    },
    restart(offset) {
      window.restart(offset);
      ledger.restart();
      noise.restart();
      watch.restart();
      forget();
    },
    save: () => ({ isLost, toldForgery, ledger: ledger.save(), noise: noise.save(), imitators }),
    recall(saved) {
      const memory = saved as TextLogMemory & { isLost: boolean; toldForgery: number };
      ({ isLost, toldForgery } = memory);
      recallTextLog(memory, { ledger, noise, imitators });
    },
  };
}
