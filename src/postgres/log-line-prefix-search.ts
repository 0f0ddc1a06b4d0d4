import type { TimestampReader } from '../lib/timestamp.ts';
import { type LogBytes, type PrefixFields, readShaped } from './log-line-prefix-fields.ts';
import { isPartOf, leastEnd, literalEnd, noteOpen, spacesEnd } from './log-line-prefix-open.ts';
import { isName, isOpen, type PrefixStep, StepKind } from './log-line-prefix-steps.ts';
import { createSeverityMark, readSeverity } from './severity.ts';

/** Ends of fields that are tried: enough for `Tableau 2024.2`, soon over for what was made to be hard. */
const MAX_TRIES = 32;

/** Looks for a way to read a prefix where the next to the shortest field is right: an application name with spaces. */
export interface PrefixSearch {
  /** Where the first name of a client begins, as found last. */
  readonly nameStart: number;
  /** Where the prefix ends with a severity behind it, its fields put where they belong; -1 when a few tries found none. */
  find(source: LogBytes, start: number, end: number): number;
}

export function createPrefixSearch(
  steps: readonly PrefixStep[],
  fields: PrefixFields,
  timestamps: TimestampReader,
): PrefixSearch {
  const mark = createSeverityMark();
  const firstName = steps.findIndex(isName);
  const search = { nameStart: -1, find };
  let source: LogBytes;
  let end = 0;
  let tries = 0;

  function find(from: LogBytes, start: number, lineEnd: number): number {
    source = from;
    end = lineEnd;
    tries = 0;
    search.nameStart = -1;
    return lay(0, start);
  }

  function lay(i: number, at: number): number {
    const step = steps[i];
    search.nameStart = i === firstName ? at : search.nameStart;
    if (step === undefined) {
      return severityAt(spacesEnd(source.bytes, at, end));
    }
    if (isOpen(step)) {
      return layOpen(i, at, step);
    }
    if (step.kind === StepKind.quit) {
      return severityAt(at) >= 0 ? at : lay(i + 1, at);
    }
    const behind =
      step.kind === StepKind.literal
        ? literalEnd(source.bytes, at, end, step.literal)
        : readShaped(source, at, end, step, fields, timestamps);
    return behind < 0 ? -1 : lay(i + 1, behind);
  }

  function layOpen(i: number, at: number, step: PrefixStep): number {
    const { bytes } = source;
    const last = Math.min(end, at + step.maxBytes);
    const first = leastEnd(source, step, at, end);
    for (let p = at; p <= last; p++) {
      if (p >= first && literalEnd(bytes, p, end, step.literal) >= 0) {
        noteOpen(bytes, fields, step, at, p);
        const found = lay(i + 1, p);
        if (found >= 0 || ++tries >= MAX_TRIES) {
          return found;
        }
      }
      if (!isPartOf(bytes[p]!, step)) {
        return -1;
      }
    }
    return -1;
  }

  function severityAt(at: number): number {
    return readSeverity(source.words, at, end, mark) < 0 ? -1 : at;
  }

  return search;
}
