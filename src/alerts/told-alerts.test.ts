import { describe, expect, it } from 'vitest';
import type { Alert } from '../model/alert.ts';
import type { Finding } from '../model/finding.ts';
import { createAlertBook } from './alert-book.ts';
import { aBulkRead, aFinding, aLogin, from, orders, START } from './testkit.ts';
import { storiesOf, toldAlerts } from './told-alerts.ts';

const MINUTE = 60_000;
const EVER = Number.NEGATIVE_INFINITY;
const intruder = from('203.0.113.7', 'analyst');
const at = (minutes: number) => ({ startTime: START + minutes * MINUTE, endTime: START + minutes * MINUTE });

const guess = aFinding({ ...intruder, displayName: 'Suspected successful brute force attack', severity: 'High' });
const login = aLogin({ ...intruder, ...at(2) });
const read = aBulkRead({ ...from('203.0.113.8', 'analyst'), ...at(90) });

function told(findings: readonly (readonly [string, Finding])[], since = EVER): Alert[] {
  const book = createAlertBook(orders);
  for (const [detector, finding] of findings) {
    book.add(detector, finding);
  }
  return toldAlerts(orders, book.alerts(), since);
}

const intrusion = [
  ['brute-force', guess],
  ['unusual-location', login],
  ['data-exfiltration', read],
] as const;

describe('an intrusion of several stages', () => {
  const alerts = told(intrusion);
  const incident = alerts.find(({ properties }) => properties.isIncident)!;
  const others = alerts.filter((alert) => alert !== incident);

  it('is told as its alerts and one incident, under one key', () => {
    expect(others).toHaveLength(3);
    expect(new Set(alerts.map(({ properties }) => properties.correlationKey)).size).toBe(1);
    expect(others.map(({ properties }) => properties.extendedProperties.Incident)).toEqual(
      others.map(() => incident.name),
    );
    expect(incident.properties.extendedProperties['Alerts of the incident']).toBe(
      others.map(({ name }) => name).join('\n'),
    );
  });

  it('has its story in one sentence', () => {
    expect(incident.properties).toMatchObject({
      alertType: 'Vedette_Incident',
      alertDisplayName: 'Incident: 3 alerts of one intrusion',
      description:
        '203.0.113.7 and 1 other address, as analyst, went through 3 stages of an attack on Orders in 90 minutes: Suspected successful brute force attack (2026-11-17 02:14 UTC), then Log on from an unusual location (02:16), then Unusual volume of data extracted (03:44).',
      severity: 'High',
      startTimeUtc: '2026-11-17T02:14:05.012Z',
      endTimeUtc: '2026-11-17T03:44:05.012Z',
      timeGeneratedUtc: '2026-11-17T02:16:05.012Z',
      intent: 'Collection',
      compromisedEntity: 'Orders',
    });
  });

  it('has its steps in order, with the names of their alerts', () => {
    expect(incident.properties.supportingEvidence).toMatchObject({
      columns: ['Time (UTC)', 'Stage', 'Severity', 'Alert', 'Name of the alert'],
      rows: [
        ['2026-11-17 02:14', 'Credential Access', 'High', guess.displayName, others[0].name],
        ['2026-11-17 02:16', 'Initial Access', 'High', login.displayName, others[1].name],
        ['2026-11-17 03:44', 'Collection', 'High', read.displayName, others[2].name],
      ],
      score: { value: 3, threshold: 2, unit: 'stages of an attack' },
    });
  });

  it('names everybody and every address', () => {
    const ofType = (type: string) => incident.properties.entities.filter((entity) => entity.type === type);

    expect(ofType('ip').map(({ address }) => address)).toEqual(['203.0.113.7', '203.0.113.8']);
    expect(ofType('account').map(({ name }) => name)).toEqual(['analyst']);
  });

  it('keeps its name when further alerts join', () => {
    const grown = [...intrusion, ['data-exfiltration', aBulkRead({ ...intruder, ...at(100), dedupKey: 'x' })]] as const;
    const [before, after] = [intrusion.slice(0, 2), grown].map(
      (findings) => told(findings).find(({ properties }) => properties.isIncident)!,
    );

    expect([before.name, after.name]).toEqual([incident.name, incident.name]);
    expect(before.properties.processingEndTimeUtc).toBe('2026-11-17T02:16:05.012Z');
    expect(after.properties.processingEndTimeUtc).toBe('2026-11-17T03:54:05.012Z');
  });

  it('is told as far as it began in time', () => {
    expect(told(intrusion, START + 1).map(({ properties }) => properties.isIncident)).toEqual([false, false]);
    expect(told(intrusion, START + 1).map(({ name }) => name)).toEqual(others.slice(1).map(({ name }) => name));
  });
});

describe('no incident is', () => {
  it.each([
    ['one alert', intrusion.slice(0, 1)],
    [
      'alerts of one stage',
      [
        ['unusual-location', login],
        ['unusual-data-center', { ...login, dedupKey: 'x' }],
      ] as const,
    ],
    [
      'alerts that have nothing to do with each other',
      [intrusion[0], ['data-exfiltration', { ...read, ...from('198.51.100.1', 'shop') }]] as const,
    ],
    [
      'an alert and a note',
      [intrusion[0], ['data-exfiltration', { ...read, severity: 'Informational' as const }]] as const,
    ],
  ])('%s', (_, findings) => {
    expect(told(findings).filter(({ properties }) => properties.isIncident)).toEqual([]);
  });
});

it('tells what else was found about an access', () => {
  const [alert] = told([
    [
      'unfamiliar-principal',
      aLogin({ alertType: 'SQL.PostgreSQL_PrincipalAnomaly', variant: 'never seen', summary: 'New here.' }),
    ],
    ['unusual-location', aLogin()],
  ]);

  expect(alert.properties).toMatchObject({
    alertType: 'SQL.PostgreSQL_GeoAnomaly',
    severity: 'Medium',
    extendedProperties: { 'Other findings': 'New here.', Detector: 'unusual-location' },
    supportingEvidence: { otherFindings: [{ alertType: 'SQL.PostgreSQL_PrincipalAnomaly', summary: 'New here.' }] },
  });
});

it('tells a long intrusion briefly', () => {
  const guesses = Array.from(
    { length: 200 },
    (_, i) => ['brute-force', aFinding({ ...at(i), dedupKey: String(i) })] as const,
  );
  const incident = told([...guesses, ['unusual-location', aLogin(at(200))]]).find(
    ({ properties }) => properties.isIncident,
  )!;

  expect(incident.properties.description).toContain(', and 195 more.');
  expect(incident.properties.supportingEvidence.rows).toHaveLength(50);
});

it('shows no name that would break its sentence', () => {
  const hostile = from('203.0.113.7', 'a\u202e\n b');
  const incident = told([
    ['brute-force', aFinding(hostile)],
    ['unusual-location', aLogin({ ...hostile, ...at(1) })],
  ])[2];

  expect(incident.properties.description).toContain('as “a\ufffd\ufffd b”, went');
});

it('gives a later version to an alert that goes on after others have left it', () => {
  const book = createAlertBook(orders);
  const guessed = aFinding({ ...from('203.0.113.7', 'analyst'), dedupKey: 'one', count: 12 });
  const spread = aFinding({ ...from('203.0.113.8', 'analyst'), dedupKey: 'many', count: 300 });
  const { address } = guessed.entities;
  const versionOf = (name: string) =>
    storiesOf(orders, book.alerts()).find(({ parts }) => parts.some((part) => part.name === name))!.version;
  const { name } = book.add('brute-force', guessed);
  book.add('brute-force', { ...spread, entities: { ...spread.entities, otherAddresses: [address!] } });
  const together = versionOf(name);
  book.add('brute-force', { ...spread, count: 301 });
  book.again('brute-force', 'one', START + MINUTE);

  expect(storiesOf(orders, book.alerts())).toHaveLength(2);
  expect(versionOf(name)).toBeGreaterThan(together);
});
