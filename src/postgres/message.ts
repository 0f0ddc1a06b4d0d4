import { byteText, hasByte, indexOfText, startsWith } from '../lib/byte-text.ts';
import { ActivityClass, AuthenticationFailure } from '../model/activity.ts';

/** Not our business. */
export const IRRELEVANT = -1;

const RECEIVED = byteText('connection received: ');
const AUTHENTICATED = byteText('connection authenticated: ');
const AUTHORIZED = byteText('connection authorized: ');
const REPLICATION_AUTHORIZED = byteText('replication connection authorized: ');
const REPLICATION_COMMAND = byteText('received replication command: ');
const DISCONNECTION = byteText('disconnection: ');
const STATEMENT = byteText('statement: ');
const EXECUTE = byteText('execute ');
const DURATION = byteText('duration: ');
const MILLISECONDS = byteText(' ms ');
const SPACE = 0x20;
const AUDIT = byteText('AUDIT: ');
const NO_HBA_ENTRY = byteText('no pg_hba.conf entry ');
const HBA_REJECTS = byteText('pg_hba.conf rejects ');
const ROLE = byteText('role ');
const FAILED_FOR_USER = byteText('authentication failed for user ');
const NO_CERTIFICATE = byteText('connection requires a valid client certificate');
const EMPTY_PASSWORD = byteText('empty password returned by client');
const NOT_PERMITTED = byteText(' is not permitted to log in');
const DOES_NOT_EXIST = byteText(' does not exist');
const DATABASE = byteText('database ');
/** Said of a startup packet at severity LOG. */
const INVALID_LENGTH = byteText('invalid length of startup packet');
const INCOMPLETE = byteText('incomplete startup packet');
/** Said of a startup packet at severity FATAL; the last one under the SQLSTATE of a refusal. */
const UNSUPPORTED_PROTOCOL = byteText('unsupported frontend protocol ');
const INVALID_LAYOUT = byteText('invalid startup packet layout');
const NO_USER_NAME = byteText('no PostgreSQL user name specified in startup packet');

/** How the commonest lines of severity LOG begin, each with its `ActivityClass`. */
export const COMMON_MESSAGES = [
  { text: RECEIVED, class: ActivityClass.connection },
  { text: AUTHENTICATED, class: ActivityClass.credentialAccepted },
  { text: AUTHORIZED, class: ActivityClass.authentication },
  { text: DISCONNECTION, class: ActivityClass.disconnection },
  { text: STATEMENT, class: ActivityClass.statement },
  { text: EXECUTE, class: ActivityClass.statement },
  { text: AUDIT, class: ActivityClass.statement },
];

/**
 * What a client's log line is, from the first bytes of its message.
 * The texts are those of lc_messages = C or English; they stand in PostgreSQL's backend_startup.c, auth.c, postgres.c.
 * Severities are never translated in csvlog and jsonlog, SQLSTATEs nowhere.
 *
 * @param severity first byte of the severity: `L`OG, `F`ATAL, `E`RROR …; `A`UDIT is LOG in the audit log of EDB's server
 * @param state where the five bytes of the SQLSTATE stand; -1 in logs that do not tell it
 * @returns an `ActivityClass` or `IRRELEVANT`
 */
export function classify(bytes: DataView, severity: number, state: number, start: number, end: number): number {
  switch (severity) {
    case 0x4c: // LOG
    case 0x41: // AUDIT
      return classifyLog(bytes, start, end);
    case 0x46: // FATAL
      return classifyFatal(bytes, state, start, end);
    case 0x45: // ERROR
      return ActivityClass.statementError;
    default:
      return IRRELEVANT;
  }
}

/** SQLSTATE class 28 is "invalid authorization specification", 3D "invalid catalog name". */
function classifyFatal(bytes: DataView, state: number, start: number, end: number): number {
  if (isBadStartup(bytes, start, end)) {
    return ActivityClass.protocolError;
  }
  if (state < 0 ? isRefusal(bytes, start, end) : bytes.getInt16(state, true) === 0x3832) {
    return ActivityClass.authenticationFailure;
  }
  const isMissing = startsWith(bytes, start, end, DATABASE) && indexOfText(bytes, start, end, DOES_NOT_EXIST) >= 0;
  return isMissing ? ActivityClass.unknownDatabase : IRRELEVANT;
}

function isBadStartup(bytes: DataView, start: number, end: number): boolean {
  return (
    startsWith(bytes, start, end, UNSUPPORTED_PROTOCOL) ||
    startsWith(bytes, start, end, INVALID_LAYOUT) ||
    startsWith(bytes, start, end, NO_USER_NAME)
  );
}

/** Whether a FATAL message without its SQLSTATE is of class 28, by its English text. */
function isRefusal(bytes: DataView, start: number, end: number): boolean {
  return (
    startsWith(bytes, start, end, NO_HBA_ENTRY) ||
    startsWith(bytes, start, end, HBA_REJECTS) ||
    startsWith(bytes, start, end, NO_CERTIFICATE) ||
    startsWith(bytes, start, end, EMPTY_PASSWORD) ||
    indexOfText(bytes, start, Math.min(end, start + 60), FAILED_FOR_USER) >= 0 ||
    (startsWith(bytes, start, end, ROLE) &&
      (indexOfText(bytes, start, end, DOES_NOT_EXIST) >= 0 || indexOfText(bytes, start, end, NOT_PERMITTED) >= 0))
  );
}

function classifyLog(bytes: DataView, start: number, end: number): number {
  switch (bytes.getUint8(start)) {
    case 0x63: // c
      return startsWith(bytes, start, end, RECEIVED)
        ? ActivityClass.connection
        : startsWith(bytes, start, end, AUTHORIZED)
          ? ActivityClass.authentication
          : startsWith(bytes, start, end, AUTHENTICATED)
            ? ActivityClass.credentialAccepted
            : IRRELEVANT;
    case 0x73: // s
      return startsWith(bytes, start, end, STATEMENT) ? ActivityClass.statement : IRRELEVANT;
    case 0x65: // e
      return startsWith(bytes, start, end, EXECUTE) ? ActivityClass.statement : IRRELEVANT;
    case 0x64: // d
      return startsWith(bytes, start, end, DISCONNECTION)
        ? ActivityClass.disconnection
        : startsWith(bytes, start, end, DURATION)
          ? classifyDuration(bytes, start + DURATION.length, end)
          : IRRELEVANT;
    case 0x69: // i
      return startsWith(bytes, start, end, INVALID_LENGTH) || startsWith(bytes, start, end, INCOMPLETE)
        ? ActivityClass.protocolError
        : IRRELEVANT;
    case 0x41: // A: pgaudit
      return startsWith(bytes, start, end, AUDIT) ? ActivityClass.statement : IRRELEVANT;
    case 0x72: // r
      return startsWith(bytes, start, end, REPLICATION_AUTHORIZED)
        ? ActivityClass.authentication
        : startsWith(bytes, start, end, REPLICATION_COMMAND)
          ? ActivityClass.statement
          : IRRELEVANT;
    default:
      return IRRELEVANT;
  }
}

/** `duration: 0.123 ms  statement: …`: a statement; a duration alone, or that of a parse or bind, repeats another line. */
function classifyDuration(bytes: DataView, start: number, end: number): number {
  for (let p = start; p + 4 < end && p < start + 24; p++) {
    if (startsWith(bytes, p, end, MILLISECONDS)) {
      const at = p + (bytes.getUint8(p + 4) === SPACE ? 5 : 4);
      const isStatement = startsWith(bytes, at, end, STATEMENT) || startsWith(bytes, at, end, EXECUTE);
      return isStatement ? ActivityClass.statement : IRRELEVANT;
    }
  }
  return IRRELEVANT;
}

/**
 * Why the server refused a principal.
 * Clients are told the same for a wrong password and an unknown role; only the log's DETAIL tells them apart.
 */
export function failureOf(bytes: DataView, start: number, end: number, detailStart: number, detailEnd: number): number {
  if (startsWith(bytes, start, end, NO_HBA_ENTRY) || startsWith(bytes, start, end, HBA_REJECTS)) {
    return AuthenticationFailure.notAllowed;
  }
  if (startsWith(bytes, start, end, ROLE)) {
    // the other, `role "x" is not permitted to log in`, is said once the credential was right
    const isUnknown = indexOfText(bytes, start, end, DOES_NOT_EXIST) >= 0;
    return isUnknown ? AuthenticationFailure.unknownPrincipal : AuthenticationFailure.wrongCredential;
  }
  const isUnknown =
    startsWith(bytes, detailStart, detailEnd, DETAIL_ROLE) &&
    indexOfText(bytes, detailStart, Math.min(detailEnd, detailStart + 200), DOES_NOT_EXIST) >= 0;
  return isUnknown ? AuthenticationFailure.unknownPrincipal : AuthenticationFailure.wrongCredential;
}

/** `Role "x" does not exist.`, but also `Role "x" does not have a valid SCRAM secret.` */
const DETAIL_ROLE = byteText('Role ');
const APPLICATION_NAME = byteText(' application_name=');
const SSL = byteText(' SSL enabled (');
const GSS = byteText(' GSS (');
const PARENTHESIS = 0x28;

/**
 * Puts into `span` where the application name stands in a `connection authorized` message; empty when it has none.
 *
 * @param likely where it begins to be told, if it is told behind user and database
 */
export function findApplicationName(
  bytes: DataView,
  start: number,
  end: number,
  span: { start: number; end: number },
  likely = start,
): void {
  const at = startsWith(bytes, likely, end, APPLICATION_NAME)
    ? likely
    : indexOfText(bytes, start, end, APPLICATION_NAME);
  span.start = at < 0 ? end : at + APPLICATION_NAME.length;
  span.end = end;
  if (hasByte(bytes, span.start, end, PARENTHESIS)) {
    const ssl = indexOfText(bytes, span.start, end, SSL);
    const gss = indexOfText(bytes, span.start, end, GSS);
    span.end = ssl >= 0 ? ssl : gss >= 0 ? gss : end;
  }
}

/** Where ` application_name=` stands in a `connection authorized` message, by the lengths of user and database. */
export function likelyApplicationName(start: number, userLength: number, databaseLength: number): number {
  return start + AUTHORIZED.length + 'user='.length + userLength + ' database='.length + databaseLength;
}
