import { describe, expect, it } from 'vitest';
import { ActivityClass, AuthenticationFailure } from '../../model/activity.ts';
import type { AddressFacts, Listing } from '../../model/address-facts.ts';
import { at, brazil, dataAccess, day, failedSignIn, type Happening, replay, signIn, vietnam } from '../testkit.ts';
import { suspiciousAddress } from './suspicious-address.ts';

const TOR: Listing = { name: 'tor-exits.txt', kind: 'tor' };
const DROP: Listing = { name: 'drop.txt', kind: 'threat', note: 'SBL100001' };
const C2: Listing = {
  name: 'threats.stix.json',
  kind: 'threat',
  note: 'Beacon C2',
  confidence: 90,
  validUntil: day(30),
};

function onLists(facts: AddressFacts, ...lists: Listing[]): AddressFacts {
  return { ...facts, reputation: { lists } };
}

function torExit(n: number): AddressFacts {
  return onLists({ address: `192.0.2.${n}` }, TOR);
}

const exit = torExit(1);
const listed = onLists(brazil, DROP);
const server = onLists(vietnam, C2);

/** Somebody connects; whether they log in is told by what follows. */
function knock(what: Partial<Happening>): Happening {
  return signIn({ class: ActivityClass.connection, principal: '', application: '', database: '', ...what });
}

function found(history: readonly Happening[], settings: object = {}) {
  return replay(suspiciousAddress, history, settings).map(
    ({ finding, count }) => `${finding.variant} ${finding.severity} ${count}`,
  );
}

describe('fires', () => {
  it('on a login from an exit of Tor, at once and without learning', () => {
    const [{ finding }] = replay(suspiciousAddress, [signIn({ address: exit })]);

    expect(finding).toMatchObject({
      alertType: 'SQL.PostgreSQL_TorAnomaly',
      variant: 'success',
      displayName: 'Login from a Tor exit node',
      summary: 'alice logged in to orders from 192.0.2.1, an exit of the Tor network according to tor-exits.txt.',
      severity: 'High',
      confidence: 'high',
      attack: { tactic: 'TA0001', technique: 'T1078' },
      dedupKey: 'success|tor|alice',
      entities: { principal: 'alice', address: exit, application: 'psql', database: 'orders' },
      score: { value: 1, threshold: 1 },
      baseline: { rows: [['192.0.2.1', 'tor-exits.txt', 'Tor exit', '', 'not told', 'not told', '1']] },
      observed: { 'Successful logins': '1', Lists: 'tor-exits.txt' },
    });
    expect(finding.rawLines).toHaveLength(1);
  });

  it('on a login from a listed address, telling what each list says', () => {
    const [{ finding }] = replay(suspiciousAddress, [signIn({ address: onLists(brazil, C2, DROP) })]);

    expect(finding).toMatchObject({
      alertType: 'SQL.PostgreSQL_SuspiciousIpAnomaly',
      displayName: 'Login from a suspicious IP',
      summary:
        'alice logged in to orders from 203.0.113.7 (Brazil, AS28573 Claro NXT), which threats.stix.json lists as “Beacon C2” with confidence 90 of 100, drop.txt too.',
      severity: 'High',
      score: { value: 2, unit: 'lists that hold the address' },
      baseline: {
        rows: [
          ['203.0.113.7', 'threats.stix.json', 'threat', 'Beacon C2', '90', '2026-02-04 00:00', '1'],
          ['203.0.113.7', 'drop.txt', 'threat', 'SBL100001', 'not told', 'not told', '1'],
        ],
      },
    });
  });

  it('on a use of Cosmos DB', () => {
    const [tor, threat] = replay(suspiciousAddress, [dataAccess({ address: exit }), dataAccess({ address: listed })]);

    expect(tor.finding).toMatchObject({
      alertType: 'CosmosDB_TorAnomaly',
      displayName: 'Access from a Tor exit node',
      attack: { technique: 'T1078.004' },
    });
    expect(threat.finding).toMatchObject({ alertType: 'CosmosDB_SuspiciousIp', variant: 'success' });
    expect(tor.finding.guidance.remediation[0]).toContain('az cosmosdb keys regenerate --name catalog');
  });

  it('on refused requests to Cosmos DB', () => {
    const refused = dataAccess({ class: ActivityClass.dataAccessDenied, address: exit, principal: '' });
    const [{ finding }] = replay(suspiciousAddress, [refused, refused]);

    expect(finding).toMatchObject({ variant: 'failure', severity: 'Medium', count: 2 });
    expect(finding.summary).toMatch(/^2 refused requests to catalog came from 192\.0\.2\.1, an exit of/);
  });

  it('on failed logins: as one matter, whatever names and addresses', () => {
    const tries = Array.from({ length: 30 }, (_, n) =>
      failedSignIn({ time: at(0, n / 10), principal: `name${n}`, address: torExit(n % 20) }),
    );
    const [{ finding, count }, ...more] = replay(suspiciousAddress, tries);

    expect({ count, more }).toEqual({ count: 30, more: [] });
    expect(finding).toMatchObject({
      alertType: 'SQL.PostgreSQL_TorAnomaly',
      variant: 'failure',
      severity: 'Medium',
      displayName: 'Failed login from a Tor exit node',
      attack: { tactic: 'TA0006', technique: 'T1110' },
      observed: { 'Failed logins': '30', Addresses: 'more than 16', Principals: 'more than 20' },
      summary:
        '30 failed logins to orders as name0, name1, name2 and 17 more or others came from 192.0.2.0 (of more than 16 addresses), an exit of the Tor network according to tor-exits.txt.',
    });
    expect(finding.entities.principal).toBeUndefined();
    expect(finding.baseline.rows[0].at(-1)).toBe('2');
  });

  it.each([
    ['a list that tells no confidence', failedSignIn({ address: listed }), 'failure Low 1'],
    ['a list that is sure', failedSignIn({ address: server }), 'failure Medium 1'],
    ['Tor', failedSignIn({ address: exit }), 'failure Medium 1'],
    [
      'Tor, refused by pg_hba.conf',
      failedSignIn({ address: exit, failure: AuthenticationFailure.notAllowed }),
      'failure Low 1',
    ],
  ])('on a failed login by %s', (_, happening, expected) => {
    expect(found([happening])).toEqual([expected]);
  });

  it('on connections on which nobody logs in', () => {
    const [{ finding, count }] = replay(suspiciousAddress, [
      knock({ time: at(0, 1), address: listed }),
      knock({ time: at(0, 1.001), address: listed }),
      knock({ time: at(0, 2), address: server }),
    ]);

    expect(count).toBe(3);
    expect(finding).toMatchObject({
      variant: 'probe',
      severity: 'Low',
      displayName: 'Probe from a suspicious IP',
      attack: { tactic: 'TA0043', technique: 'T1595' },
      observed: { 'Connections without a login': '3', Addresses: '2' },
      startTime: at(0, 1),
      endTime: at(0, 2),
    });
    expect(finding.summary).toMatch(
      /^3 connections to orders without a login came from 203\.0\.113\.7 .* \(of 2 addresses\), which drop\.txt lists as SBL100001\.$/,
    );
  });

  it('on the connections beyond those on which somebody logged in', () => {
    const history = [
      ...Array.from({ length: 40 }, () => knock({ address: exit })),
      ...Array.from({ length: 36 }, () => failedSignIn({ time: day(0) + 1000, address: exit, principal: 'alice' })),
      knock({ time: at(0, 1), address: exit }),
      failedSignIn({ time: at(0, 1), address: exit, principal: 'alice' }),
    ];

    expect(found(history)).toEqual(['failure Medium 37', 'probe Low 4']);
  });

  it('once for a principal however many exits of Tor it comes through', () => {
    const history = Array.from({ length: 40 }, (_, n) => signIn({ time: at(0, n / 4), address: torExit(n % 5) }));

    expect(found(history)).toEqual(['success High 40']);
  });

  it('once for each principal and listed address, and anew after a day of quiet', () => {
    const history = [
      signIn({ address: listed }),
      signIn({ address: server }),
      signIn({ address: listed, principal: 'bob' }),
      signIn({ time: at(0, 23), address: listed }),
      signIn({ time: at(2, 0), address: listed }),
    ];

    expect(found(history)).toEqual(['success High 2', 'success High 1', 'success High 1', 'success High 1']);
  });

  it('more mildly on an entry of low confidence', () => {
    expect(found([signIn({ address: onLists(brazil, { ...C2, confidence: 29 }) })])).toEqual(['success Medium 1']);
    expect(found([signIn({ address: onLists(brazil, { ...C2, confidence: 30 }) })])).toEqual(['success High 1']);
  });

  it('at the confidence that is set', () => {
    const history = [signIn({ address: server })];

    expect(found(history, { confidenceRatio: 0.9 })).toHaveLength(1);
    expect(found(history, { confidenceRatio: 0.91 })).toEqual([]);
  });
});

describe('stays quiet', () => {
  const trusted = { ...exit, namedNetwork: { name: 'Tor lab', trusted: true } };

  it.each([
    ['for an address on no list', [signIn({ address: brazil }), failedSignIn(), knock({ address: brazil })]],
    ['for a trusted network', [signIn({ address: trusted }), failedSignIn({ address: trusted })]],
    ['for a Unix socket', [signIn({ address: { address: '[local]' } })]],
    ['after the end of what is valid', [signIn({ time: day(30), address: server })]],
  ])('%s', (_, history) => {
    expect(found(history)).toEqual([]);
  });

  it('speaks of a network that is named but not trusted', () => {
    const partner = { ...exit, namedNetwork: { name: 'Partner', trusted: false } };

    expect(found([signIn({ address: partner })])).toEqual(['success High 1']);
  });

  it('about a connection on which somebody logs in: that is told once, as a login', () => {
    const history = [
      knock({ address: exit }),
      signIn({ time: day(0) + 60_000, address: exit }),
      signIn({ time: at(1, 1), address: brazil }),
    ];

    expect(found(history)).toEqual(['success High 1']);
  });

  it('until the wait is over', () => {
    const history = [knock({ address: exit }), signIn({ time: day(0) + 179_000, address: exit })];

    expect(found(history)).toEqual(['success High 1']);
    expect(found(history, { probeWaitSeconds: 89 })).toEqual(['probe Low 1', 'success High 1']);
  });

  it('at low sensitivity about probes and doubtful entries', () => {
    const doubtful = onLists(brazil, { ...C2, confidence: 29 });

    expect(found([knock({ address: exit }), signIn({ address: doubtful })], { sensitivity: 'low' })).toEqual([]);
    expect(found([signIn({ time: day(30), address: server })], { sensitivity: 'high' })).toEqual(['success High 1']);
  });
});
