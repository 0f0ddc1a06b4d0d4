import type { Alert, AlertProperties } from '../model/alert.ts';
import type { Counts } from '../pipeline/plan.ts';

/** What a case says of an alert; everything else is a whole, valid one. */
interface AlertCase extends Partial<AlertProperties> {
  name?: string;
  resource?: string;
}

/** An alert about repeated failed logins. */
export function anAlert({
  name = '2517000000000000000_3d5c0001',
  resource = 'orders',
  ...properties
}: AlertCase = {}): Alert {
  const group = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers';
  const resourceId = `${group}/Microsoft.DBforPostgreSQL/servers/${resource}`;
  const id = `${group}/Microsoft.Security/locations/local/alerts/${name}`;
  return {
    id,
    name,
    type: 'Microsoft.Security/Locations/alerts',
    properties: { ...bruteForce(name, resource, resourceId), ...properties },
  };
}

function bruteForce(name: string, resource: string, resourceId: string): AlertProperties {
  return {
    version: '2022-01-01',
    alertType: 'SQL.PostgreSQL_BruteForce',
    systemAlertId: name,
    productComponentName: 'PostgreSQL',
    alertDisplayName: 'Suspected brute force attack',
    description: 'app failed to log in 36 times within 5 minutes from 203.0.113.7 (Brazil); usual: at most 2.',
    severity: 'High',
    intent: 'CredentialAccess',
    startTimeUtc: '2026-01-31T14:30:05.123Z',
    endTimeUtc: '2026-01-31T14:34:59.000Z',
    timeGeneratedUtc: '2026-01-31T14:32:00.000Z',
    processingEndTimeUtc: '2026-01-31T14:34:59.000Z',
    resourceIdentifiers: [{ type: 'AzureResource', azureResourceId: resourceId }],
    remediationSteps: ["Change the password of app:\n  ALTER ROLE app PASSWORD '…';"],
    vendorName: 'Vedette',
    productName: 'Vedette',
    status: 'Active',
    alertUri: '',
    extendedLinks: [],
    entities: [{ $id: '1', type: 'ip', address: '203.0.113.7', location: { countryCode: 'BR' } }],
    isIncident: false,
    correlationKey: 'key',
    extendedProperties: {
      Variant: 'valid user',
      Principal: 'app',
      'Potential causes': 'A forgotten password.\nSomeone guesses.',
      'Investigation steps': 'grep 203.0.113.7  /var/log/postgresql/orders.csv',
    },
    compromisedEntity: resource,
    techniques: ['T1110'],
    subTechniques: ['T1110.001'],
    supportingEvidence: {
      type: 'tabularEvidences',
      title: 'Usual failures of app',
      columns: ['per 5 minutes', 'first seen'],
      rows: [['0 to 2', '2026-01-01']],
      observed: { 'failed logins': '36' },
      score: { value: 12.34567, threshold: 6, unit: 'nats' },
      rawLines: [
        { source: 'orders.csv', byteOffset: 1234, text: 'FATAL:  password authentication failed for user "app"' },
      ],
    },
  };
}

/** Counts of a run that read nothing, but for what a case says. */
export function someCounts(counts: Partial<Counts> = {}): Counts {
  const activities = {
    connection: 0,
    authentication: 0,
    authenticationFailure: 0,
    statement: 0,
    statementError: 0,
    disconnection: 0,
    dataAccess: 0,
    dataAccessDenied: 0,
    credentialAccepted: 0,
    logForgery: 0,
    keyOperation: 0,
    configurationChange: 0,
    poolerLink: 0,
    protocolError: 0,
    unknownDatabase: 0,
  };
  return { bytes: 0, records: 0, activities, skipped: 0, rejected: {}, expected: {}, late: 0, notes: [], ...counts };
}
