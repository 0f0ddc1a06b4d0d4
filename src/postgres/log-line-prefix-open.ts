import type { LogBytes, PrefixFields } from './log-line-prefix-fields.ts';
import { isName, type PrefixStep, StepKind } from './log-line-prefix-steps.ts';
import { phraseEnd } from './server-phrases.ts';

const SPACE = 0x20;
const NEWLINE = 0x0a;

/** Puts a field that may hold anything where it belongs, without its padding; a text that nobody asks for is left out. */
export function noteOpen(bytes: Uint8Array, fields: PrefixFields, step: PrefixStep, start: number, end: number): void {
  const span = spanOf(fields, step.kind);
  if (span === undefined) {
    return;
  }
  span.start = start;
  span.end = end;
  if (step.width > 0) {
    trim(bytes, span);
  }
}

/** Where an open field goes. */
export function spanOf(fields: PrefixFields, kind: StepKind): PrefixFields['principal'] | undefined {
  switch (kind) {
    case StepKind.user:
      return fields.principal;
    case StepKind.database:
      return fields.database;
    case StepKind.application:
      return fields.application;
    case StepKind.remote:
    case StepKind.host:
      return fields.address;
    default:
      return undefined;
  }
}

/** The first place at which an open field may end. */
export function leastEnd({ words }: LogBytes, step: PrefixStep, at: number, end: number): number {
  const { kind, width } = step;
  const isPhrase = kind === StepKind.process || kind === StepKind.tag;
  const told = isPhrase ? phraseEnd(kind === StepKind.tag ? 'tag' : 'process', words, at, end) : at;
  return Math.max(at + width, told);
}

/** Takes padding off, on whichever side it is. */
export function trim(bytes: Uint8Array, span: PrefixFields['principal']): void {
  while (span.start < span.end && bytes[span.start] === SPACE) {
    span.start++;
  }
  while (span.start < span.end && bytes[span.end - 1] === SPACE) {
    span.end--;
  }
}

/** Names may hold any byte; what the server itself tells is of one line, and a host has no spaces but those of padding. */
export function isPartOf(byte: number, step: PrefixStep): boolean {
  if (step.kind === StepKind.remote || step.kind === StepKind.host) {
    return byte > SPACE || (byte === SPACE && step.width > 0);
  }
  return byte !== NEWLINE || isName(step);
}

/** Where a literal ends that stands at a place; -1 when it does not. */
export function literalEnd(bytes: Uint8Array, at: number, end: number, literal: Uint8Array): number {
  const { length } = literal;
  for (let i = 0; i < length; i++) {
    if (bytes[at + i] !== literal[i]) {
      return -1;
    }
  }
  return at + length <= end ? at + length : -1;
}

/** Behind the spaces at a place. The space at the end of a prefix is often lost on its way into a configuration. */
export function spacesEnd(bytes: Uint8Array, start: number, end: number): number {
  let p = start;
  while (p < end && bytes[p] === SPACE) {
    p++;
  }
  return p;
}
