import { writeFileSync } from 'node:fs';
import { utc } from './calendar.ts';

/** What the detectors must tell of the example, and nothing else. */
interface ExpectedIncident {
  resource: 'orders' | 'shop-catalog';
  alertType: string;
  /** Absent where the alert is about many names. */
  principal?: string;
  address: string;
  /** First and last event of the incident lie in here. ISO 8601, UTC. */
  from: string;
  to: string;
}

const PERSON = '7d1f0c52-3b8e-4a6d-9c41-5e2ab0f7d913';

const EXPECTED: readonly ExpectedIncident[] = [
  {
    resource: 'shop-catalog',
    alertType: 'CosmosDB_GeoAnomaly',
    principal: 'PrimaryMasterKey',
    address: '27.72.100.31',
    ...window(16, '04:12', '04:29'),
  },
  {
    resource: 'orders',
    alertType: 'SQL.PostgreSQL_BruteForce',
    address: '185.156.73.54',
    ...window(16, '22:41', '22:56'),
  },
  {
    resource: 'orders',
    alertType: 'SQL.PostgreSQL_BruteForce',
    principal: 'analyst',
    address: '45.155.204.10',
    ...window(17, '02:14', '02:19'),
  },
  {
    resource: 'orders',
    alertType: 'Vedette_Incident',
    principal: 'analyst',
    address: '45.155.204.10',
    ...window(17, '02:14', '02:19'),
  },
  {
    resource: 'orders',
    alertType: 'SQL.PostgreSQL_GeoAnomaly',
    principal: 'analyst',
    address: '45.155.204.10',
    ...window(17, '02:15', '02:19'),
  },
  {
    resource: 'shop-catalog',
    alertType: 'CosmosDB_DataExfiltrationAnomaly',
    principal: PERSON,
    address: '87.138.200.17',
    ...window(17, '23:05', '23:36'),
  },
  {
    resource: 'orders',
    alertType: 'SQL.PostgreSQL_GeoAnomaly',
    principal: 'j.meyer',
    address: '179.118.44.21',
    ...window(18, '03:27', '03:40'),
  },
  {
    resource: 'orders',
    alertType: 'SQL.PostgreSQL_DataExfiltrationAnomaly',
    principal: 'j.meyer',
    address: '179.118.44.21',
    ...window(18, '03:27', '03:40'),
  },
  {
    resource: 'orders',
    alertType: 'Vedette_Incident',
    principal: 'j.meyer',
    address: '179.118.44.21',
    ...window(18, '03:27', '03:40'),
  },
  {
    resource: 'shop-catalog',
    alertType: 'CosmosDB_HarmfulApplication',
    principal: 'PrimaryMasterKey',
    address: '27.72.100.31',
    ...window(16, '04:12', '04:29'),
  },
  {
    resource: 'orders',
    alertType: 'SQL.PostgreSQL_HarmfulApplication',
    principal: 'analyst',
    address: '45.155.204.10',
    ...window(17, '02:15', '02:16'),
  },
  {
    resource: 'orders',
    alertType: 'SQL.PostgreSQL_HarmfulApplication',
    principal: 'analyst',
    address: '45.155.204.10',
    ...window(17, '02:16', '02:19'),
  },
];

/** Writes them beside the logs, for the test that compares them with a replay. */
export function writeExpectedIncidents(file: URL): void {
  writeFileSync(file, `${JSON.stringify(EXPECTED, null, 2)}\n`);
}

function window(day: number, from: string, to: string): { from: string; to: string } {
  return { from: new Date(utc(day, from)).toISOString(), to: new Date(utc(day, to)).toISOString() };
}
