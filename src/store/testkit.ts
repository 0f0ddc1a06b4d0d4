import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { type PostgresqlServer, SUPERUSER, startPostgresql, whyNoPostgresql } from '../../test/servers/postgresql.ts';
import { whyNot } from '../../test/why-not.ts';
import type { Alert } from '../model/alert.ts';
import type { Resource } from '../model/resource.ts';
import type { AlertWrite } from './alert-store.ts';
import { openStore, type StoreOptions } from './open-store.ts';
import type { Store } from './store.ts';

/** The oldest version that is supported, and the newest. */
const MAJORS = [14, 18] as const;

/** A store of a suite of tests. */
export interface StoreUnderTest {
  url: string;
  dialect: 'sqlite' | 'postgresql';
  /** Opened anew for each file of tests. */
  store: Store;
}

/** Runs the tests over a SQLite file and over real PostgreSQL servers; each starts with an empty store. */
export function overEveryStore(name: string, tests: (use: () => StoreUnderTest) => void): void {
  describe(`${name} in SQLite`, () => tests(useSqlite()));
  for (const major of MAJORS) {
    const reason = whyNot(whyNoPostgresql(major));
    describe.skipIf(reason !== undefined)(`${name} in PostgreSQL ${major}`, () => tests(usePostgresql(major)));
  }
}

export function postgresqlUrl(server: PostgresqlServer): string {
  return `postgres://${SUPERUSER.user}:${SUPERUSER.password}@127.0.0.1:${server.port}/postgres`;
}

/** A directory that is removed when the tests of the file are done. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'vedette-store-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export const START = Date.UTC(2026, 10, 17, 2, 14, 5, 12);
const HOUR_MS = 3_600_000;

export function aResource(name: string, group = 'Shop'): Resource {
  const subscriptionId = '3f5a8c1e-6b2d-4e7f-9a10-c4d8e2b7f051';
  const id = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.DBforPostgreSQL/servers/${name}`;
  return {
    key: id.toLowerCase(),
    id,
    engine: 'postgresql',
    name,
    subscriptionId,
    resourceGroup: group,
    location: 'local',
  };
}

/** The n-th alert: each starts an hour after the one before. */
export function anAlert(n: number, properties: Partial<Alert['properties']> = {}): Alert {
  const { id } = aResource('orders');
  const name = `${String(10_000 - n).padStart(19, '0')}_${String(n).padStart(12, '0')}`;
  const time = new Date(START + n * HOUR_MS).toISOString();
  return {
    id: `${id}/providers/Microsoft.Security/locations/local/alerts/${name}`,
    name,
    type: 'Microsoft.Security/Locations/alerts',
    properties: {
      version: '2022-01-01',
      alertType: 'SQL.PostgreSQL_BruteForce',
      systemAlertId: name,
      productComponentName: 'Databases',
      alertDisplayName: 'Suspected brute force attack',
      description: `Somebody at 203.0.113.${n} guessed at j.meyer of orders.`,
      severity: 'Medium',
      intent: 'CredentialAccess',
      startTimeUtc: time,
      endTimeUtc: time,
      timeGeneratedUtc: time,
      processingEndTimeUtc: time,
      resourceIdentifiers: [{ type: 'AzureResource', azureResourceId: id }],
      remediationSteps: [],
      vendorName: 'Vedette',
      productName: 'Vedette',
      status: 'Active',
      alertUri: '',
      extendedLinks: [],
      entities: [],
      isIncident: false,
      correlationKey: `correlation-${n}`,
      extendedProperties: {},
      compromisedEntity: 'orders',
      techniques: ['T1110'],
      subTechniques: [],
      supportingEvidence: {},
      ...properties,
    },
  };
}

export function aWrite(
  n: number,
  write: Partial<AlertWrite> = {},
  properties: Partial<Alert['properties']> = {},
): AlertWrite {
  const { key } = aResource('orders');
  const alert = anAlert(n, properties);
  return { alert, resourceKey: key, version: 1, isHistorical: false, detectedTime: START + n, ...write };
}

/** All pages of a list, one after the other. */
export async function allPages<T>(
  list: (page: { limit: number; cursor?: string }) => Promise<{ items: T[]; next?: string }>,
  limit: number,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ limit, ...(cursor !== undefined && { cursor }) });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
}

function useSqlite(): () => StoreUnderTest {
  return useStore(
    'sqlite',
    () => `sqlite:${join(mkdtempSync(join(tmpdir(), 'vedette-store-')), 'data', 'vedette.db')}`,
  );
}

function usePostgresql(major: (typeof MAJORS)[number]): () => StoreUnderTest {
  let server: PostgresqlServer | undefined;
  const use = useStore('postgresql', async () => {
    server = await startPostgresql(major);
    return postgresqlUrl(server);
  });
  afterAll(() => server?.stop());
  return use;
}

function useStore(
  dialect: StoreUnderTest['dialect'],
  address: () => string | Promise<string>,
  options?: StoreOptions,
): () => StoreUnderTest {
  let used: StoreUnderTest | undefined;
  beforeAll(async () => {
    const url = await address();
    used = { url, dialect, store: await openStore(url, options) };
  });
  afterAll(async () => {
    await used?.store.close();
    const file = used?.url.startsWith('sqlite:') ? used.url.slice('sqlite:'.length) : undefined;
    if (file !== undefined) {
      rmSync(join(file, '..', '..'), { recursive: true, force: true });
    }
  });
  return () => used!;
}
