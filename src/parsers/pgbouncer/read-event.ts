import { type ByteText, byteText, startsWith } from '../../lib/byte-text.ts';
import type { Span } from '../parser.ts';

const SPACE = 0x20;
const AT = 0x40;
const COLON = 0x3a;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;
const PARENTHESIS = 0x28;
const CLIENT = byteText('C-0x');
const SERVER = byteText('S-0x');
const UNIX = byteText('unix');
/** Longer ones do not exist: 64 bits in hexadecimal. */
const POINTER_DIGITS = 16;
/** IPv6 in text with a zone has fewer. */
const ADDRESS_BYTES = 80;

/** What a line about one connection says. */
export const Verb = {
  /** None of those below. */
  other: 0,
  /** `login attempt: db=shop user=app tls=no` */
  attempt: 1,
  /** `closing because: client close request (age=5s)` */
  closing: 2,
  /** `new connection to server (from 10.0.0.9:4444)` */
  link: 3,
} as const;

const VERBS: readonly (readonly [ByteText, number])[] = [
  [byteText(' login attempt: db='), Verb.attempt],
  [byteText(' closing because: '), Verb.closing],
  [byteText(' new connection to server (from '), Verb.link],
];

/** A line about one connection: `C-0x55d6: shop/app@192.0.2.10:46671 login attempt: …`. Reused for every line. */
export interface PoolerEvent {
  verb: number;
  /** The line is of a client's connection, not of one to the server. */
  isClient: boolean;
  /** The connection by its place in PgBouncer's memory, which is used again when it has ended. */
  high: number;
  low: number;
  /** `shop/app`: database and user. `(nodb)`, `(nouser)` where there is none. */
  pool: Span;
  /** Without port and brackets; empty for a Unix socket. */
  address: Span;
  /** What follows the verb. */
  rest: Span;
  /** The names can end at more than one place: somebody chose names that read like the pooler's own words. */
  isAmbiguous: boolean;
}

export function createPoolerEvent(): PoolerEvent {
  const span = () => ({ start: 0, end: 0 });
  return {
    verb: Verb.other,
    isClient: false,
    high: 0,
    low: 0,
    pool: span(),
    address: span(),
    rest: span(),
    isAmbiguous: false,
  };
}

/** Makes it an event of the pooler itself, of no connection. */
export function forgetEvent(event: PoolerEvent): void {
  event.verb = Verb.link;
  event.isClient = false;
  event.isAmbiguous = false;
  event.high = 0;
  event.low = 0;
  for (const span of [event.pool, event.address, event.rest]) {
    span.end = span.start;
  }
}

/**
 * Reads a message about a connection; false for all others. The names in it may hold anything: they end at an address
 * with its port.
 */
export function readEvent(bytes: Uint8Array, words: DataView, start: number, end: number, event: PoolerEvent): boolean {
  event.isClient = startsWith(words, start, end, CLIENT);
  if (!event.isClient && !startsWith(words, start, end, SERVER)) {
    return false;
  }
  const names = readPointer(bytes, start + CLIENT.length, end, event);
  if (names < 0) {
    return false;
  }
  event.verb = Verb.other;
  let addresses = 0;
  const address = { start: 0, end: 0 };
  const text = bytes.subarray(0, end); // without an end, a search goes through all of the memory
  for (let p = text.indexOf(AT, names); p >= 0; p = text.indexOf(AT, p + 1)) {
    const behind = readAddress(bytes, words, p + 1, end, address);
    if (behind >= 0 && bytes[behind] === SPACE) {
      addresses++;
      const verb = VERBS.find(([verbText]) => startsWith(words, behind, end, verbText));
      if (verb !== undefined) {
        take(event, verb, names, p, address, behind, end);
      }
    }
  }
  event.isAmbiguous = addresses > 1;
  return event.verb !== Verb.other;
}

function take(
  event: PoolerEvent,
  [text, verb]: readonly [ByteText, number],
  names: number,
  at: number,
  address: Span,
  behind: number,
  end: number,
): void {
  event.verb = verb;
  event.pool.start = names;
  event.pool.end = at;
  event.address.start = address.start;
  event.address.end = address.end;
  event.rest.start = behind + text.length;
  event.rest.end = end;
}

/** `55d6935c7890: ` as two numbers; returns where it ends, -1 when it does not. */
function readPointer(bytes: Uint8Array, start: number, end: number, event: PoolerEvent): number {
  event.high = 0;
  event.low = 0;
  let p = start;
  for (; p < end && p < start + POINTER_DIGITS; p++) {
    const byte = bytes[p]!;
    const digit = byte <= 0x39 ? byte - 0x30 : (byte | 0x20) - 0x57;
    if (digit < 0 || digit > 15) {
      break;
    }
    event.high = (event.high << 4) | (event.low >>> 28);
    event.low = (event.low << 4) | digit;
  }
  return p > start && bytes[p] === COLON && bytes[p + 1] === SPACE ? p + 2 : -1;
}

/**
 * `192.0.2.10:46671`, `[2001:db8::1]:46671`, `unix(18435):6432`, `unix:6432`.
 *
 * @returns where the port ends; -1 when there is no such thing
 */
export function readAddress(bytes: Uint8Array, words: DataView, start: number, end: number, address: Span): number {
  const limit = Math.min(end, start + ADDRESS_BYTES);
  const isUnix = startsWith(words, start, end, UNIX);
  const isBracketed = bytes[start] === BRACKET;
  let colon = start + (isBracketed ? 1 : 0);
  while (colon < limit && (isBracketed ? bytes[colon] !== BRACKET_END : bytes[colon] !== COLON)) {
    if (bytes[colon]! <= SPACE || (bytes[colon] === PARENTHESIS && !isUnix)) {
      return -1;
    }
    colon++;
  }
  address.start = start + (isBracketed ? 1 : 0);
  address.end = isUnix ? address.start : colon;
  colon += isBracketed ? 1 : 0;
  let p = colon + 1;
  while (p < limit && bytes[p]! >= 0x30 && bytes[p]! <= 0x39) {
    p++;
  }
  return colon < limit && bytes[colon] === COLON && p > colon + 1 ? p : -1;
}
