import { byteText, hasByte, startsWith } from '../lib/byte-text.ts';
import type { LogBytes, PrefixFields } from './log-line-prefix-fields.ts';
import { type PrefixStep, StepKind } from './log-line-prefix-steps.ts';

type Span = PrefixFields['principal'];

const AT = 0x40;
const BRACKET = 0x5b;
const PARENTHESIS = 0x28;
const PARENTHESIS_END = 0x29;
const UNKNOWN = byteText('[unknown]');
const PARENTHESES = 0x28282828;

/** Makes of the texts in the fields what they mean. `isSplit`: it is known where the user ends. */
export function createSettling(
  steps: readonly PrefixStep[],
): (source: LogBytes, fields: PrefixFields, isSplit: boolean) => void {
  const isSplitAtLast = splitsAtLast(steps);
  const hasSessionId = steps.some(({ kind }) => kind === StepKind.session);

  return ({ bytes, words }, fields, isSplit) => {
    const { principal, database, address, application } = fields;
    if (isSplitAtLast && !isSplit && hasByte(words, database.start, database.end, AT)) {
      splitAtLast(bytes, principal, database);
    }
    dropUnknown(words, principal);
    dropUnknown(words, database);
    dropUnknown(words, application);
    cutPort(words, address);
    if (!hasSessionId) {
      fields.sessionLow = fields.pid | 0;
    }
  };
}

/** Whether a prefix has user and database with an `@` between them: the last one counts. */
export function splitsAtLast(steps: readonly PrefixStep[]): boolean {
  return steps.some(
    ({ kind, literal }, i) =>
      kind === StepKind.user && isAt(literal) && steps.slice(i + 1).find(isField)?.kind === StepKind.database,
  );
}

function isField({ kind }: PrefixStep): boolean {
  return kind !== StepKind.literal && kind !== StepKind.quit;
}

function isAt(literal: Uint8Array): boolean {
  return literal.length === 1 && literal[0] === AT;
}

/** `user@domain@database`: user names hold `@` (they are often mail addresses), names of databases hardly ever. */
function splitAtLast(bytes: Uint8Array, principal: Span, database: Span): void {
  for (let p = database.end - 1; p >= database.start; p--) {
    if (bytes[p] === AT) {
      principal.end = p;
      database.start = p + 1;
      return;
    }
  }
}

/** A client that has not said its name yet. */
function dropUnknown(words: DataView, span: Span): void {
  if (span.end - span.start === UNKNOWN.length && startsWith(words, span.start, span.end, UNKNOWN)) {
    span.end = span.start;
  }
}

/** `10.0.0.5(41234)` → `10.0.0.5`, `[local]` → none. */
function cutPort(words: DataView, address: Span): void {
  const { start, end } = address;
  if (start === end) {
    return;
  }
  if (words.getUint8(start) === BRACKET) {
    address.end = start;
  } else if (words.getUint8(end - 1) === PARENTHESIS_END) {
    address.end = portStart(words, start, end - 1);
  }
}

/** Where the last parenthesis between two places opens; ports of four and of five digits are found at once. */
function portStart(words: DataView, start: number, end: number): number {
  if (end - start >= 8) {
    const digits = words.getInt32(end - 4, true) ^ PARENTHESES;
    const front = words.getInt32(end - 8, true) ^ PARENTHESES;
    const found = (front - 0x01010101) & ~front & 0x80808080;
    const p = end - 8 + ((31 - Math.clz32(found)) >> 3);
    if (found !== 0 && ((digits - 0x01010101) & ~digits & 0x80808080) === 0 && words.getUint8(p) === PARENTHESIS) {
      return p;
    }
  }
  let p = end - 1;
  while (p > start && words.getUint8(p) !== PARENTHESIS) {
    p--;
  }
  return p;
}
