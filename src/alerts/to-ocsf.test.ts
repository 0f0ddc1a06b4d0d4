import { describe, expect, it } from 'vitest';
import type { Alert, AlertProperties } from '../model/alert.ts';
import type { Finding } from '../model/finding.ts';
import { createAlertBook } from './alert-book.ts';
import { aFinding, orders, START } from './testkit.ts';
import { toAzureAlert } from './to-azure-alert.ts';
import { toOcsf } from './to-ocsf.ts';

const MINUTE = 60_000;

function alertOf(finding: Partial<Finding> = {}, resource = orders): Alert {
  return toAzureAlert(createAlertBook(resource).add('brute-force', aFinding(finding)));
}

function eventOf(finding: Partial<Finding> = {}, properties: Partial<AlertProperties> = {}, resource = orders) {
  const alert = alertOf(finding, resource);
  const changed = { ...alert, properties: { ...alert.properties, ...properties } };
  return JSON.parse(toOcsf(changed, '1.2.3')) as Record<string, unknown>;
}

it.each([
  ['Active', 1, 'Create', 1, 'New', true],
  ['InProgress', 2, 'Update', 2, 'In Progress', true],
  ['Dismissed', 3, 'Close', 3, 'Suppressed', false],
  ['Resolved', 3, 'Close', 4, 'Resolved', false],
] as const)('says where an alert is in its life: %s', (status, activity, name, statusId, caption, isAlert) => {
  expect(eventOf({}, { status })).toMatchObject({
    activity_id: activity,
    activity_name: name,
    type_uid: 200_400 + activity,
    status_id: statusId,
    status: caption,
    is_alert: isAlert,
  });
});

it('tells its times in milliseconds and counts the events', () => {
  const event = eventOf({ endTime: START + MINUTE });

  expect(event).toMatchObject({
    time: START,
    start_time: START,
    end_time: START + MINUTE,
    duration: MINUTE,
    count: 10,
  });
  expect(event.finding_info).toMatchObject({
    first_seen_time: START,
    last_seen_time: START + MINUTE,
    created_time: START + MINUTE,
    modified_time: START + MINUTE,
  });
});

it('names tactic, technique and sub-technique with the release that they belong to', () => {
  const attacks = (attack: Finding['attack'], intent?: string) =>
    eventOf({ attack }, intent === undefined ? {} : { intent }).finding_info;

  expect(attacks({ tactic: 'TA0009', technique: 'T1213.006' })).toMatchObject({
    attacks: [
      {
        version: '19',
        tactic: { uid: 'TA0009', name: 'Collection' },
        technique: { uid: 'T1213', name: 'Data from Information Repositories' },
        sub_technique: { uid: 'T1213.006', name: 'Databases' },
      },
    ],
  });
  expect(attacks({ tactic: 'TA0001', technique: 'T1078' }, 'Probing')).toMatchObject({
    attacks: [{ version: '19', technique: { uid: 'T1078', name: 'Valid Accounts' } }],
  });
});

it('keeps ids of ATT&CK that it does not know', () => {
  const unknown = { techniques: ['T9999'], subTechniques: ['T9999.001', 'T9999.002'] };

  expect(eventOf({}, unknown).finding_info).toMatchObject({
    attacks: [{ sub_technique: { uid: 'T9999.001' } }, { sub_technique: { uid: 'T9999.002' } }],
  });
});

it('puts the baseline beside the observation', () => {
  const baseline = {
    title: 'Places',
    columns: ['Place', 'Network', 'First seen (UTC)', 'Last seen (UTC)', 'Count'],
    rows: [
      ['Berlin office', 'AS3320', '2026-11-05 03:10', '2026-11-16 03:10', '135'],
      ['Hamburg', 'AS3209', 'long ago', '', 'many'],
    ],
  };
  const score = { value: 3.49, threshold: 2.3, unit: 'nats of surprise' };
  const event = eventOf({ alertType: 'SQL.PostgreSQL_GeoAnomaly', baseline, score, observed: { Place: 'Brazil' } });

  expect(event.finding_info).toMatchObject({ analytic: { type_id: 2, type: 'Behavioral' } });
  expect(event.anomaly_analyses).toEqual([
    {
      analysis_targets: [
        { name: 'Orders', type: 'Database server' },
        { name: 'analyst', type: 'User account' },
        { name: '203.0.113.7', type: 'Client' },
      ],
      anomalies: [
        {
          observation_parameter: 'nats of surprise',
          observation_type: 'Frequency Analysis',
          observed_pattern: 'UNSEEN',
          observations: [
            {
              value: '3.49',
              count: 10,
              timespan: { type_id: 9, type: 'Time Interval', start_time: START, end_time: START },
            },
            { value: 'Place: Brazil' },
          ],
        },
      ],
      baselines: [
        {
          observation_parameter: 'nats of surprise',
          observation_type: 'Frequency Analysis',
          observed_pattern: 'THRESHOLD',
          observations: [{ value: '2.3' }],
        },
        {
          observation_parameter: 'Places',
          observation_type: 'Frequency Analysis',
          observed_pattern: 'FREQUENT',
          observations: [
            {
              value: 'Berlin office; Network: AS3320',
              count: 135,
              timespan: {
                type_id: 9,
                type: 'Time Interval',
                start_time: Date.UTC(2026, 10, 5, 3, 10),
                end_time: Date.UTC(2026, 10, 16, 3, 10),
              },
            },
            { value: 'Hamburg; Network: AS3209; First seen (UTC): long ago; Last seen (UTC): ; Count: many' },
          ],
        },
      ],
    },
  ]);
});

describe('evidence', () => {
  it('is the access, the other names, and the log records with their offsets', () => {
    expect(eventOf().evidences).toEqual([
      {
        name: 'Access',
        actor: { user: { name: 'analyst' }, app_name: 'psql' },
        src_endpoint: {
          ip: '203.0.113.7',
          zone: 'Branch',
          location: { city: 'Recife', country: 'BR', desc: 'Brazil', lat: -8.05, long: -34.9 },
          autonomous_system: { number: 28_573, name: 'Claro NXT' },
        },
        dst_endpoint: { name: 'Orders', svc_name: 'postgresql', type_id: 1, type: 'Server' },
        database: { name: 'orders', type_id: 1, type: 'Relational' },
      },
      { name: 'Principal', user: { name: 'root' } },
      { name: 'Principal', user: { name: 'test' } },
      {
        name: 'Log record',
        uid: 'orders.csv@12',
        data: { source: 'orders.csv', byte_offset: 12, text: 'FATAL' },
      },
    ]);
  });

  it.each([
    ['db.example.com', { hostname: 'db.example.com' }],
    ['[local]', { name: '[local]' }],
    ['2001:db8::1', { ip: '2001:db8::1' }],
  ])('names the client %s', (address, endpoint) => {
    expect(eventOf({ entities: { address: { address } } }).evidences).toMatchObject([{ src_endpoint: endpoint }, {}]);
  });
});

it('says which cloud, where there is one', () => {
  const local = { ...orders, id: orders.id.replace(orders.subscriptionId, '00000000-0000-0000-0000-000000000000') };
  const azure = eventOf({}, {}, { ...orders, location: 'westeurope' });

  expect(azure.cloud).toEqual({
    provider: 'Azure',
    region: 'westeurope',
    account: { uid: orders.subscriptionId, type_id: 13, type: 'Azure Subscription' },
  });
  expect(azure.metadata).toMatchObject({ profiles: ['cloud'] });
  expect(azure.resources).toMatchObject([{ provider: 'Azure', region: 'westeurope' }]);
  expect(eventOf({}, {}, local).cloud).toBeUndefined();
});

it('keeps what OCSF has no place for', () => {
  expect(eventOf({ isLate: true }).unmapped).toEqual({
    'Potential causes': 'One.\nTwo.',
    'Investigation steps': 'Look.',
    'Arrived late': 'true',
  });
});

it('is one line for every reader of lines, and the same text again', () => {
  const line = toOcsf(alertOf({ summary: 'a\u0085b\u2028c\u2029d\ne\u000bf.' }), '1.2.3');

  expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  expect(JSON.parse(line)).toMatchObject({ message: 'a\u0085b\u2028c\u2029d\ne\u000bf.' });
});
