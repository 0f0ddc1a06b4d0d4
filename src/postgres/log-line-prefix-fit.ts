import type { TimestampReader } from '../lib/timestamp.ts';
import { type LogBytes, type PrefixFields, readShaped } from './log-line-prefix-fields.ts';
import { isPartOf, literalEnd, noteOpen, spacesEnd } from './log-line-prefix-open.ts';
import { isName, isOpen, MAX_NAME_BYTES, type PrefixStep, StepKind } from './log-line-prefix-steps.ts';
import { createSeverityMark, readSeverity } from './severity.ts';

/** A prefix that is longer is read by its first split only. */
const MAX_PREFIX_BYTES = 1023;
/** Ways to lay a prefix that are shown to `isRight` at most: names of spaces have thousands. */
const MAX_WAYS = 256;

/** Every way to lay a prefix over bytes: for names that hold what ends a name, and for those that hold newlines. */
export interface PrefixFit {
  /** Where the prefix that begins at `start` may end with a severity behind it, first to last. */
  ends(source: LogBytes, start: number, end: number): number[];
  /** From now on, names of users and databases have so many bytes at most. */
  limitNames(bytes: number): void;
  /** Bytes from the start to the first place where a step may start, as `ends` found last; -1 when it was not reached. */
  offsetOf(step: number): number;
  /**
   * Puts the fields of the prefix that ends at `position` where they belong: of several ways the first that `isRight`,
   * shortest first names first. False when there is none.
   */
  readTo(source: LogBytes, start: number, position: number, isRight?: () => boolean): boolean;
}

/**
 * Goes through the steps with all places at once that each may start at: work is linear in bytes and steps, whatever the
 * bytes are.
 */
export function createPrefixFit(
  steps: readonly PrefixStep[],
  fields: PrefixFields,
  timestamps: TimestampReader,
): PrefixFit {
  /** For each step: 1 where it may start, relative to the start of the prefix; behind the last: where the prefix may end. */
  const starts = Array.from({ length: steps.length + 1 }, () => new Uint8Array(MAX_PREFIX_BYTES + 1));
  const mark = createSeverityMark();
  let nameBytes = MAX_NAME_BYTES;

  function spread(source: LogBytes, start: number, end: number): void {
    for (const places of starts) {
      places.fill(0);
    }
    starts[0]![0] = 1;
    for (const [i, step] of steps.entries()) {
      if (isOpen(step)) {
        spreadOpen(source, start, end, i);
      } else {
        spreadFixed(source, start, end, i);
      }
    }
  }

  function spreadFixed(source: LogBytes, start: number, end: number, i: number): void {
    const step = steps[i]!;
    for (let at = starts[i]!.indexOf(1); at >= 0; at = starts[i]!.indexOf(1, at + 1)) {
      const behind = fixedEnd(source, start + at, end, step);
      if (behind >= 0 && behind - start <= MAX_PREFIX_BYTES) {
        starts[i + 1]![behind - start] = 1;
      }
      if (step.kind === StepKind.quit) {
        starts[steps.length]![at] = 1;
      }
    }
  }

  /** From the nearest place before it that the field may start at, no further than a field is long. */
  function spreadOpen({ bytes }: LogBytes, start: number, end: number, i: number): void {
    const step = steps[i]!;
    const { width, literal } = step;
    const maxBytes = maxBytesOf(step);
    const limit = Math.min(end - start, MAX_PREFIX_BYTES);
    let from = -1;
    for (let at = 0; at <= limit; at++) {
      const ready = at - width;
      from = ready >= 0 && starts[i]![ready] === 1 ? ready : from;
      if (from >= 0 && at - from <= maxBytes && literalEnd(bytes, start + at, end, literal) >= 0) {
        starts[i + 1]![at] = 1;
      }
      from = isPartOf(bytes[start + at]!, step) ? from : -1;
    }
  }

  function maxBytesOf(step: PrefixStep): number {
    return isName(step) ? Math.max(step.width, nameBytes) : step.maxBytes;
  }

  function fixedEnd(source: LogBytes, at: number, end: number, step: PrefixStep): number {
    if (step.kind === StepKind.literal) {
      return literalEnd(source.bytes, at, end, step.literal);
    }
    return step.kind === StepKind.quit ? at : readShaped(source, at, end, step, fields, timestamps);
  }

  function ends(source: LogBytes, start: number, end: number): number[] {
    spread(source, start, end);
    const found: number[] = [];
    const places = starts[steps.length]!;
    for (let at = places.indexOf(1); at >= 0; at = places.indexOf(1, at + 1)) {
      const p = spacesEnd(source.bytes, start + at, end);
      if (p !== found.at(-1) && readSeverity(source.words, p, end, mark) >= 0) {
        found.push(p);
      }
    }
    return found;
  }

  function readTo(source: LogBytes, start: number, position: number, isRight = () => true): boolean {
    spread(source, start, position);
    let ways = 0;
    const failed = steps.map(() => new Uint8Array(MAX_PREFIX_BYTES + 1));

    function lay(i: number, at: number): boolean {
      const step = steps[i];
      if (step === undefined || (step.kind === StepKind.quit && at === position)) {
        return areSpaces(source.bytes, at, position) && (isRight() || ++ways >= MAX_WAYS);
      }
      if (starts[i]![at - start] !== 1 || failed[i]![at - start] === 1) {
        return false;
      }
      const before = ways;
      const isLaid = isOpen(step) ? layOpen(i, at, step) : layFixed(i, at, step);
      failed[i]![at - start] = isLaid || ways > before ? 0 : 1;
      return isLaid;
    }

    function layFixed(i: number, at: number, step: PrefixStep): boolean {
      const behind = fixedEnd(source, at, position, step);
      return behind >= 0 && lay(i + 1, behind);
    }

    function layOpen(i: number, at: number, step: PrefixStep): boolean {
      const last = Math.min(position, at + maxBytesOf(step));
      for (let p = at; p <= last; p++) {
        if (p >= at + step.width && literalEnd(source.bytes, p, position, step.literal) >= 0) {
          noteOpen(source.bytes, fields, step, at, p);
          if (lay(i + 1, p)) {
            return true;
          }
        }
        if (!isPartOf(source.bytes[p]!, step)) {
          return false;
        }
      }
      return false;
    }

    return position - start <= MAX_PREFIX_BYTES && lay(0, start) && ways < MAX_WAYS;
  }

  return {
    ends,
    readTo,
    limitNames(bytes) {
      nameBytes = bytes;
    },
    offsetOf: (step) => starts[step]!.indexOf(1),
  };
}

function areSpaces(bytes: Uint8Array, start: number, end: number): boolean {
  return start <= end && spacesEnd(bytes, start, end) === end;
}
