import { describe, expect, it } from 'vitest';
import { AuthenticationFailure } from '../../model/activity.ts';
import {
  at,
  brazil,
  day,
  failedSignIn,
  type Happening,
  namedAddress,
  privateAddress,
  publicAddress,
  replay,
  series,
  signIn,
} from '../testkit.ts';
import { bruteForce } from './brute-force.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DEPLOY = at(12, 10);

function pod(n: number) {
  return privateAddress(`10.20.3.${n}`);
}

/** Two weeks in which `billing` opens pools of eight from two pods. */
const habits = series(0, 12, 1).flatMap((n) =>
  [1, 2].flatMap((p) => series(at(n, 6), 8, 40).map((time) => signIn({ principal: 'billing', address: pod(p), time }))),
);

/** `billing` is refused at these times. */
function refused(times: readonly number[], what: Partial<Happening> = {}): Happening[] {
  return times.map((time) => failedSignIn({ principal: 'billing', address: pod(3), ...what, time }));
}

function byTime(history: readonly Happening[]): Happening[] {
  return history.toSorted((a, b) => a.time - b.time);
}

/** What is told above Informational. */
function alarms(history: readonly Happening[]): string[] {
  return replay(bruteForce, history)
    .filter(({ finding }) => finding.severity !== 'Informational')
    .map(({ finding }) => `${finding.severity} ${finding.variant}`);
}

/** 10, 20, 40 … seconds, at most five minutes, as Kubernetes restarts a container. */
function backoff(start: number, count: number): number[] {
  const times = [start];
  for (let n = 1; n < count; n++) {
    times.push(times[n - 1] + Math.min(300, 10 * 2 ** (n - 1)) * SECOND);
  }
  return times;
}

describe('a program with a wrong secret is no more than a note', () => {
  it.each([
    ['a new pod that retries every ten seconds', refused(series(DEPLOY, 300, 10 * SECOND))],
    ['a new pod that is restarted later and later', refused(backoff(DEPLOY, 40))],
    [
      'a new pod whose whole pool fails, again and again',
      refused(series(DEPLOY, 40, 30 * SECOND).flatMap((start) => series(start, 8, 20))),
    ],
    [
      'many new pods of the same network at once, without a pause',
      byTime(series(10, 30, 1).flatMap((n) => refused(series(DEPLOY + n * 7, 200, 400), { address: pod(n) }))),
    ],
    ['a known pod after a rotation, without a pause', refused(series(DEPLOY, 2000, 50), { address: pod(1) })],
    [
      'a monitoring agent that never had a right password, for three weeks',
      refused(series(day(3), 21 * 24 * 60, MINUTE), { principal: 'exporter', address: pod(50) }),
    ],
    [
      'a role that does not exist, asked for every minute from a known network',
      refused(series(DEPLOY, 3000, MINUTE), {
        principal: 'reporting',
        address: pod(51),
        failure: AuthenticationFailure.unknownPrincipal,
      }),
    ],
    [
      'a health check that pg_hba.conf refuses, from a network of its own',
      refused(series(DEPLOY, 2000, 2 * SECOND), {
        principal: 'haproxy',
        address: privateAddress('10.99.1.2'),
        failure: AuthenticationFailure.notAllowed,
      }),
    ],
    ['somebody who mistypes a dozen times at home', refused(series(DEPLOY, 12, 7 * SECOND + 300))],
  ])('%s', (_, failures) => {
    expect(alarms(byTime([...habits, ...failures]))).toEqual([]);
  });

  it('told once for all pods, with the name and where', () => {
    const failures = byTime(
      series(10, 5, 1).flatMap((n) => refused(series(DEPLOY + n * 700, 60, 10 * SECOND), { address: pod(n) })),
    );
    const [{ finding, count }, ...more] = replay(bruteForce, [...habits, ...failures]);

    expect(finding).toMatchObject({
      variant: 'misconfigured client',
      displayName: 'Login that keeps failing',
      severity: 'Informational',
      entities: { principal: 'billing' },
    });
    expect(finding.summary).toContain('as billing, as a program with a wrong secret does;');
    expect(count).toBe(300);
    expect(more).toEqual([]);
  });

  it('and its secret, once it is right, is no success of guessing', () => {
    const mended = signIn({ principal: 'billing', address: pod(3), time: DEPLOY + 301 * 10 * SECOND });

    expect(alarms([...habits, ...refused(series(DEPLOY, 300, 10 * SECOND)), mended])).toEqual([]);
    expect(
      alarms([
        ...habits,
        ...refused(series(DEPLOY, 300, 10 * SECOND)),
        mended,
        ...refused(series(DEPLOY + HOUR, 99, 20)),
      ]),
    ).toEqual([]);
  });

  it('on a node of the cluster where it never was, once it has been on others; not where it stays on one', () => {
    const nodes = [4, 5, 6].map((node) =>
      signIn({ principal: 'billing', address: privateAddress(`10.20.${node}.9`), time: at(node, 7) }),
    );
    const node = privateAddress('10.20.7.9');
    const failures = refused(series(DEPLOY, 300, 10 * SECOND), { address: node });
    const mended = signIn({ principal: 'billing', address: node, time: DEPLOY + HOUR });

    expect(alarms(byTime([...habits, ...nodes, ...failures, mended]))).toEqual([]);
    expect(alarms(byTime([...habits, ...failures, mended]))).toEqual(['Medium valid user']);
    expect(alarms(byTime([...habits, ...nodes, ...refused(series(DEPLOY, 300, 40), { address: node })]))).toEqual([
      'Medium valid user',
    ]);
  });

  it('in a subnet of its own, where others log in from several beside it', () => {
    const others = (subnets: number[]) =>
      subnets.map((subnet) =>
        signIn({ principal: `job${subnet}`, address: privateAddress(`10.20.${subnet}.9`), time: at(3, subnet) }),
      );
    const address = privateAddress('10.20.40.9');
    const asSearch = [
      ...refused(backoff(DEPLOY, 40), { principal: 'search', address }),
      signIn({ principal: 'search', address, time: DEPLOY + 5 * HOUR }),
    ];

    expect(alarms([...others([4, 5, 6]), ...asSearch])).toEqual([]);
    expect(alarms([...others([4, 5]), ...asSearch])).toEqual(['High successful']);
    expect(
      alarms([...others([4, 5, 6]), ...refused(series(DEPLOY, 100, 10 * SECOND), { principal: 'job4', address })]),
    ).toEqual(['Medium valid user']);
  });

  it('in a network that is trusted by name, without any history', () => {
    const address = namedAddress('10.20.3.4', 'Kubernetes cluster', true);

    expect(alarms(refused(series(DEPLOY, 100, MINUTE), { address }))).toEqual([]);
    expect(alarms(refused(series(DEPLOY, 100, 20), { address }))).toHaveLength(1);
  });
});

describe('a new service behind the way out of a cloud, with a wrong secret', () => {
  const inCloud = (address: string) => ({
    ...publicAddress(address, 'DE', 'Germany', 16_509, 'Amazon.com, Inc.'),
    cloudRegion: { provider: 'AWS' as const, region: 'eu-central-1', label: 'eu-central-1' },
  });
  const gateway = inCloud('203.0.113.40');
  const shop = series(0, 12, 1).map((n) => signIn({ principal: 'billing', address: gateway, time: at(n, 6) }));
  const asSearch = (address: Happening['address']) => [
    ...refused(backoff(DEPLOY, 40), { principal: 'search', address }),
    signIn({ principal: 'search', address, time: DEPLOY + 5 * HOUR }),
  ];

  it('is a note where others of yours come out at the same address', () => {
    expect(alarms([...shop, ...asSearch(gateway)])).toEqual([]);
  });

  it('is told from another address of the same network, which anybody rents', () => {
    expect(alarms([...shop, ...asSearch(inCloud('203.0.113.41'))])).toEqual(['High successful']);
  });
});

describe('what only resembles one is told', () => {
  it.each([
    ['the same from outside', refused(series(DEPLOY, 100, MINUTE), { address: brazil }), 'Medium valid user'],
    [
      'a role that does not exist, from outside',
      refused(series(DEPLOY, 3000, MINUTE), { address: brazil, failure: AuthenticationFailure.unknownPrincipal }),
      'Medium unknown users',
    ],
    ['guesses as fast as a tool, from a new address at home', refused(series(DEPLOY, 100, 20)), 'Medium valid user'],
    [
      'a principal that is at home elsewhere, in a steady rhythm',
      byTime([
        signIn({ principal: 'postgres', address: privateAddress('10.1.1.1'), time: day(5) }),
        ...refused(series(DEPLOY, 100, 10 * SECOND), { principal: 'postgres' }),
      ]),
      'Medium valid user',
    ],
    [
      'many names, in a steady rhythm',
      series(DEPLOY, 100, 10 * SECOND).map((time, n) =>
        failedSignIn({ principal: `name${n}`, address: pod(60), time }),
      ),
      'Medium spray',
    ],
  ])('%s', (_, failures, alarm) => {
    expect(alarms(byTime([...habits, ...failures]))).toEqual([alarm]);
  });

  it('as soon as a steady client tries other names', () => {
    const steady = refused(series(DEPLOY, 100, MINUTE), { principal: 'exporter', address: pod(50) });
    const names = series(DEPLOY + 100 * MINUTE, 24, SECOND).map((time, n) =>
      failedSignIn({ principal: `name${n}`, address: pod(50), time }),
    );

    expect(alarms([...habits, ...steady, ...names])).toHaveLength(1);
  });

  it('and a login that follows guesses at tool speed is a success, at home as well', () => {
    const login = signIn({ principal: 'billing', address: pod(3), time: DEPLOY + 3 * SECOND });

    expect(alarms([...habits, ...refused(series(DEPLOY, 100, 20)), login])).toEqual(['High successful']);
  });
});
