import type { Knowledge, KnownRecord } from './knowledge.ts';

/** Values that may stand somewhere, of what is known so far; none: not yet. */
export type NamedValue = (known: Knowledge) => readonly KnownRecord[];

/** When the records of the quickstart were written. */
const RECORDED = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' };

const NIGHTLY = { principal: 'sample-user', until: '2036-01-01T00:00:00Z', reason: 'Runs every night.' };

/**
 * What is valid where a schema cannot say it and no example of it does: by operation, for its whole query or body.
 * The document has the examples that help people, too; here stands what only these logs make true.
 */
export const NAMED_VALUES: Readonly<Record<string, { query?: NamedValue; body?: NamedValue }>> = {
  'GET /api/v1/activities': { query: () => [RECORDED] },
  'GET /api/v1/activity-session': {
    query: (known) => together(known, ['resource', 'session']).map((record) => ({ ...RECORDED, ...record })),
  },
  'PUT /api/v1/expected-rules/{id}': { body: () => [NIGHTLY] },
  'POST /api/v1/tokens': {
    body: () => [
      { name: 'script', kind: 'api' },
      { name: 'pusher', kind: 'ingest' },
    ],
  },
};

const ORDERS = {
  subscriptionId: '00000000-0000-0000-0000-000000000000',
  resourceGroup: 'local',
  resource: 'orders',
};
const CATALOG = {
  subscriptionId: '3f5a8c1e-6b2d-4e7f-9a10-c4d8e2b7f051',
  resourceGroup: 'shop',
  resource: 'shop-catalog',
};

/** Parameters that go together, by the part of a path that takes no others. */
const NAMED_PARTS: readonly (readonly [part: string, values: NamedValue])[] = [
  ['/Microsoft.DocumentDB/databaseAccounts/{resource}', () => [CATALOG]],
  ['/Microsoft.DBforPostgreSQL/servers/{resource}', () => [ORDERS]],
  ['/Microsoft.DBforPostgreSQL/flexibleServers/{resource}', () => [ORDERS]],
  ['/Microsoft.Security/pricings/{pricingName}', () => [{ pricingName: 'OpenSourceRelationalDatabases' }]],
  ['/api/v1/resources/{resource}/', () => [{ resource: ORDERS.resource }]],
  ['/api/v1/ingest/{resource}', () => [{ resource: 'pushed' }]],
  [
    '/api/v1/service-principals/{clientId}/secrets/{id}',
    (known) => together(known, ['clientId', 'id', 'secret']).map(({ clientId, id }) => ({ clientId, id })),
  ],
];

/** What may fill the parameters of a path together, where that has a name; the others are found in what is known. */
export function namedPartsOf(path: string, known: Knowledge): readonly Readonly<Record<string, string>>[] {
  const [, values] = NAMED_PARTS.find(([part]) => path.includes(part)) ?? [];
  return (values?.(known) ?? []) as Readonly<Record<string, string>>[];
}

/** Members of the records that have them all. */
function together(known: Knowledge, names: readonly string[]): KnownRecord[] {
  return known
    .records()
    .filter((record) => names.every((name) => record[name] !== undefined && record[name] !== ''))
    .map((record) => Object.fromEntries(names.map((name) => [name, record[name]])));
}
