import type { PrefixFields } from './log-line-prefix-fields.ts';
import { type PrefixStep, StepKind } from './log-line-prefix-steps.ts';

type Span = PrefixFields['principal'];

const AT = 0x40;
const BRACKET = 0x5b;
const PARENTHESIS = 0x28;
const PARENTHESIS_END = 0x29;
const UNKNOWN = new TextEncoder().encode('[unknown]');

/** Makes of the texts in the fields what they mean. `isSplit`: it is known where the user ends. */
export function createSettling(
  steps: readonly PrefixStep[],
): (bytes: Uint8Array, fields: PrefixFields, isSplit: boolean) => void {
  const isSplitAtLast = steps.some(
    ({ kind, literal }, i) =>
      kind === StepKind.user && isAt(literal) && steps.slice(i + 1).find(isField)?.kind === StepKind.database,
  );
  const hasSessionId = steps.some(({ kind }) => kind === StepKind.session);

  return (bytes, fields, isSplit) => {
    const { principal, database, address, application } = fields;
    if (isSplitAtLast && !isSplit) {
      splitAtLast(bytes, principal, database);
    }
    dropUnknown(bytes, principal);
    dropUnknown(bytes, database);
    dropUnknown(bytes, application);
    cutPort(bytes, address);
    if (!hasSessionId) {
      fields.sessionLow = fields.pid | 0;
    }
  };
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
function dropUnknown(bytes: Uint8Array, span: Span): void {
  if (bytes[span.start] !== BRACKET || span.end - span.start !== UNKNOWN.length) {
    return;
  }
  for (let i = 1; i < UNKNOWN.length; i++) {
    if (bytes[span.start + i] !== UNKNOWN[i]) {
      return;
    }
  }
  span.end = span.start;
}

/** `10.0.0.5(41234)` → `10.0.0.5`, `[local]` → none. */
function cutPort(bytes: Uint8Array, address: Span): void {
  if (bytes[address.start] === BRACKET) {
    address.end = address.start;
    return;
  }
  let p = address.end - 1;
  if (p < address.start || bytes[p] !== PARENTHESIS_END) {
    return;
  }
  while (p > address.start && bytes[p] !== PARENTHESIS) {
    p--;
  }
  address.end = p;
}
