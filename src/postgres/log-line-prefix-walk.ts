import type { TimestampReader } from '../lib/timestamp.ts';
import { createPrefixCache } from './log-line-prefix-cache.ts';
import { type LogBytes, type PrefixFields, readShaped } from './log-line-prefix-fields.ts';
import { literalEnd, noteOpen, spacesEnd } from './log-line-prefix-open.ts';
import { isName, MAX_TEXT_BYTES, type PrefixStep, StepKind } from './log-line-prefix-steps.ts';
import { createSeverityMark, readSeverity } from './severity.ts';

const { literal: LITERAL, quit: QUIT, time: TIME, pid: PID, remote: REMOTE } = StepKind;
/** From here on fields may hold anything. */
const OPEN = REMOTE;

/** The way to read a prefix that is right for nearly all lines: each open field ends at the first literal that fits. */
export interface PrefixWalk {
  /** Step that was read last; as many as there are when all were. */
  readonly reached: number;
  /** Where the first name of a client begins; -1 where reading did not come so far. */
  readonly nameStart: number;
  /** Position behind the prefix; -1 when there was no such way. Fields hold what they held where a step was not reached. */
  read(source: LogBytes, start: number, end: number): number;
}

export function createPrefixWalk(
  steps: readonly PrefixStep[],
  fields: PrefixFields,
  timestamps: TimestampReader,
): PrefixWalk {
  const mark = createSeverityMark();
  const cache = createPrefixCache(steps);
  const firstName = steps.findIndex(isName);
  // the steps once more, as the hot path reads them
  const count = steps.length;
  const kinds = Uint8Array.from(steps, ({ kind }) => kind);
  const widths = Int32Array.from(steps, ({ width }) => width);
  const literals = steps.map(({ literal }) => literal);
  /** First byte of the literal behind a field; -1 where none follows. */
  const behinds = Int32Array.from(literals, (literal) => literal[0] ?? -1);
  /** Length of the time read last; 0 where it is padded. */
  let timeBytes = 0;

  const walk = { reached: 0, nameStart: -1, read };

  function read(source: LogBytes, start: number, end: number): number {
    const { bytes } = source;
    let at = start;
    walk.nameStart = -1;
    let runStart = -1;
    let i = 0;
    for (; i < count && at >= 0; i++) {
      if (i === cache.from) {
        const behind = cache.find(source, at, end, fields);
        if (behind >= 0) {
          walk.nameStart = cache.nameStart < 0 ? walk.nameStart : cache.nameStart;
          at = behind;
          i = cache.to - 1;
          continue;
        }
        runStart = at;
      }
      if (i === cache.to && runStart >= 0) {
        cache.store(source, runStart, at, fields, walk.nameStart);
      }
      const kind = kinds[i]!;
      if (i === firstName) {
        walk.nameStart = at;
      }
      if (kind === LITERAL) {
        at = literalEnd(bytes, at, end, literals[i]!);
      } else if (kind >= OPEN) {
        at = walkOpen(source, at, end, i);
      } else if (kind === PID) {
        at = walkPid(source, at, end, i);
      } else if (kind === TIME) {
        at = walkTime(source, at, end, i);
      } else if (kind !== QUIT) {
        at = readShaped(source, at, end, steps[i]!, fields, timestamps);
      } else if (readSeverity(source.words, at, end, mark) >= 0) {
        walk.nameStart = i < firstName ? at : walk.nameStart;
        break;
      }
    }
    if (at < 0) {
      walk.reached = i - 1;
      return -1;
    }
    walk.reached = i;
    if (i === cache.to && runStart >= 0) {
      cache.store(source, runStart, at, fields, walk.nameStart);
    }
    return spacesEnd(bytes, at, end);
  }

  /** Times are mostly as long as the one before. */
  function walkTime(source: LogBytes, at: number, end: number, i: number): number {
    const behind = at + timeBytes;
    if (timeBytes > 0 && behind < end && source.bytes[behind] === behinds[i]) {
      fields.time = timestamps.read(source.bytes, source.words, at, behind);
      if (!Number.isNaN(fields.time)) {
        return behind;
      }
    }
    const p = readShaped(source, at, end, steps[i]!, fields, timestamps);
    timeBytes = p < 0 || widths[i]! > 0 ? 0 : p - at;
    return p;
  }

  function walkPid(source: LogBytes, at: number, end: number, i: number): number {
    const { bytes } = source;
    if (widths[i]! > 0) {
      return readShaped(source, at, end, steps[i]!, fields, timestamps);
    }
    let pid = 0;
    let p = at;
    for (let digit = bytes[p]! - 0x30; digit >>> 0 <= 9; digit = bytes[++p]! - 0x30) {
      pid = pid * 10 + digit;
    }
    fields.pid = pid;
    return p > at && p <= end ? p : -1;
  }

  function walkOpen(source: LogBytes, at: number, end: number, i: number): number {
    if (kinds[i] === REMOTE) {
      const behind = readShaped(source, at, end, steps[i]!, fields, timestamps);
      if (behind >= 0) {
        return behind;
      }
    }
    const { bytes } = source;
    const first = behinds[i]!;
    const limit = Math.min(end, at + MAX_TEXT_BYTES + 1);
    for (let p = at + widths[i]!; p < limit; p++) {
      if (bytes[p] === first && literalEnd(bytes, p, end, literals[i]!) >= 0) {
        noteOpen(bytes, fields, steps[i]!, at, p);
        return p;
      }
    }
    return -1; // where no literal follows, too: then only a severity tells the end
  }

  return walk;
}
