import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../../model/activity.ts';
import type { AddressFacts, CloudRegion } from '../../model/address-facts.ts';
import {
  at,
  dataAccess,
  day,
  type Happening,
  namedAddress,
  office,
  privateAddress,
  publicAddress,
  replay,
  signIn,
} from '../testkit.ts';
import { unusualDataCenter } from './unusual-data-center.ts';

let hosts = 0;

/** An address of its own in a region. */
function inCloud(provider: CloudRegion['provider'], region: string, label = region): AddressFacts {
  hosts++;
  const facts = publicAddress(`192.0.2.${hosts}`, 'NL', 'Netherlands', 8075, 'Hosting');
  return { ...facts, cloudRegion: { provider, region, label } };
}

const westEurope = inCloud('Azure', 'westeurope', 'West Europe, Netherlands');
const northEurope = inCloud('Azure', 'northeurope', 'North Europe, Ireland');
const brazilSouth = inCloud('Azure', 'brazilsouth', 'Brazil South, Brazil (São Paulo)');
const frankfurt = inCloud('AWS', 'eu-central-1', 'Frankfurt, Germany');
const global = inCloud('AWS', 'GLOBAL', 'worldwide');

/** A login every day at eight. */
function daily(days: number, what: Partial<Happening> = {}): Happening[] {
  return Array.from({ length: days }, (_, n) => signIn({ address: westEurope, ...what, time: at(n, 8) }));
}

/** Past the learning period. */
const settled = daily(14);

function found(history: readonly Happening[], settings: object = {}) {
  return replay(unusualDataCenter, history, settings).map(({ finding }) => finding.variant);
}

describe('fires', () => {
  it('on another region of the usual provider, mildly', () => {
    const [{ finding, count }] = replay(unusualDataCenter, [
      ...settled,
      signIn({ time: at(14, 3), address: brazilSouth }),
    ]);

    expect(count).toBe(1);
    expect(finding).toMatchObject({
      alertType: 'SQL.PostgreSQL_DataCenterAnomaly',
      variant: 'region',
      displayName: 'Log on from an unusual Azure data center',
      severity: 'Low',
      confidence: 'medium',
      summary:
        'alice logged in to orders from 192.0.2.3 (Netherlands, AS8075 Hosting) in Azure Brazil South, Brazil (São Paulo) (brazilsouth), a region of Azure from which it had not come since it was first seen on 2026-01-05; usual: Azure West Europe, Netherlands (westeurope).',
      attack: { tactic: 'TA0001', technique: 'T1078' },
      dedupKey: 'alice|Azure/brazilsouth',
      entities: { principal: 'alice', address: brazilSouth, application: 'psql', database: 'orders' },
      score: { threshold: 3.3, unit: 'nats of surprise' },
      baseline: {
        title: 'Data centres from which alice usually reaches orders',
        rows: [['Azure West Europe, Netherlands (westeurope)', '2026-01-05 08:00', '2026-01-18 08:00', '14']],
      },
      observed: { 'Cloud provider': 'Azure', 'Other principals for whom it is usual': '0' },
    });
    expect(finding.guidance.investigation[0]).toContain(`az network public-ip list --query '[?ipAddress=='`);
  });

  it('on another provider', () => {
    const [{ finding }] = replay(unusualDataCenter, [...settled, signIn({ time: at(14, 3), address: frankfurt })]);

    expect(finding).toMatchObject({
      alertType: 'SQL.PostgreSQL_CloudProviderAnomaly',
      variant: 'provider',
      displayName: 'Log on from an unusual cloud provider',
      severity: 'Low',
      confidence: 'high',
      score: { threshold: 2.3 },
    });
    expect(finding.summary).toContain('in AWS Frankfurt, Germany (eu-central-1), a cloud provider from which');
    expect(finding.guidance.investigation[0]).toContain('Values=192.0.2.4');
  });

  it('on any provider, for somebody who never comes from a cloud', () => {
    const history = [...daily(14, { address: office }), signIn({ time: at(14, 3), address: frankfurt })];
    const [{ finding }] = replay(unusualDataCenter, history);

    expect(finding).toMatchObject({
      variant: 'provider',
      baseline: { rows: [['outside the known clouds', ...Array(2).fill(expect.any(String)), '14']] },
    });
  });

  it('on a use of Cosmos DB', () => {
    const uses = Array.from({ length: 14 }, (_, n) => dataAccess({ time: at(n, 8), address: westEurope }));
    const late = (address: AddressFacts) =>
      replay(unusualDataCenter, [...uses, dataAccess({ time: day(14), address })]);

    expect(late(frankfurt)[0].finding).toMatchObject({
      alertType: 'CosmosDB_CloudProviderAnomaly',
      displayName: 'Access from an unusual cloud provider',
      attack: { technique: 'T1078.004' },
    });
    expect(late(northEurope)[0].finding).toMatchObject({
      alertType: 'CosmosDB_DataCenterAnomaly',
      displayName: 'Access from an unusual Azure data center',
    });
  });

  it('on a worldwide service of another provider, not of a usual one', () => {
    expect(found([...settled, signIn({ time: day(14), address: global })])).toEqual(['provider']);
    expect(found([...daily(14, { address: frankfurt }), signIn({ time: day(14), address: global })])).toEqual([]);
  });

  it('once however often the region is used, from whatever addresses, and anew after a week without it', () => {
    const again = Array.from({ length: 50 }, (_, n) =>
      signIn({ time: at(14, 3) + n * 60_000, address: inCloud('AWS', 'eu-central-1') }),
    );
    const [{ count }, ...more] = replay(unusualDataCenter, [...settled, ...again]);

    expect({ count, more }).toEqual({ count: 50, more: [] });
    expect(found([...settled, again[0], signIn({ time: at(15, 4), address: frankfurt })])).toHaveLength(1);
    expect(found([...settled, again[0], signIn({ time: at(22, 4), address: frankfurt })])).toHaveLength(2);
  });

  it.each([
    ['two who move to another provider', frankfurt, ['orders-api', 'billing']],
    ['one that fails over to another region of its provider', northEurope, ['orders-api']],
  ])('on %s, not on all who follow', (_, address, told) => {
    const names = ['orders-api', 'billing', 'search', 'mailer'];
    const moved = names.map((principal, n) => signIn({ time: at(14 + n, 9), address, principal }));
    const raised = replay(unusualDataCenter, [...names.flatMap((principal) => daily(14, { principal })), ...moved]);

    expect(raised.map(({ finding }) => finding.entities.principal)).toEqual(told);
  });

  it('again when a region has been away longer than the memory', () => {
    const later = (days: number) =>
      found(
        [
          ...daily(2, { address: frankfurt }),
          ...daily(75).slice(2),
          signIn({ time: at(1, 8) + days * (day(1) - day(0)) + 1000, address: frankfurt }),
        ].sort((a, b) => a.time - b.time),
      );

    expect(later(61)).toEqual(['provider']);
    expect(later(59)).toEqual([]);
  });

  it.each([
    ['low', 3.1, 4.1],
    ['medium', 2.3, 3.3],
    ['high', 1.5, 2.5],
  ])('at sensitivity %s from a surprise of %f or, within a provider, %f', (sensitivity, provider, region) => {
    const thresholdOf = (address: AddressFacts) =>
      replay(unusualDataCenter, [...daily(60), signIn({ time: day(60), address })], { sensitivity })[0]?.finding.score
        .threshold;

    expect(thresholdOf(frankfurt)).toBe(provider);
    expect(thresholdOf(northEurope)).toBe(region);
  });

  it('from the surprise that is set', () => {
    const history = [...settled, signIn({ time: day(14), address: frankfurt })];

    expect(found(history, { surpriseNats: 3.6 })).toHaveLength(1);
    expect(found(history, { surpriseNats: 3.7 })).toEqual([]);
  });
});

describe('stays quiet', () => {
  it.each([
    [
      'for a usual region, from whatever address',
      [...settled, signIn({ time: day(14), address: inCloud('Azure', 'westeurope') })],
    ],
    ['for a week, however new the provider', [...daily(6), signIn({ time: at(6, 7), address: frankfurt })]],
    [
      'for what was seen while learning',
      [...daily(3, { address: frankfurt }), ...settled.slice(3), signIn({ time: day(15), address: frankfurt })],
    ],
    [
      'for a principal that is new itself',
      [...settled, signIn({ time: day(15), principal: 'bob', address: frankfurt })],
    ],
    [
      'for an office or a home, which is left to the location',
      [...settled, signIn({ time: day(15), address: office })],
    ],
    ['for a private network', [...settled, signIn({ time: day(15), address: privateAddress('10.1.2.3') })]],
    ['for an address that no list knows', [...settled, signIn({ time: day(15), address: { address: '192.0.2.250' } })]],
    ['for a Unix socket', [...settled, signIn({ time: day(15), address: { address: '[local]' } })]],
    [
      'when nobody is named',
      [...daily(14, { principal: '' }), signIn({ time: day(15), principal: '', address: frankfurt })],
    ],
    [
      'for a trusted network, which then is usual',
      [
        ...settled,
        signIn({ time: day(15), address: { ...frankfurt, ...namedAddress('192.0.2.4', 'Our AWS', true) } }),
        signIn({ time: day(16), address: inCloud('AWS', 'eu-central-1') }),
      ],
    ],
    [
      'for a failed login, which says nothing of where its user is',
      [...settled, signIn({ time: day(15), address: frankfurt, class: ActivityClass.authenticationFailure })],
    ],
  ])('%s', (_, history) => {
    expect(found(history)).toEqual([]);
  });

  it('for pods that rotate over regions', () => {
    const regions = ['westeurope', 'northeurope', 'uksouth', 'centralfrance', 'germanywc'];
    const rotating = Array.from({ length: 60 }, (_, n) =>
      signIn({ time: at(0, 8) + n * 6 * 3_600_000, principal: 'pod', address: inCloud('Azure', regions[n % 5]) }),
    );
    const further = signIn({ time: at(16, 3), principal: 'pod', address: inCloud('Azure', 'swedencentral') });

    expect(found([...rotating, ...rotating.map((pod) => ({ ...pod, time: pod.time + day(15) - day(0) }))])).toEqual([]);
    expect(found([...rotating, further])).toEqual(['region']);
  });

  it('for a workload that is moved to further regions all the time', () => {
    const names = ['westeurope', 'northeurope', 'uksouth', 'centralfrance', 'germanywc', 'norwaye', 'polandcentral'];
    const moving = names.map((name, n) =>
      signIn({ time: at(2 * n, 9), principal: 'runner', address: inCloud('Azure', name) }),
    );
    const history = [...daily(14, { principal: 'runner' }), ...moving].sort((a, b) => a.time - b.time);

    expect(found([...history, signIn({ time: at(14, 9), principal: 'runner', address: brazilSouth })])).toEqual([]);
  });

  it('for a region that another principal has used for a week', () => {
    const others = daily(20, { principal: 'bob', address: frankfurt });
    const history = [...daily(20), ...others].sort((a, b) => a.time - b.time);

    expect(found([...history, signIn({ time: day(20), address: frankfurt })])).toEqual([]);
  });
});
