import { describe, expect, it } from 'vitest';
import { ActivityClass, AuthenticationFailure } from '../model/activity.ts';
import { createLogEntry, judgeEntry } from './judge-entry.ts';
import { sqlState } from './sql-state.ts';
import { logBytes } from './testkit.ts';

/** What an entry is, told as a text log tells it: severity, SQLSTATE where it is told, message, DETAIL. */
function judge(severity: string, message: string, { state = '', detail = '' } = {}) {
  const source = logBytes(`${state}|${message}|${detail}`);
  const entry = createLogEntry();
  const start = state.length + 1;
  entry.severity = severity.charCodeAt(0);
  entry.state = state === '' ? -1 : 0;
  entry.message = { start, end: start + message.length };
  entry.detail = { start: start + message.length + 1, end: source.end };
  const judged = { class: 0, failure: 0, status: 0, isStatusGuessed: false };
  return judgeEntry(source.bytes, source.words, entry, judged) ? judged : undefined;
}

const failure = (why: keyof typeof AuthenticationFailure, state: string, isStatusGuessed = false) => ({
  class: ActivityClass.authenticationFailure,
  failure: AuthenticationFailure[why],
  status: sqlState(state),
  isStatusGuessed,
});

describe('judgeEntry', () => {
  it('tells class, failure and status of an entry', () => {
    const message = 'password authentication failed for user "app"';

    expect(judge('FATAL', message, { state: '28P01' })).toEqual(failure('wrongCredential', '28P01'));
    expect(judge('FATAL', message, { detail: 'Role "app" does not exist.' })).toEqual(
      failure('unknownPrincipal', '28P01', true),
    );
    expect(judge('ERROR', 'syntax error', { state: '42601' })).toEqual({
      class: ActivityClass.statementError,
      failure: AuthenticationFailure.none,
      status: sqlState('42601'),
      isStatusGuessed: false,
    });
    expect(judge('LOG', 'statement: SELECT 1', { state: '00000' })).toMatchObject({ status: 0 });
  });

  it.each([
    ['password authentication failed for user "app"', 'wrongCredential'],
    ['OAuth bearer authentication failed for user "app"', 'wrongCredential'],
    ['authentication failed for user "app": host rejected', 'wrongCredential'],
    ['"trust" authentication failed for user "app"', 'wrongCredential'],
    ['no pg_hba.conf entry for host "192.0.2.1", user "app", database "shop", no encryption', 'notAllowed'],
    ['pg_hba.conf rejects connection for host "192.0.2.1", user "app", database "shop", SSL on', 'notAllowed'],
    ['role "app" does not exist', 'unknownPrincipal'],
    ['role "app" is not permitted to log in', 'wrongCredential'],
    ['connection requires a valid client certificate', 'wrongCredential'],
    ['empty password returned by client', 'wrongCredential'],
  ] as const)('tells by its text that %j is a refusal', (message, why) => {
    const state = /password/.test(message) ? '28P01' : '28000';

    expect(judge('FATAL', message)).toEqual(failure(why, state, true));
    expect(judge('FATAL', message, { state: '28000' })).toEqual(failure(why, '28000'));
  });

  it.each([
    ['FATAL', 'database "shop" does not exist', ActivityClass.unknownDatabase],
    ['FATAL', 'unsupported frontend protocol 65363.19778: server supports 3.0 to 3.0', ActivityClass.protocolError],
    ['LOG', 'invalid length of startup packet', ActivityClass.protocolError],
  ])('tells by its text what came before any statement, %s: %s', (severity, message, expected) => {
    expect(judge(severity, message)).toMatchObject({ class: expected, failure: AuthenticationFailure.none });
  });

  it.each([
    ['FATAL', 'database "shop" is not currently accepting connections'],
    ['FATAL', 'sorry, too many clients already'],
    ['FATAL', 'terminating connection due to administrator command'],
    ['WARNING', 'password authentication failed for user "app"'],
    ['LOG', 'password authentication failed for user "app"'],
    ['LOG', 'checkpoint starting: time'],
    ['PANIC', 'could not write'],
  ])('has no interest in %s: %s', (severity, message) => {
    expect(judge(severity, message)).toBeUndefined();
  });
});
