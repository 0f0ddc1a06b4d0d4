import { describe, expect, it } from 'vitest';
import { ActivityClass, AuthenticationFailure } from '../../model/activity.ts';
import {
  brazil,
  day,
  failedSignIn,
  type Happening,
  namedAddress,
  office,
  privateAddress,
  replay,
  replayOnce,
  series,
  signIn,
} from '../testkit.ts';
import { harmfulApplication } from './harmful-application.ts';

const SECOND = 1000;
/** A number that stands for an SQLSTATE: what was said at severity FATAL. */
const FATAL_STATE = 1;
const inside = privateAddress('10.0.0.9');

function connection(what: Partial<Happening> = {}): Happening {
  return signIn({
    class: ActivityClass.connection,
    principal: '',
    application: '',
    database: '',
    address: brazil,
    ...what,
  });
}

function oddPacket(what: Partial<Happening> = {}): Happening {
  return connection({ class: ActivityClass.protocolError, ...what });
}

function missing(time: number, database: string, what: Partial<Happening> = {}): Happening {
  return signIn({ class: ActivityClass.unknownDatabase, time, database, ...what });
}

/** Bare connections, so many a second. */
function knocks(count: number, everyMs: number, what: Partial<Happening> = {}): Happening[] {
  return series(day(0), count, everyMs).map((time) => connection({ time, ...what }));
}

function found(history: readonly Happening[], settings?: object): string[] {
  return replay(harmfulApplication, history, settings).map(
    ({ finding, count }) => `${finding.variant} ${finding.severity} ${count}`,
  );
}

describe('tells a probe', () => {
  it('of connections on which nobody logs in', () => {
    const [{ finding }, ...others] = replay(harmfulApplication, knocks(90, 10));

    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      alertType: 'SQL.PostgreSQL_HarmfulApplication',
      variant: 'probe or scan',
      severity: 'Low',
      count: 90,
      attack: { tactic: 'TA0043', technique: 'T1595' },
      startTime: day(0),
      endTime: day(0) + 890,
      summary:
        '203.0.113.7 (Brazil, AS28573 Claro NXT) sent orders nothing on 90 connections within a second; clients of PostgreSQL name a user at once.',
    });
  });

  it('of packets that are none of the protocol, without waiting', () => {
    const packets = series(day(0), 13, 10).flatMap((time) => [
      connection({ time, address: inside }),
      oddPacket({ time, address: inside }),
    ]);

    expect(found([...packets, signIn({ time: day(1), address: office })])).toEqual(['probe or scan Low 13']);
  });

  it('of two kinds of packets, at the pace of health checks', () => {
    const packets = series(day(0), 30, SECOND / 2).map((time, n) =>
      oddPacket({ time, address: inside, ...(n === 0 && { status: FATAL_STATE }) }),
    );

    expect(found(packets)).toEqual(['probe or scan Low 30']);
  });

  it('of packets of other protocols, however slowly they follow each other', () => {
    const packets = (status: number, everyMs: number) =>
      series(day(0), 12, everyMs).map((time) => oddPacket({ time, status }));

    expect(found(packets(FATAL_STATE, 5 * SECOND))).toEqual(['probe or scan Low 12']);
    expect(found(packets(0, 5 * SECOND))).toEqual(['probe or scan Informational 12']);
    expect(found(packets(FATAL_STATE, 30 * SECOND))).toEqual(['probe or scan Informational 12']);
  });

  it('from where somebody is at home, if it is none of the protocol', () => {
    const packets = series(day(0), 10, 10).map((time) => oddPacket({ time, address: office }));

    expect(found([signIn({ time: day(0) - SECOND }), ...packets])).toEqual(['probe or scan Low 10']);
  });

  it.each([
    [2, 'probe or scan Low 12'],
    [3, 'probe or scan Medium 13'],
  ])('that %i failed logins follow', (failures, expected) => {
    const packets = series(day(0), 10, 10).map((time) => oddPacket({ time }));
    const attempts = series(day(0) + SECOND, failures, SECOND).map((time) => failedSignIn({ time }));

    expect(found([...packets, ...attempts])).toEqual([expected]);
  });

  it('that a login follows', () => {
    const packets = series(day(0), 10, 10).map((time) => oddPacket({ time }));

    expect(found([...packets, signIn({ time: day(0) + SECOND, address: brazil })])).toEqual([
      'probe or scan Medium 11',
    ]);
  });

  it('anew after a day of quiet', () => {
    const later = knocks(20, 10).map((knock) => ({ ...knock, time: knock.time + 2 * 86_400_000 }));

    expect(found([...knocks(20, 10), ...later])).toEqual(['probe or scan Low 20', 'probe or scan Low 20']);
  });

  it('as no more than a note when it is what scanners of the internet send', () => {
    const scanners = Array.from({ length: 30 }, (_, n) => {
      const from = { time: day(0) + n * 600_000, address: { ...brazil, address: `203.0.113.${n + 1}` } };
      return [connection(from), oddPacket(from), oddPacket({ ...from, status: FATAL_STATE })];
    });
    const [{ finding, count }, ...others] = replay(harmfulApplication, scanners.flat());

    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'Informational', displayName: 'Scanned from outside' });
    expect(finding.observed.Addresses).toBe('more than 17');
    expect(count).toBe(60);
  });
});

describe('tells no probe', () => {
  it.each([
    ['a health check each second', knocks(5000, SECOND, { address: inside })],
    [
      'a health check that speaks HTTP',
      series(day(0), 500, 2 * SECOND).flatMap((time) => [
        connection({ time, address: inside }),
        oddPacket({ time, address: inside }),
      ]),
    ],
    [
      'a health check in a network that has a name',
      [oddPacket({ address: namedAddress('192.0.2.9', 'Load balancers', false) })],
    ],
    [
      'several listeners of a load balancer',
      [...series(day(0), 500, 300), ...series(day(0), 100, SECOND)]
        .sort((a, b) => a - b)
        .flatMap((time) => [connection({ time, address: inside }), oddPacket({ time, address: inside })]),
    ],
    [
      'health checks that are delivered hours late',
      [connection({ time: day(1), address: inside }), ...knocks(100, 300 * SECOND, { address: inside })],
    ],
    [
      'a start of a pool',
      [...knocks(40, 1), ...series(day(0) + 100, 40, 1).map((time) => signIn({ time, address: brazil }))],
    ],
    [
      'a start of a pool while the server is not up',
      [...knocks(40, 1), signIn({ time: day(0) + 60 * SECOND, address: brazil })],
    ],
    [
      'connections between guesses, which are another matter',
      knocks(90, 10).flatMap((knock, n) => (n % 3 === 0 ? [knock, failedSignIn({ time: knock.time })] : [knock])),
    ],
    ['a trusted network', knocks(90, 10, { address: namedAddress('192.0.2.9', 'Scanners', true) })],
    ['where somebody is at home', [signIn({ time: day(0) - SECOND }), ...knocks(90, 10, { address: office })]],
    ['a Unix socket', knocks(90, 10, { address: { address: '[local]' } })],
    ['one less than the threshold', knocks(9, 1)],
  ])('of %s', (_, history) => {
    expect(found(history)).toEqual([]);
  });

  it('before the wait is over', () => {
    const history = [...knocks(20, 1), signIn({ time: day(0) + 30 * SECOND, address: brazil })];

    expect(found(history)).toEqual([]);
    expect(
      found([...history.slice(0, 20), signIn({ time: day(0) + 11 * SECOND }), ...history.slice(20)], {
        probeWaitSeconds: 10,
      }),
    ).toEqual(['probe or scan Medium 21']);
  });
});

describe('databases that do not exist', () => {
  const names = ['prod', 'backup', 'wallet', 'admin', 'mysql', 'web'];

  it('are told when many are asked for, once', () => {
    const history = names.map((name, n) => missing(day(0) + n * SECOND, name));
    const [{ finding, count }, ...others] = replay(harmfulApplication, history);

    expect(others).toEqual([]);
    expect(finding).toMatchObject({ variant: 'tool behaviour', severity: 'Low', count: 6 });
    expect(finding.summary).toContain('alice asked orders from 198.51.100.7');
    expect(finding.summary).toContain(
      'for 6 databases that do not exist in 5 seconds: prod, backup, wallet and 3 more',
    );
    expect(count).toBe(6);
  });

  it('are graver from where logins fail', () => {
    const failures = series(day(0) - 9 * SECOND, 3, SECOND).map((time) =>
      failedSignIn({ time, address: office, failure: AuthenticationFailure.wrongCredential }),
    );

    expect(found([...failures, ...names.map((name) => missing(day(0), name))])).toEqual(['tool behaviour Medium 6']);
  });

  it.each([
    ['four', names.slice(0, 4).map((name) => missing(day(0), name))],
    ['those of parallel tests', Array.from({ length: 16 }, (_, n) => missing(day(0), `shop_test-${n}`))],
    ['one an hour', names.map((name, n) => missing(day(0) + n * 3_600_000, name))],
  ])('are not told: %s', (_, history) => {
    expect(found(history)).toEqual([]);
  });
});

it('keeps its memory bounded under a flood of addresses, and tells it all', () => {
  const address = (n: number) => ({ ...brazil, address: `203.${n >> 16}.${(n >> 8) & 255}.${n & 255}` });
  const flood = Array.from({ length: 20_000 }, (_, n) => oddPacket({ time: day(0) + n, address: address(n) }));
  const [{ count }, ...others] = replayOnce(harmfulApplication, flood);

  expect(others).toEqual([]);
  expect(count).toBe(20_000);
});
