import { expect, it } from 'vitest';
import { z } from 'zod';
import { TACTICS } from '../model/attack.ts';
import { type AlertRecord, createAlertBook } from './alert-book.ts';
import { aFinding, orders, START } from './testkit.ts';
import { toAzureAlert } from './to-azure-alert.ts';

const Intents = [
  'Unknown',
  'PreAttack',
  'InitialAccess',
  'Persistence',
  'PrivilegeEscalation',
  'DefenseEvasion',
  'CredentialAccess',
  'Discovery',
  'LateralMovement',
  'Execution',
  'Collection',
  'Exfiltration',
  'CommandAndControl',
  'Impact',
  'Probing',
  'Exploitation',
];
const Time = z.iso.datetime({ precision: 3 });

/** Microsoft.Security/locations/alerts, api-version 2022-01-01, as its specification has it. */
const AzureAlert = z.strictObject({
  id: z
    .string()
    .regex(
      /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[^/]+\/providers\/Microsoft\.Security\/locations\/[^/]+\/alerts\/\d{19}_[0-9a-f-]{36}$/,
    ),
  name: z.string(),
  type: z.literal('Microsoft.Security/Locations/alerts'),
  properties: z.strictObject({
    version: z.literal('2022-01-01'),
    alertType: z.string().min(1),
    systemAlertId: z.string().min(1),
    productComponentName: z.string().min(1),
    alertDisplayName: z.string().min(1),
    description: z.string().min(1),
    severity: z.enum(['Informational', 'Low', 'Medium', 'High']),
    intent: z.enum(Intents),
    startTimeUtc: Time,
    endTimeUtc: Time,
    timeGeneratedUtc: Time,
    processingEndTimeUtc: Time,
    resourceIdentifiers: z
      .array(z.strictObject({ type: z.literal('AzureResource'), azureResourceId: z.string() }))
      .min(1),
    remediationSteps: z.array(z.string()),
    vendorName: z.string(),
    productName: z.string(),
    status: z.enum(['Active', 'InProgress', 'Resolved', 'Dismissed']),
    alertUri: z.string(),
    extendedLinks: z.array(z.record(z.string(), z.string())),
    entities: z.array(z.looseObject({ $id: z.string(), type: z.string() })).min(1),
    isIncident: z.boolean(),
    correlationKey: z.uuid(),
    extendedProperties: z.record(z.string(), z.string().min(1)),
    compromisedEntity: z.string().min(1),
    techniques: z.array(z.string().regex(/^T\d{4}$/)),
    subTechniques: z.array(z.string().regex(/^T\d{4}\.\d{3}$/)),
    supportingEvidence: z.looseObject({
      type: z.literal('tabularEvidences'),
      title: z.string(),
      columns: z.array(z.string()),
      rows: z.array(z.array(z.string())),
    }),
  }),
});

function recordOf(finding = aFinding()): AlertRecord {
  return createAlertBook(orders).add('brute-force', finding);
}

it('is what the schema of the resource demands', () => {
  const { name, ...alert } = AzureAlert.parse(toAzureAlert(recordOf()));

  expect(alert.properties.systemAlertId).toBe(name);
  expect(alert.id.endsWith(`/alerts/${name}`)).toBe(true);
});

it('is so also where next to nothing is known', () => {
  const entities = { principal: '', application: '', database: '' };
  const alert = AzureAlert.parse(toAzureAlert(recordOf(aFinding({ entities }))));

  expect(alert.properties.entities).toEqual([{ $id: '1', type: 'azure-resource', resourceId: orders.id }]);
  expect(Object.keys(alert.properties.extendedProperties)).toEqual([
    'Variant',
    'Confidence',
    'Event count',
    'Potential causes',
    'Investigation steps',
    'Detector',
    'MITRE ATT&CK version',
  ]);
});

it('tells when it began, ended, was raised and changed', () => {
  const book = createAlertBook(orders);
  book.add('brute-force', aFinding({ endTime: START + 1 }));
  const record = book.add('brute-force', aFinding({ endTime: START + 2 }));

  expect(toAzureAlert(record).properties).toMatchObject({
    startTimeUtc: '2026-11-17T02:14:05.012Z',
    timeGeneratedUtc: '2026-11-17T02:14:05.013Z',
    endTimeUtc: '2026-11-17T02:14:05.014Z',
    processingEndTimeUtc: '2026-11-17T02:14:05.014Z',
  });
});

it('tells who and what it is about, each entity with an id of its own', () => {
  expect(toAzureAlert(recordOf()).properties.entities).toEqual([
    { $id: '1', type: 'azure-resource', resourceId: orders.id },
    {
      $id: '2',
      type: 'ip',
      address: '203.0.113.7',
      location: {
        countryCode: 'BR',
        countryName: 'Brazil',
        city: 'Recife',
        latitude: -8.05,
        longitude: -34.9,
        asn: 28_573,
        organization: 'Claro NXT',
        cloudProvider: 'Azure',
        systemService: 'brazilsouth',
      },
    },
    { $id: '3', type: 'account', name: 'analyst' },
    { $id: '4', type: 'account', name: 'root' },
    { $id: '5', type: 'account', name: 'test' },
    { $id: '6', type: 'cloud-application', name: 'psql' },
  ]);
});

it('has what people want to filter by among the extended properties', () => {
  expect(toAzureAlert(recordOf(aFinding({ isLate: true }))).properties.extendedProperties).toEqual({
    Variant: 'valid user',
    Confidence: 'medium',
    'Client IP address': '203.0.113.7',
    'Client IP location': 'Recife, Brazil',
    Network: 'AS28573 Claro NXT',
    'Named network': 'Branch',
    'Cloud region': 'Azure Brazil South, Brazil',
    Principal: 'analyst',
    'Other principals': 'root, test',
    Application: 'psql',
    Database: 'orders',
    'Event count': '10',
    'Potential causes': 'One.\nTwo.',
    'Investigation steps': 'Look.',
    'Arrived late': 'true',
    Detector: 'brute-force',
    'MITRE ATT&CK version': '19',
  });
});

it('calls the names of a spray principals, not others', () => {
  const { principal: _, ...entities } = aFinding().entities;
  const { extendedProperties } = toAzureAlert(recordOf(aFinding({ entities }))).properties;

  expect(extendedProperties).toMatchObject({ Principals: 'root, test' });
  expect(extendedProperties).not.toHaveProperty('Principal');
});

it('has its members in the same order always', () => {
  const keysOf = (finding = aFinding()) => Object.keys(toAzureAlert(recordOf(finding)).properties);

  expect(keysOf(aFinding({ entities: {}, severity: 'High' }))).toEqual(keysOf());
});

it.each([
  ['TA0006', 'T1110.003', 'CredentialAccess', ['T1110'], ['T1110.003']],
  ['TA0001', 'T1078', 'InitialAccess', ['T1078'], []],
  ['TA0009', 'T1213.006', 'Collection', ['T1213'], ['T1213.006']],
] as const)('says %s %s in the words of the schema', (tactic, technique, intent, techniques, subTechniques) => {
  expect(toAzureAlert(recordOf(aFinding({ attack: { tactic, technique } }))).properties).toMatchObject({
    intent,
    techniques,
    subTechniques,
  });
});

it('knows an intent of the schema for every tactic', () => {
  const intents = Object.values(TACTICS).map(({ intent }) => intent);

  expect(intents.length).toBeGreaterThan(3);
  expect(intents.filter((intent) => !Intents.includes(intent))).toEqual([]);
});

it('tells what the rest of its intrusion makes of it', () => {
  const record = recordOf();
  const context = {
    others: [record],
    severity: 'High',
    severityReason: 'why',
    correlationKey: 'key',
    incident: 'name',
  } as const;
  const { properties } = toAzureAlert(record, context);

  expect(properties).toMatchObject({
    severity: 'High',
    correlationKey: 'key',
    isIncident: false,
    extendedProperties: { 'Severity raised': 'why', Incident: 'name', 'Other findings': record.finding.summary },
    supportingEvidence: {
      rawLines: record.finding.rawLines,
      otherFindings: [
        {
          alertType: 'SQL.PostgreSQL_BruteForce',
          variant: 'valid user',
          displayName: record.finding.displayName,
          title: 'Names tried',
          score: record.finding.score,
        },
      ],
    },
  });
});
