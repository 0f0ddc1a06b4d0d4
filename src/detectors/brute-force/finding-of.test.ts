import { describe, expect, it } from 'vitest';
import { AuthenticationFailure } from '../../model/activity.ts';
import { at, failedSignIn, type Happening, replay, series } from '../testkit.ts';
import { bruteForce } from './brute-force.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const NIGHT = at(3, 2);

/** Wrong passwords for `postgres` from Brazil, a second apart. */
function guesses(count: number, what: Partial<Happening> = {}): Happening[] {
  return series(NIGHT, count, SECOND).map((time) => failedSignIn({ ...what, time }));
}

function found(history: readonly Happening[]) {
  return replay(bruteForce, history).map(({ finding, count }) => ({
    variant: finding.variant,
    severity: finding.severity,
    count,
  }));
}

describe('tells', () => {
  it('on one password tried on many names', () => {
    const names = ['admin', 'app', 'backup', 'postgres', 'root', 'test'];
    const history = names.flatMap((principal, i) => [
      failedSignIn({ principal, time: NIGHT + i * SECOND, failure: AuthenticationFailure.unknownPrincipal }),
      failedSignIn({ principal, time: NIGHT + i * SECOND + MINUTE }),
    ]);
    const [{ finding }] = replay(bruteForce, history);

    expect(finding).toMatchObject({
      variant: 'spray',
      displayName: 'Suspected brute force attack',
      attack: { technique: 'T1110.003' },
      summary:
        '203.0.113.7 (Brazil, AS28573 Claro NXT) failed to log in to orders 12 times in 65 seconds under 6 names (admin, app, backup …); none of these names had logged in from there in the 60 days before.',
    });
    expect(finding.entities.principal).toBeUndefined();
    expect(finding.entities.otherPrincipals).toEqual(names);
  });

  it.each([
    [4, 'valid user'],
    [5, 'spray'],
  ])('and takes %i names for: %s', (names, variant) => {
    const history = guesses(20).map((guess, i) => ({ ...guess, principal: `name${i % names}` }));

    expect(found(history)).toEqual([{ variant, severity: 'Medium', count: 20 }]);
  });

  it('on names that do not exist', () => {
    const history = guesses(10, { principal: 'sa', failure: AuthenticationFailure.unknownPrincipal });

    expect(found(history)).toEqual([{ variant: 'unknown users', severity: 'Medium', count: 10 }]);
    expect(replay(bruteForce, history)[0]?.finding.baseline.rows[0]?.[1]).toBe('does not exist');
  });

  it('on many logins refused by pg_hba.conf, mildly', () => {
    const history = guesses(10, { failure: AuthenticationFailure.notAllowed });

    expect(found(history)).toEqual([{ variant: 'refused by pg_hba.conf', severity: 'Low', count: 10 }]);
    expect(replay(bruteForce, history)[0]?.finding.summary).toContain(
      'as postgres, each time refused by pg_hba.conf before a password was checked; ',
    );
  });

  it('where a client names nobody', () => {
    const [{ finding }] = replay(bruteForce, guesses(10, { principal: '' }));

    expect(finding.summary).toContain('10 times in 9 seconds as no name; no name had not logged in');
    expect(finding.entities).toMatchObject({ otherPrincipals: [] });
  });
});
