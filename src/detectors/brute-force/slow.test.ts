import { describe, expect, it } from 'vitest';
import { AuthenticationFailure } from '../../model/activity.ts';
import { at, brazil, day, failedSignIn, type Happening, office, replay, series, signIn, vietnam } from '../testkit.ts';
import { bruteForce } from './brute-force.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** So many wrong passwords a day, hours apart, at times that differ from day to day. */
function daily(days: number, perDay: number, what: Partial<Happening> = {}): Happening[] {
  return series(0, days, 1).flatMap((n) =>
    series(at(n, 1) + ((n * 7919) % 97) * MINUTE, perDay, 5 * HOUR + n * MINUTE).map((time) =>
      failedSignIn({ ...what, time }),
    ),
  );
}

function found(history: readonly Happening[], settings: object = {}) {
  return replay(bruteForce, history, settings).map(({ finding, count }) => ({
    variant: finding.variant,
    severity: finding.severity,
    count,
  }));
}

describe('low and slow', () => {
  it('is told within a week at three guesses a day, with all of them', () => {
    const [{ finding, startTime, endTime }, ...more] = replay(bruteForce, daily(7, 3));

    expect(finding).toMatchObject({
      alertType: 'SQL.PostgreSQL_BruteForce',
      variant: 'low and slow',
      displayName: 'Suspected brute force attack using a valid user',
      severity: 'Medium',
      entities: { principal: 'postgres', address: brazil },
      score: { threshold: 13.8, unit: 'nats' },
      attack: { technique: 'T1110.001' },
      observed: { 'Suspicious from': '10 failures and a score of 13.8 nats' },
    });
    expect(finding.summary).toMatch(/^203\.0\.113\.7 \(Brazil, .*\) failed to log in to orders 21 times in 6 days as/);
    expect(endTime - startTime).toBeGreaterThan(5 * DAY);
    expect(more).toEqual([]);
  });

  it.each([
    [1, 13],
    [2, 6],
    [5, 3],
  ])('is told at %i a day after %i days at most', (perDay, days) => {
    expect(found(daily(days + 1, perDay))).toHaveLength(1);
    expect(found(daily(2, perDay).slice(0, 9))).toEqual([]);
  });

  it('is told of nine guesses in each window', () => {
    const bursts = series(at(3, 2), 6, 15 * MINUTE).flatMap((start) =>
      series(start, 9, SECOND).map((time) => failedSignIn({ time })),
    );

    expect(found(bursts)).toEqual([{ variant: 'low and slow', severity: 'Medium', count: 54 }]);
  });

  it('is told of names tried one a day, mildly where none exists', () => {
    const names = (n: number) => ({ principal: `name${n}`, failure: AuthenticationFailure.unknownPrincipal });
    const history = daily(6, 3).map((guess, n) => ({ ...guess, ...names(n) }));

    expect(found(history)).toEqual([{ variant: 'low and slow', severity: 'Low', count: 18 }]);
    expect(replay(bruteForce, history)[0].finding.attack.technique).toBe('T1110.003');
  });

  it('is told as successful when a guess was right, days later', () => {
    const login = signIn({ principal: 'postgres', address: brazil, time: at(8, 2) });
    const [{ finding }] = replay(bruteForce, [...daily(7, 3), login]);

    expect(finding).toMatchObject({ variant: 'successful', severity: 'High' });
    expect(finding.summary).toContain('and got in as postgres at 2026-01-13 02:00 UTC');
  });

  it('is one alert as long as it goes on, and another after days of quiet', () => {
    expect(found(daily(30, 3))).toHaveLength(1);
    expect(
      found([...daily(7, 3), ...daily(8, 3).map((guess) => ({ ...guess, time: guess.time + 20 * DAY }))]),
    ).toHaveLength(2);
  });

  it.each([
    ['an attacker who waits for three days each time', daily(60, 1).filter((_, n) => n % 3 === 0)],
    [
      'a traveller who mistypes often, and gets in each day',
      series(0, 20, 1).flatMap((n) => [
        ...series(at(n, 8), 4, 5 * SECOND).map((time) =>
          failedSignIn({ principal: 'alice', address: { ...vietnam, address: `203.0.113.${n}` }, time }),
        ),
        signIn({ principal: 'alice', address: { ...vietnam, address: `203.0.113.${n}` }, time: at(n, 8) + MINUTE }),
      ]),
    ],
    [
      'a traveller who gives up after a dozen typing errors on one day',
      [0, 20, 60].flatMap((n) =>
        series(at(3, 8) + n * MINUTE, 4, 20 * SECOND).map((time) => failedSignIn({ principal: 'alice', time })),
      ),
    ],
    ['refusals of pg_hba.conf, a few a day', daily(30, 4, { failure: AuthenticationFailure.notAllowed })],
    [
      'a service with a stale password at home, for weeks',
      [
        signIn({ principal: 'billing', time: day(0) }),
        ...series(at(0, 1), 3000, 10 * MINUTE).map((time) =>
          failedSignIn({ principal: 'billing', address: office, time }),
        ),
      ],
    ],
  ])('is not %s', (_, history) => {
    expect(found(history)).toEqual([]);
  });

  it.each([
    ['low', 0],
    ['medium', 1],
    ['high', 1],
  ])('at sensitivity %s speaks sooner or later', (sensitivity, alerts) => {
    expect(found(daily(5, 3), { sensitivity })).toHaveLength(alerts);
  });

  it('speaks as soon as the false alarms that are put up with allow', () => {
    expect(found(daily(4, 3), { yearlyFalseAlarmCount: 1000 })).toHaveLength(1);
    expect(found(daily(5, 3), { yearlyFalseAlarmCount: 0.000001 })).toEqual([]);
  });
});
