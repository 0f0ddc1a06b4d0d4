import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../../model/activity.ts';
import {
  at,
  brazil,
  dataAccess,
  day,
  failedSignIn,
  type Happening,
  namedAddress,
  office,
  privateAddress,
  replay,
  replayOnce,
  signIn,
} from '../testkit.ts';
import { unfamiliarPrincipal } from './unfamiliar-principal.ts';

const GUID = '8d1b3f52-6a0c-4f7e-9b1d-2c3e4f5a6b7c';

/** Alice and the shop log in every day. */
function ordinary(days: number): Happening[] {
  return Array.from({ length: days }, (_, n) => [
    signIn({ time: at(n, 8) }),
    signIn({ time: at(n, 9), principal: 'shop', application: 'shop-api', address: privateAddress('10.20.3.4') }),
  ]).flat();
}

/** The application reaches the account every hour of the day's first half. */
function ordinaryRequests(days: number): Happening[] {
  return Array.from({ length: 12 * days }, (_, n) => dataAccess({ time: at(Math.floor(n / 12), n % 12) }));
}

const stranger = (what: Partial<Happening> = {}) => signIn({ time: at(14, 3), principal: 'backdoor', ...what });

const day14 = { time: at(14, 8) };
const inside = { address: privateAddress('10.20.3.4') };

function found(history: readonly Happening[], settings: object = {}) {
  return replay(unfamiliarPrincipal, history, settings).map(({ finding }) => `${finding.variant} ${finding.severity}`);
}

describe('fires', () => {
  it('on the first login of a principal, and tells what is usual', () => {
    const [{ finding, count }] = replay(unfamiliarPrincipal, [
      ...ordinary(14),
      stranger({ address: brazil, application: '' }),
    ]);

    expect(count).toBe(1);
    expect(finding).toMatchObject({
      alertType: 'SQL.PostgreSQL_PrincipalAnomaly',
      variant: 'never seen',
      displayName: 'Log on by an unfamiliar principal',
      severity: 'Medium',
      confidence: 'high',
      summary:
        'backdoor logged in to orders from 203.0.113.7 (Brazil, AS28573 Claro NXT), where it had not been seen since the log begins on 2026-01-05; 2 principals are known there, and the address, place of the client and application are new here, too.',
      attack: { tactic: 'TA0001', technique: 'T1078' },
      entities: { principal: 'backdoor', address: brazil, application: '', database: 'orders' },
      score: { threshold: 1.4, unit: 'nats of surprise' },
      baseline: {
        rows: [
          ['shop', '2026-01-05 09:00', '2026-01-18 09:00', '14'],
          ['alice', '2026-01-05 08:00', '2026-01-18 08:00', '14'],
        ],
      },
      observed: { 'Principals known': '2', Application: 'no name (new here)' },
    });
    expect(finding.guidance.remediation[0]).toContain('ALTER ROLE "backdoor" NOLOGIN;');
    expect(finding.rawLines).toHaveLength(1);
  });

  it.each([
    ['a note, where everything else is usual', { time: at(14, 8), address: office }, 'Informational'],
    [
      'a note, from another address of a usual place',
      { ...day14, address: { ...office, address: '198.51.100.8' } },
      'Informational',
    ],
    ['a note, with a tool of their own, from where others work', { ...day14, application: 'dbeaver' }, 'Informational'],
    ['a note, of a new program, from where others run', { ...inside, application: 'shop-search' }, 'Informational'],
    ['Low, at an hour at which nobody works', { address: office }, 'Low'],
    ['Low, with a tool of people, from where programs run', { ...day14, ...inside, application: 'psql' }, 'Low'],
    ['a note, from a trusted network', { address: namedAddress('192.0.2.1', 'VPN', true) }, 'Informational'],
    ['a note, through a Unix socket', { address: { address: '[local]' } }, 'Informational'],
    [
      'Low, with another application from another address',
      { address: { ...office, address: '198.51.100.8' }, application: 'x' },
      'Low',
    ],
    ['Low, from a new place with a usual application', { address: brazil }, 'Low'],
    ['Low, from a new network inside', { address: privateAddress('10.9.9.9'), application: 'dbeaver' }, 'Low'],
    ['Low, where nothing is known of the address', { address: { address: 'some.host' }, application: 'x' }, 'Low'],
    ['Medium, where nothing is usual', { address: brazil, application: 'dbeaver' }, 'Medium'],
  ])('as %s', (_, what, severity) => {
    expect(found([...ordinary(14), stranger(what)])).toEqual([`never seen ${severity}`]);
  });

  it('as a note from another address of a usual private network, where addresses are lent by the day', () => {
    const inside = ordinary(14).map((login) => ({ ...login, address: privateAddress('10.9.9.1') }));

    expect(found([...inside, stranger({ ...day14, address: privateAddress('10.9.9.77') })])).toEqual([
      'never seen Informational',
    ]);
  });

  it('once for a principal, however often it comes afterwards', () => {
    const visits = [0, 1, 2, 30, 100].map((hours) => stranger({ time: at(14, hours), address: brazil }));
    const alerts = replay(unfamiliarPrincipal, [...ordinary(14), ...visits]);

    expect(alerts).toMatchObject([{ count: 3, endTime: at(14, 2) }]);
  });

  it('on a principal that was dormant', () => {
    const history = [stranger({ time: at(0, 7) }), ...ordinary(40), stranger({ time: at(40, 3), address: brazil })];
    const [{ finding }, ...more] = replay(unfamiliarPrincipal, history);

    expect(more).toEqual([]);
    expect(finding).toMatchObject({ variant: 'dormant woken', displayName: 'Log on by a dormant principal' });
    expect(finding.summary).toContain('after 39 days without any use (last seen 2026-01-05)');
  });

  it.each(['mallory@evil.example', 'EVIL\\mallory'])('on %s, whose domain nobody else has', (principal) => {
    const [{ finding }] = replay(unfamiliarPrincipal, [...ordinary(14), stranger({ principal })]);

    expect(finding).toMatchObject({
      alertType: 'SQL.PostgreSQL_DomainAnomaly',
      severity: 'Low',
      observed: { Domain: 'no other principal has it' },
    });
  });

  it.each([
    [GUID, 'never seen', 'az cosmosdb sql role assignment delete'],
    ['SecondaryMasterKey', 'new kind of key', '--key-kind secondary'],
  ])('on %s at Cosmos DB', (principal, variant, command) => {
    const history = [...ordinaryRequests(14), dataAccess({ time: at(14, 3), principal, address: brazil })];
    const [{ finding }] = replay(unfamiliarPrincipal, history);

    expect(finding).toMatchObject({ alertType: 'CosmosDB_PrincipalAnomaly', variant, severity: 'Low' });
    expect(finding.displayName).toBe('Access by an unfamiliar principal');
    expect(finding.guidance.remediation.join()).toContain(command);
  });

  it('on the first of many names that a machine makes up, and counts the others', () => {
    const users = Array.from({ length: 10 }, (_, n) =>
      stranger({ principal: `v-token-shop-q${n}Zk3-17676${n}`, time: at(14, n) }),
    );

    expect(replay(unfamiliarPrincipal, [...ordinary(14), ...users])).toMatchObject([{ count: 10 }]);
  });

  it.each([
    [[4], [0, 1, 1]],
    [
      [4, 6],
      [0, 0, 1],
    ],
  ])('the sooner the higher the sensitivity, after colleagues came on days %j', (days, counts) => {
    const colleagues = days.map((n) => stranger({ time: at(n, 12), principal: `colleague${'abcdefg'[n]}` }));
    const history = [...[...ordinary(14), ...colleagues].sort((a, b) => a.time - b.time), stranger()];

    expect(['low', 'medium', 'high'].map((level) => found(history, { sensitivity: level }).length)).toEqual(counts);
  });

  it('where machines make up names all the time, on one that they did not make up', () => {
    const users = Array.from({ length: 14 * 8 }, (_, n) =>
      stranger({ principal: `v-token-shop-${n}`, time: at(0, 3 * n) }),
    );
    const history = [...ordinary(14), ...users].sort((a, b) => a.time - b.time);

    expect(found([...history, stranger({ address: brazil })])).toEqual(['never seen Low']);
  });
});

describe('stays quiet', () => {
  it('while the resource is learning', () => {
    expect(found([...ordinary(6), stranger({ time: at(6, 0) })])).toEqual([]);
    expect(found([signIn(), stranger({ time: at(10, 0) })])).toEqual([]);
  });

  it('about principals that are known, wherever they come from', () => {
    expect(found([...ordinary(14), signIn({ time: at(14, 3), address: brazil, application: 'x' })])).toEqual([]);
  });

  it('about those who did not get in', () => {
    const guesses = [failedSignIn({ principal: 'backdoor' }), stranger({ class: ActivityClass.credentialAccepted })];

    expect(found([...ordinary(14), ...guesses.map((guess) => ({ ...guess, time: at(14, 3) }))])).toEqual([]);
  });

  it('where new principals come all the time', () => {
    const staff = Array.from({ length: 30 }, (_, n) =>
      stranger({ principal: `colleague ${'x'.repeat(n)}`, time: at(n, 12) }),
    );
    const history = [...ordinary(30), ...staff].sort((a, b) => a.time - b.time);

    expect(found(history)).toEqual([]);
  });

  it('about dynamic users that there always were', () => {
    const users = Array.from({ length: 30 * 8 }, (_, n) =>
      stranger({ principal: `v-token-shop-${n}`, time: at(0, 3 * n) }),
    );

    expect(found([...ordinary(30), ...users].sort((a, b) => a.time - b.time))).toEqual([]);
  });

  it('about most of a wave: who restores a copy is told four times', () => {
    const wave = Array.from({ length: 26 }, (_, n) =>
      stranger({ principal: `tenant ${String.fromCodePoint(97 + n)}`, time: at(14, 3) + n * 60_000 }),
    );

    expect(found([...ordinary(14), ...wave])).toHaveLength(4);
  });

  it('about a job that runs monthly, and about gaps in the log', () => {
    const monthly = [0, 31, 59, 90].map((n) => stranger({ time: at(n, 2), principal: 'month_end' }));
    const gap = ordinary(75).filter(({ time }) => time < day(20) || time > day(70));

    expect(found([...ordinary(91), ...monthly].sort((a, b) => a.time - b.time))).toEqual([]);
    expect(found([stranger({ time: at(0, 1) }), ...gap, stranger({ time: at(75, 1) })])).toEqual([]);
  });

  it('about what somebody expects, and learns it', () => {
    const expected = [{ label: 'expected[0]', principal: 'backdoor', until: at(15, 0) }];
    const history = [...ordinary(14), stranger(), stranger({ time: at(16, 3) })];

    expect(replayOnce(unfamiliarPrincipal, history)).toHaveLength(1);
    expect(replayOnce(unfamiliarPrincipal, history, {}, { expected })).toEqual([]);
  });

  it('about a second principal from the place of one that is suspected, no less than before', () => {
    const history = [
      ...ordinary(14),
      ...[3, 4, 5].map((hour) => stranger({ time: at(14, hour), address: brazil, application: 'x' })),
      stranger({ time: at(15, 3), address: brazil, application: 'x', principal: 'other' }),
    ];

    expect(found(history)).toEqual(['never seen Medium', 'never seen Medium']);
  });
});
