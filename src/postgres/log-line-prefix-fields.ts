import type { TimestampReader } from '../lib/timestamp.ts';
import { type PrefixStep, StepKind } from './log-line-prefix-steps.ts';
import { readSessionId } from './session-id.ts';

/** Start and end of a text; equal when there is none. */
interface Span {
  start: number;
  end: number;
}

/** The bytes that lines stand in. */
export interface LogBytes {
  readonly bytes: Uint8Array;
  /** The same at any offset, little-endian; readable four bytes past what is asked for. */
  readonly words: DataView;
}

/** What the prefix of a line tells. */
export interface PrefixFields {
  /** When it was written: milliseconds since the epoch, UTC. NaN where the prefix has no time that can be told. */
  time: number;
  /** Empty where the prefix has none, for `[unknown]`, and for processes without a client. */
  principal: Span;
  database: Span;
  /** Without its port; empty for `[local]`, too. */
  address: Span;
  application: Span;
  /** Of the process; 0 where the prefix does not tell. */
  pid: number;
  /** From `%c`: when the process began, in seconds since the epoch, and its pid; else 0 and the pid of `%p`. */
  sessionHigh: number;
  sessionLow: number;
  /** Number of the line within its session, from 1; 0 where the prefix does not tell. */
  lineNumber: number;
  /** Where the five bytes of the SQLSTATE stand; -1 where the prefix does not tell. */
  state: number;
}

export function createPrefixFields(): PrefixFields {
  const span = () => ({ start: 0, end: 0 });
  return {
    time: Number.NaN,
    principal: span(),
    database: span(),
    address: span(),
    application: span(),
    pid: 0,
    sessionHigh: 0,
    sessionLow: 0,
    lineNumber: 0,
    state: -1,
  };
}

const SPACE = 0x20;
const COLON = 0x3a;
const DASH = 0x2d;
const DOT = 0x2e;
const PLUS = 0x2b;
const SLASH = 0x2f;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;
const PARENTHESIS = 0x28;
const PARENTHESIS_END = 0x29;
/** `2026-11-21 16:48:45` */
const SECOND_BYTES = 19;

/**
 * Reads one field that has a shape, padding and all, and puts what it tells into `fields`.
 *
 * @returns where it ends; -1 when none stands there
 */
export function readShaped(
  { bytes, words }: LogBytes,
  at: number,
  end: number,
  step: PrefixStep,
  fields: PrefixFields,
  timestamps: TimestampReader,
): number {
  let start = at;
  while (step.width > 0 && bytes[start] === SPACE && start < end) {
    start++;
  }
  let p = -1;
  switch (step.kind) {
    case StepKind.time:
      p = timeEnd(bytes, start, end);
      fields.time = p < 0 ? Number.NaN : timestamps.read(bytes, words, start, p);
      break;
    case StepKind.epoch:
      p = readEpoch(bytes, start, end, fields);
      break;
    case StepKind.sessionStart:
      p = timeEnd(bytes, start, end);
      break;
    case StepKind.pid:
      p = numberEnd(bytes, start, end);
      fields.pid = number(bytes, start, p);
      break;
    case StepKind.session:
      p = readSessionId(bytes, start, end, fields);
      break;
    case StepKind.lineNumber:
      p = numberEnd(bytes, start, end);
      fields.lineNumber = number(bytes, start, p);
      break;
    case StepKind.state:
      p = stateEnd(bytes, start, end);
      fields.state = p < 0 ? -1 : start;
      break;
    case StepKind.number:
      p = optionalNumberEnd(bytes, start, end);
      break;
    case StepKind.remote:
      p = readRemote(bytes, start, end, fields);
      break;
  }
  return p < 0 || step.width === 0 ? p : paddingEnd(bytes, p, Math.min(end, at + step.width));
}

/** A field that is padded on its right has its least width with the padding. */
function paddingEnd(bytes: Uint8Array, at: number, end: number): number {
  let p = at;
  while (p < end && bytes[p] === SPACE) {
    p++;
  }
  return p;
}

/** `2026-11-21 16:48:45.367 CET`, `… +0530`: the zone is letters, or a sign and digits. */
function timeEnd(bytes: Uint8Array, start: number, end: number): number {
  let p = start + SECOND_BYTES;
  if (p >= end || bytes[start + 4] !== DASH || bytes[start + 13] !== COLON || bytes[start + 16] !== COLON) {
    return -1;
  }
  if (bytes[p] === DOT) {
    p = digitsEnd(bytes, p + 1, end);
  }
  if (bytes[p] !== SPACE) {
    return -1;
  }
  p++;
  if (bytes[p] === PLUS || bytes[p] === DASH) {
    return digitsEnd(bytes, p + 1, end);
  }
  const zone = p;
  while (p < end && isLetter(bytes[p]!)) {
    p++;
  }
  return p === zone ? -1 : p;
}

/** `1763743725.367` */
function readEpoch(bytes: Uint8Array, start: number, end: number, fields: PrefixFields): number {
  const dot = digitsEnd(bytes, start, end);
  const behind = digitsEnd(bytes, dot + 1, end);
  if (dot === start || dot - start > 11 || bytes[dot] !== DOT || behind - dot !== 4) {
    return -1;
  }
  fields.time = 1000 * number(bytes, start, dot) + number(bytes, dot + 1, behind);
  return behind;
}

/** `10.0.0.5(41234)`, `fe80::1(41234)`, `[local]`. -1 for other shapes: a server without a port to tell writes the host alone. */
function readRemote(bytes: Uint8Array, start: number, end: number, { address }: PrefixFields): number {
  let p = start;
  if (bytes[p] === BRACKET) {
    while (p < end && bytes[p] !== BRACKET_END) {
      p++;
    }
    address.start = start;
    address.end = p + 1;
    return p < end ? p + 1 : -1;
  }
  while (p < end && IS_OF_HOST[bytes[p]!] === 1) {
    p++;
  }
  if (bytes[p] !== PARENTHESIS || p === start) {
    return -1;
  }
  const behind = digitsEnd(bytes, p + 1, end);
  if (behind === p + 1 || bytes[behind] !== PARENTHESIS_END) {
    return -1;
  }
  address.start = start;
  address.end = p;
  return behind + 1;
}

function stateEnd(bytes: Uint8Array, start: number, end: number): number {
  const behind = start + 5;
  for (let p = start; p < behind; p++) {
    const byte = bytes[p]!;
    if (!isDigit(byte) && !(byte >= 0x41 && byte <= 0x5a)) {
      return -1;
    }
  }
  return behind > end ? -1 : behind;
}

function numberEnd(bytes: Uint8Array, start: number, end: number): number {
  const p = digitsEnd(bytes, start, end);
  return p === start ? -1 : p;
}

function optionalNumberEnd(bytes: Uint8Array, start: number, end: number): number {
  let p = start;
  while (p < end && (isDigit(bytes[p]!) || bytes[p] === SLASH || (bytes[p] === DASH && p === start))) {
    p++;
  }
  return bytes[start] === DASH && p === start + 1 ? start : p;
}

function digitsEnd(bytes: Uint8Array, start: number, end: number): number {
  let p = start;
  while (p < end && isDigit(bytes[p]!)) {
    p++;
  }
  return p;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** By byte, whether it stands in addresses, their zones (`%eth0`), and host names. */
export const IS_OF_HOST = Uint8Array.from({ length: 256 }, (_, byte) =>
  isLetter(byte) || isDigit(byte) || '.:-%_'.includes(String.fromCharCode(byte)) ? 1 : 0,
);

/** Of digits only; what is too long to be exact is no number of ours, and wrong numbers do no harm. */
function number(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let p = start; p < end; p++) {
    value = value * 10 + bytes[p]! - 0x30;
  }
  return value;
}
