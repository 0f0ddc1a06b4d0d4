import { type ByteText, byteText, hasByte, indexOfText, startsWith } from '../lib/byte-text.ts';
import { Protection } from '../model/activity.ts';

const AUTHENTICATED = byteText('connection authenticated: ');
const AUTHORIZED = byteText('connection authorized: ');
const REPLICATION_AUTHORIZED = byteText('replication connection authorized: ');
const SSL = byteText(' SSL enabled (');
const GSS_ENCRYPTED = byteText(', encrypted=yes');
const PARENTHESIS = 0x28;
/** Behind the identity, whose quotes the formats write as `"`, `\"` or `""`. */
const METHOD = byteText('" method=');
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
  return (
    hasByte(words, start, end, PARENTHESIS) &&
    (indexOfText(words, start, end, SSL) >= 0 || indexOfText(words, start, end, GSS_ENCRYPTED) >= 0)
  );
}

function methodOf(words: DataView, start: number, end: number): number {
  let last = -1;
  for (let at = indexOfText(words, start, end, METHOD); at >= 0; at = indexOfText(words, last, end, METHOD)) {
    last = at + METHOD.length;
  }
  return last < 0 ? 0 : (METHODS.find(([text]) => startsWith(words, last, end, text))?.[1] ?? 0);
}
