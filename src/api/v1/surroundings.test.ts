import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectors } from '../../detectors/index.ts';
import { surveyLines } from '../../formats/survey-lines.ts';
import { parsers } from '../../parsers/index.ts';
import { CATALOG, GROUP, ORDERS, OTHER, type TestServer, testServer } from '../testkit.ts';

let server: TestServer;

beforeAll(async () => {
  server = await testServer({
    catalogue: detectors,
    tuning: {
      start: async () => 'no-history',
      held: async () => ({ 'brute-force': { failureCount: 7 } }),
      get: () => undefined,
      cancel: () => undefined,
    },
    surveyLines: (bytes, engine) => surveyLines(bytes, engine, { parsers, detectors }),
    addressData: async () => ({
      files: [
        { kind: 'reputation', name: 'tor.txt', bytes: 10, changedTime: Date.UTC(2026, 10, 10) },
        { kind: 'geo', name: 'city.mmdb', bytes: 10, changedTime: Date.UTC(2026, 10, 10) },
      ],
      attributions: ['IP Geolocation by DB-IP'],
      notes: [],
    }),
  });
});
afterAll(() => server.close());

describe('health', () => {
  it('is told of resources within the role, with what should be looked at', async () => {
    const row = { waitingBytes: 0, recordsPerSecond: 1, records: 5, activities: 2, skipped: 3, late: 0 };
    const more = { rejected: [], gaps: [], longestSilencesMs: [], checkedTime: 0 };
    const keys = [ORDERS.toLowerCase(), OTHER.toLowerCase().replace('flexibleservers', 'servers')] as const;
    await server.store.health.put(keys.map((resourceKey) => ({ resourceKey, name: 'x', ...row, ...more })));
    await server.store.health.raise({ resourceKey: keys[0], kind: 'quiet', text: 'No record.', sinceTime: 0 });
    const reader = await server.as('Security Reader', GROUP);
    const { items } = (await reader({ url: '/api/v1/health' })).json();

    expect(items).toMatchObject([{ resourceKey: keys[0], records: 5, notices: [{ kind: 'quiet' }] }]);
    expect((await reader({ url: `/api/v1/resources/${encodeURIComponent(OTHER)}/health` })).statusCode).toBe(404);
    expect((await reader({ url: `/api/v1/resources/${encodeURIComponent(CATALOG)}/health` })).json().records).toBe(0);
  });
});

describe('detectors', () => {
  it('tell their settings, and refuse others', async () => {
    const admin = await server.as('Security Admin');
    const { items } = (await admin({ url: '/api/v1/detectors' })).json();
    const put = (settings: object) =>
      admin({ method: 'PUT', url: `/api/v1/resources/${encodeURIComponent(ORDERS)}/settings`, payload: settings });
    const refused = await Promise.all([
      put({ detectors: { 'brute-forse': {} } }),
      put({ detectors: { 'brute-force': { sensitivity: 'extreme' } } }),
      put({ detectors: { 'brute-force': { speed: 1 } } }),
      put({ disabledAlerts: ['Brute_Forse'] }),
    ]);

    expect(items.map(({ id }: { id: string }) => id)).toEqual(detectors.map(({ id }) => id));
    expect(items.find(({ id }: { id: string }) => id === 'brute-force')).toMatchObject({
      switches: ['Brute_Force'],
      settings: expect.arrayContaining([
        expect.objectContaining({ name: 'sensitivity', choices: ['low', 'medium', 'high'], default: 'medium' }),
      ]),
    });
    expect(refused.map((answer) => answer.statusCode)).toEqual([400, 400, 400, 400]);
    expect(refused[1]!.json().detail).toContain('detectors.brute-force.sensitivity');
    expect((await put({ detectors: { 'brute-force': { sensitivity: 'low' } } })).statusCode).toBe(200);
  });
});

describe('settings of a resource', () => {
  it('are told as they hold, to who may see the resource', async () => {
    const reader = await server.as('Security Reader', ORDERS);
    const of = (id: string) => reader({ url: `/api/v1/resources/${encodeURIComponent(id)}/held-settings` });

    expect((await of(ORDERS)).json()).toEqual({ isJudged: true, detectors: { 'brute-force': { failureCount: 7 } } });
    expect((await of(CATALOG)).statusCode).toBe(404);
  });

  it('are not made over those that somebody else made meanwhile', async () => {
    const admin = await server.as('Security Admin');
    const url = `/api/v1/resources/${encodeURIComponent(OTHER)}/settings`;
    const { etag } = (await admin({ url })).headers;
    const put = () =>
      admin({ method: 'PUT', url, payload: { retentionDays: 30 }, headers: { 'if-match': String(etag) } });

    expect(etag).toBe('""');
    expect((await put()).statusCode).toBe(200);
    expect((await put()).statusCode).toBe(412);
  });
});

describe('policies', () => {
  it('hold for all resources that fit, after a restart too', async () => {
    const admin = await server.as('Security Admin');
    const url = '/api/v1/policies/cosmos-off';
    const payload = { match: { engine: 'cosmosdb' }, settings: { protection: 'off' } };
    const put = await admin({ method: 'PUT', url, payload });
    await server.restart();
    const again = await server.as('Security Admin');
    const resource = (id: string) => again({ url: `/api/v1/resources/${encodeURIComponent(id)}` });

    expect(put.statusCode).toBe(200);
    expect((await resource(CATALOG)).json()).toMatchObject({
      protection: 'off',
      settingOrigins: { protection: { kind: 'policy', name: 'cosmos-off' } },
    });
    expect((await resource(ORDERS)).json().protection).toBe('on');
    expect((await again({ method: 'DELETE', url })).statusCode).toBe(204);
    expect((await again({ method: 'DELETE', url })).statusCode).toBe(404);
    expect((await resource(CATALOG)).json().protection).toBe('on');
  });
});

describe('pasted lines', () => {
  const survey = async (lines: string) => {
    const reader = await server.as('Security Reader', ORDERS);
    return (await reader({ method: 'POST', url: '/api/v1/log-lines/survey', payload: { lines, name: 'shop' } })).json();
  };

  it('tell their format, what is missing, and what to configure', async () => {
    const lines = Array.from(
      { length: 20 },
      (_, n) =>
        `2026-11-17 02:14:${String(n).padStart(2, '0')}.123 UTC [${4000 + n}] app@shop LOG:  connection authorized: user=app database=shop\n`,
    ).join('');
    const told = await survey(lines);

    expect(told).toMatchObject({ isKnown: true, format: 'stderr', records: 20, understoodPart: 1 });
    expect(told.logLinePrefix.trim()).toBe('%m [%p] %q%u@%d');
    expect(told.missing.flatMap(({ sql }: { sql: string[] }) => sql).join(' ')).toContain('log_line_prefix');
    expect(told.configuration).toContain('id: shop');
  });

  it('of no format are told to be so', async () => {
    expect(await survey('<html>\n<body>what?</body>\n')).toEqual({ isKnown: false });
  });
});

it('says how old what it knows of addresses is', async () => {
  const reader = await server.as('Security Reader');
  const told = (await reader({ url: '/api/v1/data-files' })).json();

  expect(told.items.map(({ name, isOld }: { name: string; isOld: boolean }) => [name, isOld])).toEqual([
    ['tor.txt', true],
    ['city.mmdb', false],
  ]);
  expect(told.missing).toEqual(['asn', 'cloudRanges']);
});
