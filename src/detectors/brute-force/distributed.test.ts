import { describe, expect, it } from 'vitest';
import { AuthenticationFailure } from '../../model/activity.ts';
import { at, day, failedSignIn, type Happening, office, publicAddress, replay, series, signIn } from '../testkit.ts';
import { bruteForce } from './brute-force.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NIGHT = at(10, 2);

function bot(n: number) {
  return publicAddress(`203.0.113.${n}`, 'BR', 'Brazil', 28_000 + (n % 7), 'Some carrier');
}

/** `each` wrong passwords for `postgres` from each of `bots` addresses. */
function botnet(bots: number, each: number, everyMs: number, what: Partial<Happening> = {}): Happening[] {
  return series(what.time ?? NIGHT, bots * each, everyMs).map((time, n) =>
    failedSignIn({ ...what, time, address: bot(n % bots) }),
  );
}

function found(history: readonly Happening[], settings: object = {}) {
  return replay(bruteForce, history, settings).map(({ finding, count }) => ({
    variant: finding.variant,
    severity: finding.severity,
    count,
  }));
}

describe('distributed guessing', () => {
  it('at one principal is told once, with the addresses and what is usual', () => {
    const [{ finding, count }, ...more] = replay(bruteForce, botnet(20, 3, MINUTE));

    expect(finding).toMatchObject({
      variant: 'distributed',
      displayName: 'Suspected brute force attack using a valid user',
      severity: 'Medium',
      entities: { principal: 'postgres', address: bot(0) },
      observed: { 'Failed logins': '60', Addresses: '20', 'Usual failures': '0.1 failures a day' },
      baseline: { title: 'Addresses that took part; usual are 0.1 failures a day' },
      score: { threshold: 13.8, unit: 'nats' },
    });
    expect(finding.summary).toMatch(
      /^20 addresses \(203\.0\.113\.0 .* and 18 more\) failed to log in to orders 60 times in 59 minutes as postgres; usual from elsewhere are 0\.1 failures a day\.$/,
    );
    expect(finding.entities.otherAddresses).toHaveLength(19);
    expect(finding.rawLines.length).toBeGreaterThan(3);
    expect(count).toBe(60);
    expect(more).toEqual([]);
  });

  it('with many failures of each address is one matter, and is told as successful when one gets in', () => {
    const guesses = botnet(20, 40, 3 * SECOND);
    const login = signIn({ principal: 'postgres', address: bot(3), time: NIGHT + 5 * HOUR });

    expect(found(guesses)).toEqual([{ variant: 'distributed', severity: 'Medium', count: 800 }]);
    expect(found([...guesses, login])).toMatchObject([{ variant: 'successful', severity: 'High' }]);
  });

  it('of the same list of names by several addresses is one matter', () => {
    const history = series(NIGHT, 8 * 24, 20 * SECOND).map((time, n) =>
      failedSignIn({ time, address: bot(n % 8), principal: `name${Math.floor(n / 8)}` }),
    );

    expect(found(history)).toEqual([{ variant: 'distributed', severity: 'Medium', count: 8 * 24 }]);
  });

  it('is told apart from one address that does far more than its share', () => {
    const alone = series(NIGHT + HOUR, 200, SECOND).map((time) => failedSignIn({ time, address: bot(1) }));

    expect(found([...botnet(20, 1, MINUTE), ...alone])).toMatchObject([
      { variant: 'distributed' },
      { variant: 'valid user' },
    ]);
  });

  it('at one principal over weeks, each address once, is Low: scanners knock at every open port', () => {
    const history = (everyMs: number) =>
      series(at(1, 3), 30, everyMs).map((time, n) => failedSignIn({ time, address: bot(n) }));

    expect(found(history(11 * HOUR))).toEqual([{ variant: 'distributed', severity: 'Low', count: 30 }]);
    expect(found(history(7 * HOUR))).toEqual([{ variant: 'distributed', severity: 'Medium', count: 30 }]);
  });

  it('at many names, each tried once from another address', () => {
    const history = series(at(1, 3), 60, 20 * MINUTE).map((time, n) =>
      failedSignIn({ time, address: bot(n), principal: `name${n}`, failure: AuthenticationFailure.unknownPrincipal }),
    );
    const [{ finding }, ...more] = replay(bruteForce, history);

    expect(finding).toMatchObject({ variant: 'distributed', attack: { technique: 'T1110.003' } });
    expect(finding.summary).toContain('under more than 32 names (name');
    expect(finding.entities.principal).toBeUndefined();
    expect(more).toEqual([]);
  });

  it('by one client that walks through its IPv6 network is one source', () => {
    const history = series(NIGHT, 40, SECOND).map((time, n) =>
      failedSignIn({ time, address: { address: `2001:db8:0:7::${(n + 1).toString(16)}` } }),
    );

    expect(found(history)).toEqual([{ variant: 'valid user', severity: 'Medium', count: 40 }]);
  });

  it('is told as successful when one of the addresses gets in', () => {
    const login = signIn({ principal: 'postgres', address: bot(3), time: NIGHT + 20 * HOUR });
    const [{ finding }, ...more] = replay(bruteForce, [...botnet(20, 3, MINUTE), login]);

    expect(finding).toMatchObject({ variant: 'successful', severity: 'High', entities: { address: bot(3) } });
    expect(finding.summary).toContain('and got in as postgres from 203.0.113.3 at 2026-01-15 22:00 UTC');
    expect(more).toEqual([]);
  });

  it('is told as successful when the principal gets in from elsewhere at once', () => {
    const login = (afterMs: number) =>
      signIn({ principal: 'postgres', address: bot(99), time: NIGHT + HOUR + afterMs });

    expect(found([...botnet(20, 3, MINUTE), login(5 * MINUTE)])).toMatchObject([{ variant: 'successful' }]);
    expect(found([...botnet(20, 3, MINUTE), login(5 * HOUR)])).toMatchObject([{ variant: 'distributed' }]);
  });

  it('of one source, then a login as the same principal from another', () => {
    const guesses = series(NIGHT, 30, SECOND).map((time) => failedSignIn({ time, address: bot(1) }));
    const login = signIn({ principal: 'postgres', address: bot(2), time: NIGHT + 3 * MINUTE });

    expect(found([...guesses, login])).toEqual([{ variant: 'successful', severity: 'High', count: 31 }]);
    expect(found([...guesses, { ...login, principal: 'alice' }])).toMatchObject([{ variant: 'valid user' }]);
    expect(found([signIn({ principal: 'postgres' }), ...guesses, { ...login, address: office }])).toMatchObject([
      { variant: 'valid user' },
    ]);
  });

  it('is not told of many people who each mistype and get in', () => {
    const history = series(at(3, 8), 60, MINUTE).flatMap((time, n) => [
      failedSignIn({ principal: `person${n}`, address: bot(n), time }),
      failedSignIn({ principal: `person${n}`, address: bot(n), time: time + 4 * SECOND }),
      signIn({ principal: `person${n}`, address: bot(n), time: time + 9 * SECOND }),
    ]);

    expect(found(history)).toEqual([]);
  });

  it('is not told where such failures are usual, and is where they are many more', () => {
    const noise = series(day(0), 40 * 24, HOUR).map((time, n) =>
      failedSignIn({
        time,
        address: bot(n % 200),
        principal: `noise${n % 50}`,
        failure: AuthenticationFailure.unknownPrincipal,
      }),
    );
    const told = replay(bruteForce, noise);
    const rise = series(day(35), 240, 3 * MINUTE).map((time, n) =>
      failedSignIn({
        time,
        address: bot(n % 200),
        principal: `noise${n % 50}`,
        failure: AuthenticationFailure.unknownPrincipal,
      }),
    );

    expect(told.filter(({ startTime }) => startTime > day(21))).toEqual([]);
    expect(told.length).toBeLessThanOrEqual(1);
    expect(rise.length).toBe(240);
  });

  it('is not told of three addresses', () => {
    expect(found(botnet(3, 3, DAY))).toEqual([]);
  });
});
