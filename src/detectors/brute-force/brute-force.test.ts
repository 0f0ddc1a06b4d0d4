import { describe, expect, it } from 'vitest';
import { AuthenticationFailure } from '../../model/activity.ts';
import {
  at,
  brazil,
  day,
  failedSignIn,
  type Happening,
  namedAddress,
  office,
  replay,
  series,
  signIn,
  vietnam,
} from '../testkit.ts';
import { bruteForce } from './brute-force.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const NIGHT = at(3, 2);

/** Wrong passwords for `postgres` from Brazil, in the night of day 3. */
function guesses(count: number, what: Partial<Happening> = {}, everyMs = SECOND): Happening[] {
  return series(what.time ?? NIGHT, count, everyMs).map((time) => failedSignIn({ ...what, time }));
}

function found(history: readonly Happening[], settings: object = {}) {
  return replay(bruteForce, history, settings).map(({ finding, count }) => ({
    variant: finding.variant,
    severity: finding.severity,
    count,
  }));
}

describe('fires', () => {
  it('on the tenth wrong password, and tells who, what, from where, and how that is not usual', () => {
    const [{ finding, count, startTime, endTime }] = replay(bruteForce, guesses(10));

    expect(finding).toMatchObject({
      alertType: 'SQL.PostgreSQL_BruteForce',
      variant: 'valid user',
      displayName: 'Suspected brute force attack using a valid user',
      severity: 'Medium',
      confidence: 'medium',
      summary:
        '203.0.113.7 (Brazil, AS28573 Claro NXT) failed to log in to orders 10 times in 9 seconds as postgres; postgres had not logged in from there in the 60 days before.',
      attack: { tactic: 'TA0006', technique: 'T1110.001' },
      entities: { principal: 'postgres', otherPrincipals: [], address: brazil, database: 'orders' },
      score: { value: 10, threshold: 10, unit: 'failed logins' },
      baseline: { rows: [['postgres', 'seems to exist', '10', 'did not get in', 'none']] },
      observed: { 'Failed logins': '10', 'Suspicious from': '10 failures in 10 minutes', 'Names tried': '1' },
    });
    expect({ count, startTime, endTime }).toEqual({ count: 10, startTime: NIGHT, endTime: NIGHT + 9 * SECOND });
  });

  it('with every failure counted in the end, also those told of no more', () => {
    const [{ finding, count, endTime }] = replay(bruteForce, guesses(37));

    expect({ count, endTime }).toEqual({ count: 37, endTime: NIGHT + 36 * SECOND });
    expect(finding.summary).toContain('37 times in 36 seconds');
    expect(finding).toMatchObject({ confidence: 'high', score: { value: 37 }, observed: { 'Failed logins': '37' } });
  });

  it('and shows the first failures and the latest one told', () => {
    const [{ finding }] = replay(bruteForce, guesses(37));

    expect(finding.rawLines.map(({ byteOffset }) => byteOffset)).toEqual([0, 1, 2, 19]);
  });

  it('on a login that works after the guesses', () => {
    const history = [
      ...guesses(12),
      signIn({ principal: 'postgres', address: brazil, time: NIGHT + MINUTE }),
      signIn({ principal: 'postgres', address: brazil, time: NIGHT + 2 * MINUTE }),
    ];
    const [{ finding, count, endTime }, ...more] = replay(bruteForce, history);

    expect(finding).toMatchObject({
      variant: 'successful',
      displayName: 'Suspected successful brute force attack',
      severity: 'High',
      confidence: 'high',
      summary:
        '203.0.113.7 (Brazil, AS28573 Claro NXT) failed to log in to orders 12 times in 11 seconds as postgres, and got in as postgres (2 logins from 2026-01-08 02:01 UTC on); postgres had not logged in from there in the 60 days before.',
      entities: { principal: 'postgres', application: 'psql', database: 'orders' },
      baseline: { rows: [['postgres', 'seems to exist', '12', 'got in', 'none']] },
    });
    expect({ count, endTime }).toEqual({ count: 14, endTime: NIGHT + 2 * MINUTE });
    expect(more).toEqual([]);
  });

  it('on a login that worked before the guesses were too many', () => {
    const login = signIn({ principal: 'app', address: brazil, time: NIGHT + 8 * SECOND });
    const history = [...guesses(8), login, ...guesses(3, { time: NIGHT + 9 * SECOND })];

    expect(found(history)).toEqual([{ variant: 'successful', severity: 'High', count: 12 }]);
  });

  it('on a login below five failures where so few are suspicious already', () => {
    const login = { principal: 'postgres', address: brazil };
    const history = [
      ...guesses(3),
      signIn({ ...login, time: NIGHT + MINUTE }),
      ...guesses(3, { time: NIGHT + 30 * MINUTE }),
      signIn({ ...login, time: NIGHT + 31 * MINUTE }),
    ];

    expect(found(history, { failureCount: 3 })).toEqual([{ variant: 'successful', severity: 'High', count: 8 }]);
  });

  it('again, as who got in by guessing teaches nothing for 30 days', () => {
    const login = { principal: 'postgres', address: brazil };
    const before = [...guesses(12), signIn({ ...login, time: NIGHT + MINUTE })];
    const again = (days: number) => [
      ...before,
      signIn({ ...login, time: NIGHT + days * day(1) - days * day(0) }),
      ...guesses(12, { time: NIGHT + (days + 1) * (day(1) - day(0)) }),
    ];

    expect(replay(bruteForce, again(29))).toHaveLength(2);
    expect(replay(bruteForce, again(31))).toHaveLength(1);
  });

  it('on a known address that guesses at somebody else', () => {
    const history = [signIn({ principal: 'alice', address: office }), ...guesses(10, { address: office })];

    expect(found(history)).toHaveLength(1);
  });

  it('on a known principal guessed at from elsewhere', () => {
    const history = [signIn({ principal: 'postgres', address: office }), ...guesses(10)];

    expect(found(history)).toHaveLength(1);
  });

  it('on a pair that has not logged in for longer than 60 days', () => {
    const login = signIn({ principal: 'postgres', address: brazil, time: day(0) });

    expect(found([login, ...guesses(10, { time: day(60) + SECOND })])).toHaveLength(1);
    expect(found([login, ...guesses(10, { time: day(60) - MINUTE })])).toEqual([]);
  });

  it('in a trusted network, too: trust is about being there, not about guessing', () => {
    const address = namedAddress('10.20.3.4', 'Kubernetes cluster', true);
    const [{ finding }] = replay(bruteForce, guesses(10, { address }));

    expect(finding.summary).toMatch(/^10\.20\.3\.4 \(Kubernetes cluster\) failed to log in to orders 10 times/);
  });

  it('once for each of two sources', () => {
    const history = guesses(10).flatMap((guess) => [guess, { ...guess, address: vietnam }]);

    expect(found(history)).toHaveLength(2);
  });

  it('once for bursts within a day, with all their failures, and anew after it', () => {
    const burst = (time: number) => guesses(15, { time });

    expect(found([...burst(at(1, 0)), ...burst(at(1, 20))])).toMatchObject([{ count: 30 }]);
    expect(found([...burst(at(1, 0)), ...burst(at(2, 1))])).toMatchObject([{ count: 15 }, { count: 15 }]);
  });

  it.each([
    ['within the window', 10, (10 * MINUTE) / 9 - 1, 1],
    ['but not as wide apart as the window', 10, (10 * MINUTE) / 9 + 1, 0],
    ['that are not ten in any window, after a while', 100, (10 * MINUTE) / 9 + 1, 1],
  ])('on failures %s', (_, count, everyMs, alerts) => {
    expect(found(guesses(count, {}, everyMs))).toHaveLength(alerts);
  });

  it.each([
    ['low', 30],
    ['medium', 10],
    ['high', 5],
  ])('at sensitivity %s from %i failures on', (sensitivity, failures) => {
    expect(found(guesses(failures - 1), { sensitivity })).toEqual([]);
    expect(found(guesses(failures), { sensitivity })).toHaveLength(1);
  });

  it('from as many failures as are set, also from very many', () => {
    expect(found(guesses(999), { failureCount: 1000 })).toEqual([]);
    expect(found(guesses(1000, {}, 500), { failureCount: 1000 })).toHaveLength(1);
  });

  it('and marks what came late', () => {
    const [{ finding }] = replay(bruteForce, guesses(10, { isLate: true }));

    expect(finding.isLate).toBe(true);
  });
});

describe('stays quiet', () => {
  it.each([
    ['below the threshold', guesses(9)],
    [
      'when the failures start afresh after a quiet window',
      [...guesses(9), ...guesses(9, { time: NIGHT + 11 * MINUTE })],
    ],
    [
      'for two typos before a login',
      [
        failedSignIn({ principal: 'bob', address: office, time: at(0, 8) }),
        failedSignIn({ principal: 'bob', address: office, time: at(0, 8) + 5 * SECOND }),
        signIn({ principal: 'bob', time: at(0, 8) + 10 * SECOND }),
      ],
    ],
    [
      'for the stale password of a service at home',
      [
        signIn({ principal: 'billing', time: day(0) }),
        ...guesses(200, { principal: 'billing', address: office, time: at(0, 12) }),
      ],
    ],
    [
      'for a pool that opens from a new address',
      series(NIGHT, 200, 10).map((time) => signIn({ principal: 'shop', address: vietnam, time })),
    ],
    ['for refusals that are not ten a minute', guesses(60, { failure: AuthenticationFailure.notAllowed }, 7 * SECOND)],
    ['for a Unix socket', guesses(50, { address: { address: '[local]' } })],
  ])('%s', (_, history) => {
    expect(found(history)).toEqual([]);
  });

  it('of a success where a login comes later than the window', () => {
    const login = signIn({ principal: 'postgres', address: brazil, time: NIGHT + 9 * SECOND + 10 * MINUTE + 1 });

    expect(found([...guesses(10), login])).toMatchObject([{ variant: 'valid user', count: 10 }]);
  });

  it('of weeks-old logins of an address that never went quiet', () => {
    const busy = series(day(0), 400, HOUR_OF_LOGINS).map((time) => signIn({ principal: 'app', address: brazil, time }));
    const typos = guesses(6, { time: day(0) - MINUTE });
    const later = guesses(12, { time: day(20) });

    expect(found([...typos, ...busy, ...later])).toMatchObject([{ variant: 'valid user', count: 12 }]);
  });
});

const HOUR_OF_LOGINS = 60 * MINUTE;
