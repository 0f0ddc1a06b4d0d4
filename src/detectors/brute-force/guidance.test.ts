import { describe, expect, it } from 'vitest';
import { at, brazil, failedSignIn, type Happening, replay, series, signIn } from '../testkit.ts';
import { bruteForce } from './brute-force.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const NIGHT = at(3, 2);

/** Wrong passwords for `postgres` from Brazil, a second apart. */
function guesses(count: number, what: Partial<Happening> = {}): Happening[] {
  return series(NIGHT, count, SECOND).map((time) => failedSignIn({ ...what, time }));
}

describe('commands in the guidance', () => {
  const hostile = `x"; DROP TABLE a; --'\n\u001b[2J\u202e$(reboot)`;
  const history = [
    ...guesses(12, { principal: hostile, database: hostile }),
    signIn({ principal: hostile, address: brazil, time: NIGHT + MINUTE }),
  ];
  const [{ finding }] = replay(bruteForce, history);
  const steps = [...finding.guidance.investigation, ...finding.guidance.remediation];

  it('cannot be broken out of by a name', () => {
    const shown = 'x"; DROP TABLE a; --\'\ufffd\ufffd[2J\ufffd$(reboot)';

    expect(steps).toContain(`Stop the login: ALTER ROLE "${shown.replaceAll('"', '""')}" NOLOGIN;`);
    expect(steps.some((step) => step.includes(`pg_has_role('${shown.replaceAll("'", "''")}', oid, 'member')`))).toBe(
      true,
    );
    expect(steps.join('')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
    expect(finding.summary).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
    expect(Object.values(finding.observed).join('')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
  });

  it('are each there once', () => {
    expect(steps).toEqual([...new Set(steps)]);
  });

  it('name a host where the log has no address', () => {
    const address = { address: 'evil.example "all" trust' };
    const [{ finding: other }] = replay(bruteForce, guesses(10, { address }));
    const remediation = other.guidance.remediation.join('\n');

    expect(remediation).toContain('host all all "evil.example ""all"" trust" reject');
    expect(other.guidance.investigation.join('\n')).toContain(`client_hostname = 'evil.example "all" trust';`);
  });

  it('block a whole IPv6 address', () => {
    const [{ finding: other }] = replay(bruteForce, guesses(10, { address: { address: '2001:db8::7' } }));

    expect(other.guidance.remediation.join('\n')).toContain('host all all 2001:db8::7/128 reject');
  });
});
