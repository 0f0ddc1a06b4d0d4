import { type ByteText, byteText, indexOfText, startsWith } from '../../lib/byte-text.ts';
import { AuthenticationFailure } from '../../model/activity.ts';

/** What the end of a client's connection says of its login, where it was not refused. */
export const Ending = {
  /** Nothing: it may have been logged in or not. */
  unknown: -1,
  /** It was logged in: this can happen to no other. */
  loggedIn: -2,
} as const;

/** What PgBouncer says of a client that it did not let in (client.c, hba.c, scram.c of 1.18 and of later versions). */
const REFUSALS = reasons({
  'password authentication failed': AuthenticationFailure.wrongCredential,
  'SASL authentication failed': AuthenticationFailure.wrongCredential,
  'PAM authentication failed': AuthenticationFailure.wrongCredential,
  'LDAP authentication failed': AuthenticationFailure.wrongCredential,
  'certificate authentication failed': AuthenticationFailure.wrongCredential,
  '"trust" authentication failed': AuthenticationFailure.wrongCredential,
  'auth failed': AuthenticationFailure.wrongCredential,
  'empty password returned by client': AuthenticationFailure.wrongCredential,
  'invalid SCRAM response': AuthenticationFailure.wrongCredential,
  'no such user': AuthenticationFailure.unknownPrincipal,
  'login rejected': AuthenticationFailure.notAllowed,
  'unix socket login rejected': AuthenticationFailure.notAllowed,
  'TLS client certificate required': AuthenticationFailure.notAllowed,
  'SSL required': AuthenticationFailure.notAllowed,
});

/** What happens only to clients that are logged in. */
const AFTER_LOGIN = reasons({
  'client close request': Ending.loggedIn,
  client_idle_timeout: Ending.loggedIn,
  query_wait_timeout: Ending.loggedIn,
  'query timeout': Ending.loggedIn,
  'idle transaction timeout': Ending.loggedIn,
  'transaction timeout': Ending.loggedIn,
});

const ALL = [...REFUSALS, ...AFTER_LOGIN];

/** A client that vanished. */
const VANISHED = byteText('client unexpected eof');
const AGE = byteText(' (age=');
/** `client_login_timeout` (60 s unless told otherwise) ends those who have not logged in by then; with some to spare. */
const LOGIN_TIMEOUT_S = 65;

/** What the text behind `closing because: ` says: one of `AuthenticationFailure`, or of `Ending`. */
export function readEnding(words: DataView, start: number, end: number): number {
  const known = ALL.find(([text]) => startsWith(words, start, end, text));
  if (known !== undefined) {
    return known[1];
  }
  const isLong = startsWith(words, start, end, VANISHED) && readAge(words, start, end) > LOGIN_TIMEOUT_S;
  return isLong ? Ending.loggedIn : Ending.unknown;
}

/** Seconds that the connection lasted; 0 where it is not told. */
function readAge(words: DataView, start: number, end: number): number {
  const at = indexOfText(words, start, end, AGE);
  let age = 0;
  for (let p = at + AGE.length; at >= 0 && p < end; p++) {
    const digit = words.getUint8(p) - 0x30;
    if (digit < 0 || digit > 9) {
      break;
    }
    age = age * 10 + digit;
  }
  return age;
}

function reasons(table: Readonly<Record<string, number>>): (readonly [ByteText, number])[] {
  return Object.entries(table).map(([text, meaning]) => [byteText(text), meaning]);
}
