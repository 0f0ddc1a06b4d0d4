import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../test/run-vedette.ts';
import { whyNot } from '../../test/why-not.ts';
import { ErrorState } from '../sql/error-state.ts';
import { sqlStateText } from './sql-state.ts';
import { logBytes } from './testkit.ts';
import { stateByText } from './told-by-text.ts';

/** Recorded sessions, which lie beside the repository. */
const SCENARIOS = join(process.env.VEDETTE_SHARED ?? join(ROOT, '../shared'), 'corpus/scenarios');
const reason = whyNot(existsSync(SCENARIOS) ? undefined : 'the recorded sessions are not there');

function stateOf(severity: string, message: string): string {
  const { words, end } = logBytes(message);
  return sqlStateText(stateByText(words, severity.charCodeAt(0), 0, end));
}

it.each([
  ['FATAL', 'password authentication failed for user "app"', '28P01'],
  ['FATAL', 'Peer authentication failed for user "app"', '28000'],
  ['FATAL', 'no pg_hba.conf entry for host "192.0.2.1", user "app", database "shop", no encryption', '28000'],
  ['FATAL', 'role "app" does not exist', '28000'],
  ['ERROR', 'role "app" does not exist', '42704'],
  ['FATAL', 'database "shop" does not exist', '3D000'],
  ['FATAL', 'sorry, too many clients already', '53300'],
  ['FATAL', 'unsupported frontend protocol 65363.19778: server supports 3.0 to 3.0', '0A000'],
  ['ERROR', 'permission denied for table customers', '42501'],
  ['ERROR', 'relation "x" does not exist at character 15', '42P01'],
  ['ERROR', 'syntax error at or near "SELEC" at character 1', '42601'],
  ['ERROR', 'unterminated quoted string at or near "\'" at character 40', '42601'],
  ['ERROR', 'UNION types integer and text cannot be matched at character 30', '42804'],
  ['ERROR', 'invalid input syntax for type integer: "a"', '22P02'],
  ['ERROR', 'invalid input syntax for type timestamp: "a"', '22007'],
  ['ERROR', 'out of cheese', '00000'],
  ['ERROR', '', '00000'],
])('%s: %s', (severity, message, state) => {
  expect(stateOf(severity, message)).toBe(state);
});

describe.skipIf(reason !== undefined)('what servers recorded', () => {
  const records = globSync('*/postgresql.json.gz', { cwd: SCENARIOS }).flatMap((path) =>
    gunzipSync(readFileSync(join(SCENARIOS, path)))
      .toString()
      .split('\n')
      .filter((line) => /"error_severity":"(?:ERROR|FATAL)"/.test(line))
      .map((line) => JSON.parse(line) as Record<'error_severity' | 'state_code' | 'message', string>),
  );
  const told = records.map(({ error_severity: severity, state_code: state, message }) => ({
    state,
    guessed: stateOf(severity, message),
    message,
  }));

  it('is hardly ever taken for another SQLSTATE', () => {
    const wrong = told.filter(({ state, guessed }) => guessed !== '00000' && guessed !== state);

    expect(told.length).toBeGreaterThan(500);
    expect(wrong.length).toBeLessThan(told.length / 200);
  });

  it('is known where detectors ask for it', () => {
    const asked = ['28P01', '28000', '3D000', ...Object.values(ErrorState).map(sqlStateText)];
    const wanted = told.filter(({ state }) => asked.includes(state));
    const known = wanted.filter(({ state, guessed }) => state === guessed);

    expect(known.length).toBeGreaterThan(0.9 * wanted.length);
  });
});
