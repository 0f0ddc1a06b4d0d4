import type { Finding } from '../model/finding.ts';
import type { Resource } from '../model/resource.ts';
import { type AlertRecord, createAlertBook } from './alert-book.ts';

export const START = Date.UTC(2026, 10, 17, 2, 14, 5, 12);

const ID =
  '/subscriptions/3f5a8c1e-6b2d-4e7f-9a10-c4d8e2b7f051/resourceGroups/Shop/providers/Microsoft.DBforPostgreSQL/servers/Orders';

export const orders: Resource = {
  key: ID.toLowerCase(),
  id: ID,
  engine: 'postgresql',
  name: 'Orders',
  subscriptionId: '3f5a8c1e-6b2d-4e7f-9a10-c4d8e2b7f051',
  resourceGroup: 'Shop',
  location: 'local',
};

/** What one detector found of one matter. */
export function aRecord(detector: string, finding: Partial<Finding> = {}): AlertRecord {
  return createAlertBook(orders).add(detector, aFinding(finding));
}

/** `analyst` logs in from the Netherlands for the first time. */
export function aLogin(finding: Partial<Finding> = {}): Finding {
  return aFinding({
    alertType: 'SQL.PostgreSQL_GeoAnomaly',
    variant: 'new country',
    displayName: 'Log on from an unusual location',
    severity: 'Low',
    attack: { tactic: 'TA0001', technique: 'T1078' },
    count: 1,
    ...finding,
  });
}

/** `analyst` reads more than ever. */
export function aBulkRead(finding: Partial<Finding> = {}): Finding {
  return aFinding({
    alertType: 'SQL.PostgreSQL_DataExfiltrationAnomaly',
    variant: 'volume',
    displayName: 'Unusual volume of data extracted',
    attack: { tactic: 'TA0009', technique: 'T1213.006' },
    ...finding,
  });
}

/** What an alert is about, but for the name: who from where. */
export function from(address: string, principal?: string): Pick<Finding, 'entities'> {
  return { entities: { address: { address }, ...(principal !== undefined && { principal }) } };
}

/** Ten wrong passwords for `analyst`, but for what a case says. */
export function aFinding(finding: Partial<Finding> = {}): Finding {
  return {
    alertType: 'SQL.PostgreSQL_BruteForce',
    variant: 'valid user',
    displayName: 'Suspected brute force attack using a valid user',
    summary: '203.0.113.7 failed to log in to Orders 10 times within a second as analyst.',
    severity: 'Medium',
    confidence: 'medium',
    attack: { tactic: 'TA0006', technique: 'T1110.001' },
    dedupKey: '203.0.113.7',
    startTime: START,
    endTime: START,
    count: 10,
    entities: {
      principal: 'analyst',
      otherPrincipals: ['root', 'test'],
      application: 'psql',
      database: 'orders',
      address: {
        address: '203.0.113.7',
        location: { countryCode: 'BR', countryName: 'Brazil', city: 'Recife', latitude: -8.05, longitude: -34.9 },
        autonomousSystem: { number: 28_573, organization: 'Claro NXT' },
        cloudRegion: { provider: 'Azure', region: 'brazilsouth', label: 'Brazil South, Brazil' },
        namedNetwork: { name: 'Branch', trusted: false },
      },
    },
    score: { value: 10, threshold: 10, unit: 'failed logins' },
    baseline: { title: 'Names tried', columns: ['Name'], rows: [['analyst']] },
    observed: { 'Failed logins': '10' },
    rawLines: [{ source: 'orders.csv', byteOffset: 12, text: 'FATAL' }],
    guidance: { causes: ['One.', 'Two.'], investigation: ['Look.'], remediation: ['Stop it.', 'Change it.'] },
    isLate: false,
    ...finding,
  };
}
