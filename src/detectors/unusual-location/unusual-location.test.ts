import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../../model/activity.ts';
import {
  at,
  brazil,
  dataAccess,
  day,
  type Happening,
  home,
  namedAddress,
  privateAddress,
  publicAddress,
  replay,
  signIn,
  vietnam,
} from '../testkit.ts';
import { unusualLocation } from './unusual-location.ts';

const moscow = publicAddress('192.0.2.66', 'RU', 'Russia', 64_500, 'Hosting');
const paris = publicAddress('192.0.2.33', 'FR', 'France', 3215, 'Orange');

/** A login every day at eight. */
function daily(days: number, what: Partial<Happening> = {}): Happening[] {
  return Array.from({ length: days }, (_, n) => signIn({ ...what, time: at(n, 8) }));
}

/** Past the learning period. */
const settled = daily(14);

function found(history: readonly Happening[], settings: object = {}) {
  return replay(unusualLocation, history, settings).map(({ finding }) => finding.variant);
}

describe('fires', () => {
  it('on the first login from a new country, and tells how that differs from normal', () => {
    const [{ finding, count }] = replay(unusualLocation, [...settled, signIn({ time: at(14, 3), address: brazil })]);

    expect(count).toBe(1);
    expect(finding).toMatchObject({
      alertType: 'SQL.PostgreSQL_GeoAnomaly',
      variant: 'new country',
      displayName: 'Log on from an unusual location',
      severity: 'Low',
      confidence: 'high',
      summary:
        'alice logged in to orders from 203.0.113.7 (Brazil, AS28573 Claro NXT), a country from which it had not come since it was first seen on 2026-01-05; usual: Germany, AS3320 Deutsche Telekom AG.',
      attack: { tactic: 'TA0001', technique: 'T1078' },
      entities: { principal: 'alice', address: brazil, application: 'psql', database: 'orders' },
      score: { threshold: 2.6, unit: 'nats of surprise' },
      baseline: {
        title: 'Places from which alice usually reaches orders',
        rows: [['Germany, AS3320 Deutsche Telekom AG', '2026-01-05 08:00', '2026-01-18 08:00', '14']],
      },
      observed: { Place: 'Brazil, AS28573 Claro NXT', 'Other principals for whom the place is usual': '0' },
    });
    expect(finding.score.value).toBeCloseTo(3.64, 1);
  });

  it('on a use of Cosmos DB', () => {
    const history = [
      ...Array.from({ length: 14 }, (_, n) => dataAccess({ time: at(n, 8) })),
      dataAccess({ time: at(14, 3), address: vietnam }),
    ];
    const [{ finding }] = replay(unusualLocation, history);

    expect(finding).toMatchObject({
      alertType: 'CosmosDB_GeoAnomaly',
      displayName: 'Access from an unusual location',
      attack: { technique: 'T1078.004' },
    });
    expect(finding.summary).toMatch(/^PrimaryMasterKey reached catalog from 203\.0\.113\.77 \(Vietnam, /);
    expect(finding.guidance.remediation[0]).toContain(
      'az cosmosdb keys regenerate --name catalog --resource-group shop --key-kind primary',
    );
  });

  it('on another network of a usual country, mildly and only where nothing is ever new', () => {
    const [{ finding }] = replay(unusualLocation, [...settled, signIn({ time: at(14, 8), address: home })]);

    expect(finding).toMatchObject({ variant: 'new network', severity: 'Low', confidence: 'medium' });
    expect(finding.score.threshold).toBe(3.6);
    expect(finding.summary).toContain('a network in Germany from which it had not come');
  });

  it('on another private network, /24 by /24', () => {
    const history = daily(14, { address: privateAddress('10.20.3.4') });

    expect(found([...history, signIn({ time: day(15), address: privateAddress('10.20.3.200') })])).toEqual([]);
    expect(found([...history, signIn({ time: day(15), address: privateAddress('10.20.4.4') })])).toEqual([
      'new private network',
    ]);
  });

  it('on another named network, unless it is trusted', () => {
    const from = (trusted: boolean) => [
      ...settled,
      signIn({ time: day(15), address: namedAddress('192.0.2.1', 'Partner', trusted) }),
    ];

    expect(found(from(false))).toEqual(['new network']);
    expect(found(from(true))).toEqual([]);
  });

  it('once however often the place is used, and counts', () => {
    const again = Array.from({ length: 50 }, (_, n) => signIn({ time: at(14, 3) + n * 60_000, address: brazil }));
    const [{ count, endTime }, ...more] = replay(unusualLocation, [...settled, ...again]);

    expect({ count, endTime, more }).toEqual({ count: 50, endTime: at(14, 3) + 49 * 60_000, more: [] });
  });

  it('anew after a week without it, for what was reported teaches nothing', () => {
    const visits = (...days: number[]) => [...settled, ...days.map((n) => signIn({ time: at(n, 3), address: brazil }))];

    expect(found(visits(14, 16, 22))).toEqual(['new country']);
    expect(found(visits(14, 22))).toEqual(['new country', 'new country']);
  });

  it('once for each place and each principal', () => {
    const history = [
      ...settled.flatMap((login) => [login, { ...login, principal: 'bob' }]),
      signIn({ time: at(14, 3), address: brazil }),
      signIn({ time: at(14, 3), address: vietnam }),
      signIn({ time: at(14, 3), address: brazil, principal: 'bob' }),
    ];

    expect(found(history)).toHaveLength(3);
  });

  it('again when a place has been away longer than the memory', () => {
    const later = (days: number) => [...settled, signIn({ time: at(13, 8) + days * (day(1) - day(0)) + 1000 })];
    const [{ finding }] = replay(unusualLocation, later(60));

    expect(finding.summary).toContain('had not come in the last 60 days; it had not come from anywhere in that time.');
    expect(found(later(59.9))).toEqual([]);
  });

  it('on a place that is usual for others only since this week', () => {
    const intruder = (from: number) => [
      ...settled,
      ...Array.from({ length: 20 - from }, (_, n) =>
        signIn({ time: at(from + n, 9), principal: 'guest', address: brazil }),
      ),
      signIn({ time: at(20, 9), address: brazil }),
    ];

    expect(found(intruder(15))).toEqual(['new country']);
    expect(found(intruder(5))).toEqual([]);
  });

  it.each([
    ['low', 3.4, undefined],
    ['medium', 2.6, 3.6],
    ['high', 1.8, 2.8],
  ])('at sensitivity %s from a surprise of %s or, within a country, %s', (sensitivity, country, network) => {
    const thresholdOf = (address: Happening['address']) =>
      replay(unusualLocation, [...daily(60), signIn({ time: day(60), address })], { sensitivity })[0]?.finding.score
        .threshold;

    expect(thresholdOf(brazil)).toBe(country);
    expect(thresholdOf(home)).toBe(network);
  });

  it('from the surprise that is set', () => {
    const history = [...settled, signIn({ time: day(14), address: brazil })];

    expect(found(history, { surpriseNats: 3.6 })).toHaveLength(1);
    expect(found(history, { surpriseNats: 3.7 })).toEqual([]);
  });
});

describe('stays quiet', () => {
  it.each([
    ['for a usual place', [...settled, signIn({ time: at(14, 3) })]],
    ['for a week, however new the place', [...daily(6), signIn({ time: at(6, 7), address: brazil })]],
    ['until ten logins are known', [...daily(9), signIn({ time: at(9, 8), address: brazil })]],
    [
      'for what was seen while learning',
      [...daily(3, { address: brazil }), ...settled.slice(3), signIn({ time: day(15), address: brazil })],
    ],
    ['for a principal that is new itself', [...settled, signIn({ time: day(15), principal: 'bob', address: brazil })]],
    [
      'when nothing is known about the address',
      [...settled, signIn({ time: day(15), address: { address: '192.0.2.9' } })],
    ],
    ['for a Unix socket', [...settled, signIn({ time: day(15), address: { address: '[local]' } })]],
    [
      'when nobody is named',
      [...daily(14, { principal: '' }), signIn({ time: day(15), principal: '', address: brazil })],
    ],
    [
      'for a failed login, which says nothing of where its user is',
      [...settled, signIn({ time: day(15), address: brazil, class: ActivityClass.authenticationFailure })],
    ],
  ])('%s', (_, history) => {
    expect(found(history)).toEqual([]);
  });

  it('for somebody who often comes from new places, and not for somebody who never does', () => {
    const places = [home, paris, vietnam, brazil];
    const traveller = places.map((address, n) => signIn({ time: at(2 + 3 * n, 20), address, principal: 'traveller' }));
    const history = [...settled, ...daily(14, { principal: 'traveller' }), ...traveller].sort(
      (a, b) => a.time - b.time,
    );

    expect(found([...history, signIn({ time: at(14, 3), address: moscow, principal: 'traveller' })])).toEqual([]);
    expect(found([...history, signIn({ time: at(14, 3), address: moscow })])).toEqual(['new country']);
  });

  it('ends where fewer than ten logins were seen in two weeks', () => {
    const rare = [0, 4, 8, 12].map((n) => signIn({ time: day(n) }));

    expect(found([...rare, signIn({ time: at(13, 23), address: brazil })])).toEqual([]);
    expect(found([...rare, signIn({ time: at(14, 1), address: brazil })])).toEqual(['new country']);
  });
});

describe('commands in the guidance', () => {
  const hostile = `Robert"'; DROP TABLE a; --\n\u202e`;

  it('cannot be broken out of by a name', () => {
    const history = [
      ...daily(14, { principal: hostile }),
      signIn({ time: day(15), address: brazil, principal: hostile }),
    ];
    const [{ finding }] = replay(unusualLocation, history);
    const steps = [...finding.guidance.investigation, ...finding.guidance.remediation, finding.summary];

    expect(steps).toContain(
      `If it was not them, first stop the login: ALTER ROLE "Robert""'; DROP TABLE a; --\ufffd\ufffd" NOLOGIN;`,
    );
    expect(steps.join('')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
    expect(finding.summary).toMatch(/^“Robert"'; DROP TABLE a; --\ufffd\ufffd” logged in to orders from /);
  });

  it.each([
    ['SecondaryReadOnlyMasterKey', '--key-kind secondaryReadonly'],
    ['SecondaryMasterKey', '--key-kind secondary'],
    ['PrimaryReadOnlyMasterKey', '--key-kind primaryReadonly'],
    ['0b6f5f5e-7a51-4c55-8f0e-0c8f2c0f7a11', 'az cosmosdb sql role assignment list --account-name catalog'],
  ])('fit %s', (principal, command) => {
    const uses = Array.from({ length: 14 }, (_, n) => dataAccess({ time: at(n, 8), principal }));
    const [{ finding }] = replay(unusualLocation, [...uses, dataAccess({ time: day(15), address: brazil, principal })]);

    expect(finding.guidance.remediation.join('\n')).toContain(command);
  });
});
