import {
  type ByteText,
  bytesText,
  byteText,
  indexOfByte,
  indexOfText,
  lastIndexOfText,
  startsWith,
} from '../lib/byte-text.ts';
import { Protection } from '../model/activity.ts';

const AUTHENTICATED = byteText('connection authenticated: ');
const AUTHORIZED = byteText('connection authorized: ');
const REPLICATION_AUTHORIZED = byteText('replication connection authorized: ');
const SSL = byteText(' SSL enabled (');
const GSS_ENCRYPTED = byteText(', encrypted=yes');
const PARENTHESIS = 0x28;
/** Behind the identity, whose quotes the formats write as `"`, `\"` or `""`. */
const METHOD = byteText('" method=');
/** How messages ended of late, from the method on: a server has few rules. The oldest is replaced. */
const ENDS = 4;
const MAX_END = 256;
const METHODS: readonly (readonly [ByteText, number])[] = [
  [byteText('trust '), Protection.trust],
  [byteText('password '), Protection.password],
  [byteText('md5 '), Protection.md5],
];

/**
 * What the message of a session's line tells of how the session is protected, as `Protection`. PostgreSQL tells the
 * method in `connection authenticated` (since 14; `trust` since 16), the encryption in `connection authorized`.
 * An identity may hold words of the message itself: the last ones are the server's.
 */
export function protectionOf(words: DataView, start: number, end: number): number {
  if (startsWith(words, start, end, AUTHENTICATED)) {
    return methodOf(words, start + AUTHENTICATED.length, end);
  }
  if (startsWith(words, start, end, AUTHORIZED) || startsWith(words, start, end, REPLICATION_AUTHORIZED)) {
    return isEncrypted(words, start, end) ? Protection.encrypted : Protection.unencrypted;
  }
  return 0;
}

/** How a connection is encrypted stands in parentheses, which most lines of others hold none of. */
function isEncrypted(words: DataView, start: number, end: number): boolean {
  const first = indexOfByte(words, start, end, PARENTHESIS);
  if (first < 0) {
    return false;
  }
  const at = first + 1 - SSL.length;
  return (
    (at >= start && startsWith(words, at, end, SSL)) ||
    indexOfText(words, start, end, SSL) >= 0 ||
    indexOfText(words, start, end, GSS_ENCRYPTED) >= 0
  );
}

/** Most messages end as one before did. */
const known: { end: ByteText; method: number }[] = [];
let oldest = 0;

function methodOf(words: DataView, start: number, end: number): number {
  for (let i = 0; i < known.length; i++) {
    const { end: text, method } = known[i]!;
    if (end - start >= text.length && startsWith(words, end - text.length, end, text)) {
      return method;
    }
  }
  const last = lastIndexOfText(words, start, end, METHOD);
  if (last < 0) {
    return 0;
  }
  const method = readMethod(words, last + METHOD.length, end);
  if (end - last <= MAX_END) {
    known[oldest] = { end: bytesText(words, last, end), method };
    oldest = (oldest + 1) % ENDS;
  }
  return method;
}

function readMethod(words: DataView, at: number, end: number): number {
  for (let i = 0; i < METHODS.length; i++) {
    if (startsWith(words, at, end, METHODS[i]![0])) {
      return METHODS[i]![1];
    }
  }
  return 0;
}
