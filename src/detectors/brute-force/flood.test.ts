import { expect, it } from 'vitest';
import { AuthenticationFailure } from '../../model/activity.ts';
import { at, brazil, failedSignIn, type Happening, office, replayOnce, series, signIn } from '../testkit.ts';
import { bruteForce } from './brute-force.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Two failures from each of so many made-up addresses, under made-up names. */
function flood(start: number, addresses: number): Happening[] {
  return series(start, 2 * addresses, 10).map((time, n) =>
    failedSignIn({
      principal: `made-up-${n}`,
      address: { address: `2001:db8:${(n >> 14).toString(16)}:${((n >> 1) & 0x1fff).toString(16)}::1` },
      failure: n % 2 === 0 ? AuthenticationFailure.unknownPrincipal : AuthenticationFailure.wrongCredential,
      time,
    }),
  );
}

/** A service with a stale password, and somebody who guesses slowly and at last succeeds. */
const history = [
  signIn({ principal: 'billing', address: office, time: at(0, 1) }),
  ...series(at(0, 2), 18, 8 * HOUR).map((time) => failedSignIn({ principal: 'alice', address: brazil, time })),
  ...series(at(0, 3), 600, 15 * MINUTE).map((time) => failedSignIn({ principal: 'billing', address: office, time })),
  signIn({ principal: 'alice', address: brazil, time: at(6, 1) }),
].toSorted((a, b) => a.time - b.time);

function verdicts(happenings: readonly Happening[]) {
  return replayOnce(bruteForce, happenings)
    .filter(({ finding }) => !JSON.stringify(finding.entities).includes('made-up'))
    .map(({ finding, count }) => ({ summary: finding.summary, severity: finding.severity, count }));
}

it('changes no other verdict', () => {
  const flooded = [...history, ...flood(at(2, 4), 20_000)].toSorted((a, b) => a.time - b.time);

  expect(verdicts(history)).toMatchObject([{ severity: 'High', count: 19 }]);
  expect(verdicts(flooded)).toEqual(verdicts(history));
});

it('is told itself, as one matter', () => {
  const told = replayOnce(bruteForce, flood(at(2, 4), 20_000));

  expect(told.map(({ finding }) => finding.variant)).toEqual(['distributed']);
  expect(told[0].count).toBeGreaterThan(30_000);
});
