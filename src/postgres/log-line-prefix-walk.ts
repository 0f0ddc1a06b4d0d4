import type { TimestampReader } from '../lib/timestamp.ts';
import { createLineClock } from './log-line-prefix-clock.ts';
import { IS_OF_HOST, type LogBytes, type PrefixFields, readShaped } from './log-line-prefix-fields.ts';
import { leastEnd, literalEnd, noteOpen, spacesEnd } from './log-line-prefix-open.ts';
import { compileWalk, OpKind, type WalkOp } from './log-line-prefix-program.ts';
import { isName, isOpen, MAX_TEXT_BYTES, type PrefixStep, StepKind } from './log-line-prefix-steps.ts';
import { createSeverityMark, readSeverity } from './severity.ts';

/** Four bytes that make `.`, `0` and what follows `9` into 0x80. */
const DOTS = 0x52525252;
const ZEROS = 0x50505050;
const NINES = 0x46464646;
/** Ends of the last field that are tried. */
const MAX_TRIES = 32;
const PARENTHESIS = 0x28;
const PARENTHESIS_END = 0x29;
const { time: TIME, pid: PID, open: OPEN, remote: REMOTE, literal: LITERAL, quit: QUIT } = OpKind;

/** Instead of a position: `%q` ends the prefix here. */
const QUITS = -2;

/** The way to read a prefix that is right for nearly all lines: each open field ends at the first literal that fits. */
export interface PrefixWalk {
  /** Step that was read last, or the field before it; as many as there are when all were. */
  readonly reached: number;
  /** Where the first name of a client begins; -1 where reading did not come so far. */
  readonly nameStart: number;
  /** Position behind the prefix; -1 when there was no such way. Fields hold what they held where a step was not reached. */
  read(source: LogBytes, start: number, end: number): number;
  /** Once all was read and no severity follows: the same with a longer last field, such as `Tableau 2024.2`; or -1. */
  readLonger(source: LogBytes, end: number): number;
}

export function createPrefixWalk(
  steps: readonly PrefixStep[],
  fields: PrefixFields,
  timestamps: TimestampReader,
): PrefixWalk {
  const mark = createSeverityMark();
  const firstName = steps.findIndex(isName);
  const program = compileWalk(steps, fields);
  const clock = createLineClock(timestamps);
  /** Length of the time read last; 0 before the first. */
  let timeBytes = 0;

  const walk = { reached: 0, nameStart: -1, read, readLonger };

  /** The hot core: what is known of the prefix is in `program`. `| 0` keeps positions integers for the compiler. */
  function read(source: LogBytes, start: number, end: number): number {
    const { bytes, words } = source;
    let at = start | 0;
    walk.nameStart = -1;
    for (let i = 0; i < program.length; i++) {
      const op = program[i]!;
      if (op.isFirstName) {
        walk.nameStart = at;
      }
      const p = fieldEnd(source, at, end, op) | 0;
      if (p < 0) {
        walk.reached = op.index;
        return p === QUITS ? at : -1;
      }
      if (
        ((words.getInt32(p, true) ^ op.head) & op.mask) !== 0 ||
        (op.isLong && literalEnd(bytes, p, end, op.step.literal) < 0)
      ) {
        walk.reached = op.index;
        return -1;
      }
      at = (p + op.advance) | 0;
      if (at > end) {
        walk.reached = op.index;
        return -1;
      }
    }
    walk.reached = steps.length;
    return spacesEnd(bytes, at, end);
  }

  function fieldEnd(source: LogBytes, at: number, end: number, op: WalkOp): number {
    const { kind } = op;
    if (kind === OPEN) {
      const p = openEnd(source.words, at, end, op) | 0;
      return op.isLong && p >= 0 && literalEnd(source.bytes, p, end, op.step.literal) < 0
        ? walkRare(source, at, end, op.step)
        : p;
    }
    if (kind === TIME) {
      return walkTime(source, at, end, op);
    }
    if (kind === PID) {
      return walkPid(source.bytes, at);
    }
    if (kind === REMOTE) {
      const p = remoteEnd(source, at, op.span);
      return p < 0 ? walkRare(source, at, end, op.step) : p;
    }
    if (kind === QUIT) {
      if (readSeverity(source.words, at, end, mark) < 0) {
        return at;
      }
      walk.nameStart = op.index < firstName ? at : walk.nameStart;
      return QUITS;
    }
    return kind === LITERAL ? at : walkRare(source, at, end, op.step);
  }

  function walkPid(bytes: Uint8Array, at: number): number {
    let pid = 0;
    let p = at | 0;
    for (let digit = bytes[p]! - 0x30; digit >>> 0 <= 9; digit = bytes[++p]! - 0x30) {
      pid = pid * 10 + digit;
    }
    fields.pid = pid;
    return p === at ? -1 : p;
  }

  /** Times are mostly as long as the one before. */
  function walkTime(source: LogBytes, at: number, end: number, { head, mask, step }: WalkOp): number {
    const { words } = source;
    const behind = at + timeBytes;
    if (timeBytes > 0 && behind < end && ((words.getInt32(behind, true) ^ head) & mask) === 0) {
      fields.time = clock.read(source, at, behind);
      if (!Number.isNaN(fields.time)) {
        return behind;
      }
    }
    const p = readShaped(source, at, end, step, fields, timestamps);
    timeBytes = p < 0 ? 0 : p - at;
    return p;
  }

  function readLonger({ bytes, words }: LogBytes, end: number): number {
    const { kind, advance, isLong, step, span } = program.at(-1)!;
    if (kind !== OPEN || isLong || step.kind === StepKind.host || step.kind === StepKind.remote) {
      return -1;
    }
    const limit = Math.min(end, span.start + step.maxBytes + 1);
    let p = span.end;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      p = headAt(words, p + 1, limit, program.at(-1)!);
      const at = p < 0 ? -1 : spacesEnd(bytes, p + advance, end);
      if (at < 0 || readSeverity(words, at, end, mark) >= 0) {
        span.end = p < 0 ? span.end : p;
        return at;
      }
    }
    return -1;
  }

  function walkRare(source: LogBytes, at: number, end: number, step: PrefixStep): number {
    if (!isOpen(step) || step.kind === StepKind.remote) {
      const behind = readShaped(source, at, end, step, fields, timestamps);
      if (behind >= 0 || !isOpen(step)) {
        return behind;
      }
    }
    const { bytes } = source;
    const { literal } = step;
    const limit = literal.length === 0 ? 0 : Math.min(end, at + MAX_TEXT_BYTES + 1);
    for (let p = leastEnd(source, step, at, end); p < limit; p++) {
      if (literalEnd(bytes, p, end, literal) >= 0) {
        noteOpen(bytes, fields, step, at, p);
        return p;
      }
    }
    return -1; // where no literal follows, too: then only a severity tells the end
  }

  return walk;
}

/** Where a text ends that the literal of its operation follows, as far as its first word tells, and is noted; or -1. */
function openEnd(words: DataView, at: number, end: number, op: WalkOp): number {
  const far = (at + MAX_TEXT_BYTES + 1) | 0;
  const p = headAt(words, at, (far < end ? far : end) | 0, op) | 0;
  if (p >= 0) {
    op.span.start = at;
    op.span.end = p;
  }
  return p;
}

/** Where the first word of an operation's literal stands between two places; -1 when it does not. Looks at four bytes at a time. */
function headAt(words: DataView, start: number, end: number, { pattern, head, mask }: WalkOp): number {
  for (let p = start | 0; p < end; p = (p + 4) | 0) {
    const x = words.getInt32(p, true) ^ pattern;
    let found = (x - 0x01010101) & ~x & 0x80808080;
    while (found !== 0) {
      const q = (p + ((31 - Math.clz32(found & -found)) >> 3)) | 0;
      if (((words.getInt32(q, true) ^ head) & mask) === 0) {
        return q < end ? q : -1;
      }
      found &= found - 1;
    }
  }
  return -1;
}

/** Behind `10.0.0.5(41234)`, `fe80::1(41234)`, its host noted; -1 for other shapes. */
function remoteEnd({ bytes, words }: LogBytes, at: number, address: { start: number; end: number }): number {
  let p = runEnd(words, at, DOTS) | 0;
  while (IS_OF_HOST[bytes[p]!] === 1) {
    p++;
  }
  address.start = at;
  address.end = p;
  if (bytes[p] !== PARENTHESIS || p === at) {
    return -1;
  }
  const port = ++p;
  p = runEnd(words, port, ZEROS) | 0;
  return p > port && bytes[p] === PARENTHESIS_END ? p + 1 : -1;
}

/** Behind the bytes at a place that are from the first one told (four times, as what makes it 0x80) up to `9`. */
function runEnd(words: DataView, at: number, first: number): number {
  for (let p = at | 0; ; p = (p + 4) | 0) {
    const word = words.getInt32(p, true);
    const others = ~((word + first) & ~(word + NINES) & ~word) & 0x80808080;
    if (others !== 0) {
      return (p + ((31 - Math.clz32(others & -others)) >> 3)) | 0;
    }
  }
}
