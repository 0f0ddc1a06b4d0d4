import { describe, expect, it } from 'vitest';
import { ActivityClass, AuthenticationFailure } from '../model/activity.ts';
import { classify, failureOf, findApplicationName, IRRELEVANT } from './message.ts';

/** Texts behind each other, with room for the words that may be read past the end; where each begins and ends. */
function bytesOf(...texts: string[]): { words: DataView; spans: { start: number; end: number }[] } {
  const bytes = new Uint8Array(Buffer.byteLength(texts.join('')) + 8);
  let at = 0;
  const spans = texts.map((text) => {
    const start = at;
    at += Buffer.from(text).copy(bytes, at);
    return { start, end: at };
  });
  return { words: new DataView(bytes.buffer), spans };
}

function classOf(severity: string, sqlState: string, message: string): number {
  const { words, spans } = bytesOf(sqlState, message);
  return classify(words, severity.charCodeAt(0), 0, spans[1]!.start, spans[1]!.end);
}

describe('classify', () => {
  it.each([
    ['connection received: host=192.0.2.1 port=4', ActivityClass.connection],
    ['connection authenticated: identity="app" method=md5', ActivityClass.credentialAccepted],
    ['connection authorized: user=app', ActivityClass.authentication],
    ['replication connection authorized: user=app', ActivityClass.authentication],
    ['disconnection: session time: 0:00:00.013', ActivityClass.disconnection],
    ['statement: SELECT 1', ActivityClass.statement],
    ['execute <unnamed>: SELECT 1', ActivityClass.statement],
    ['AUDIT: SESSION,1', ActivityClass.statement],
    ['duration: 0.123 ms  statement: SELECT 1', ActivityClass.statement],
    ['duration: 0.123 ms statement: SELECT 1', ActivityClass.statement],
    ['duration: 123456789.123 ms  execute a: SELECT 1', ActivityClass.statement],
    ['duration: 0.123 ms  parse a: SELECT 1', IRRELEVANT],
    ['duration: 0.123 ms', IRRELEVANT],
    ['duration: ', IRRELEVANT],
    ['statement', IRRELEVANT],
    ['received replication command: IDENTIFY_SYSTEM', ActivityClass.statement],
    ['received promote request', IRRELEVANT],
    ['invalid length of startup packet', ActivityClass.protocolError],
    ['incomplete startup packet', ActivityClass.protocolError],
    ['invalid record length at 0/1', IRRELEVANT],
    ['checkpoint starting: time', IRRELEVANT],
    ['', IRRELEVANT],
  ])('LOG %j is %i', (message, expected) => {
    expect(classOf('LOG', '00000', message)).toBe(expected);
  });

  it.each([
    ['FATAL', '28P01', ActivityClass.authenticationFailure],
    ['FATAL', '28000', ActivityClass.authenticationFailure],
    ['FATAL', '53300', IRRELEVANT],
    ['FATAL', '3D000', IRRELEVANT],
    ['ERROR', '42601', ActivityClass.statementError],
    ['WARNING', '01000', IRRELEVANT],
    ['PANIC', 'XX000', IRRELEVANT],
  ])('%s %s is %i', (severity, sqlState, expected) => {
    expect(classOf(severity, sqlState, 'anything')).toBe(expected);
  });
});

describe('what a client sends instead of a startup packet', () => {
  it.each([
    ['0A000', 'unsupported frontend protocol 65363.19778: server supports 3.0 to 3.0', ActivityClass.protocolError],
    ['08P01', 'invalid startup packet layout: expected terminator as last byte', ActivityClass.protocolError],
    ['28000', 'no PostgreSQL user name specified in startup packet', ActivityClass.protocolError],
    ['3D000', 'database "a" does not exist', ActivityClass.unknownDatabase],
    ['42704', 'database locale is incompatible with operating system', IRRELEVANT],
  ])('FATAL %s %s is %i, with and without its state', (state, message, expected) => {
    const { words, spans } = bytesOf(message);

    expect(classOf('FATAL', state, message)).toBe(expected);
    expect(classify(words, 0x46, -1, spans[0]!.start, spans[0]!.end)).toBe(expected);
  });
});

describe('failureOf', () => {
  it.each([
    ['no pg_hba.conf entry for host "192.0.2.1"', '', AuthenticationFailure.notAllowed],
    ['pg_hba.conf rejects connection for host "192.0.2.1"', '', AuthenticationFailure.notAllowed],
    ['role "a" does not exist', '', AuthenticationFailure.unknownPrincipal],
    ['role "a" is not permitted to log in', '', AuthenticationFailure.wrongCredential],
    ['password authentication failed for user "a"', 'Role "a" does not exist.', AuthenticationFailure.unknownPrincipal],
    ['password authentication failed for user "a"', 'Connection matched line 5', AuthenticationFailure.wrongCredential],
    ['password authentication failed for user "a does not exist"', '', AuthenticationFailure.wrongCredential],
  ])('%s (%s) is %i', (message, detail, expected) => {
    const { words, spans } = bytesOf(message, detail);
    expect(failureOf(words, spans[0]!.start, spans[0]!.end, spans[1]!.start, spans[1]!.end)).toBe(expected);
  });
});

describe('findApplicationName', () => {
  it.each([
    ['connection authorized: user=a database=b application_name=psql', 'psql'],
    ['connection authorized: user=a application_name=my tool SSL enabled (protocol=TLSv1.3)', 'my tool'],
    ['connection authorized: user=a application_name=my tool GSS (authenticated=yes)', 'my tool'],
    ['connection authorized: user=a database=b', ''],
    ['connection authorized: user=a SSL enabled (protocol=TLSv1.3)', ''],
    ['connection authorized: user=a application_name=', ''],
  ])('of %j is %j', (message, name) => {
    const { words, spans } = bytesOf(message);
    const span = { start: 0, end: 0 };
    findApplicationName(words, spans[0]!.start, spans[0]!.end, span);
    expect(Buffer.from(message).toString('utf8', span.start, span.end)).toBe(name);
  });
});
