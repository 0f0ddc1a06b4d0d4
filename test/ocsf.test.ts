import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createAlertBook } from '../src/alerts/alert-book.ts';
import { aFinding, orders } from '../src/alerts/testkit.ts';
import { toAzureAlert } from '../src/alerts/to-azure-alert.ts';
import { toOcsf } from '../src/alerts/to-ocsf.ts';
import type { Finding } from '../src/model/finding.ts';
import type { Resource } from '../src/model/resource.ts';
import { type Definitions, loadDefinitions } from './ocsf/definitions.ts';
import { validateEvent } from './ocsf/validate-event.ts';
import { ROOT, runVedette } from './run-vedette.ts';
import { whyNot } from './why-not.ts';

// The last case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000 });

/** OCSF's own definitions, which lie beside the repository. */
const FOLDER = join(process.env.VEDETTE_SHARED ?? join(ROOT, '../shared'), 'data/ocsf-1.8.0');

interface Event {
  [member: string]: unknown;
  metadata: Record<string, unknown>;
  evidences: Record<string, unknown>[];
  observables: Record<string, unknown>[];
}

const catalog: Resource = {
  ...orders,
  key: '/x',
  id: '/subscriptions/3f5a8c1e-6b2d-4e7f-9a10-c4d8e2b7f051/resourceGroups/Shop/providers/Microsoft.DocumentDB/databaseAccounts/catalog',
  engine: 'cosmosdb',
  name: 'catalog',
  location: 'westeurope',
};
const local: Resource = {
  ...orders,
  id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/Microsoft.DBforPostgreSQL/servers/orders',
  subscriptionId: '00000000-0000-0000-0000-000000000000',
};

function eventOf(finding: Partial<Finding> = {}, resource = orders): Event {
  const record = createAlertBook(resource).add('brute-force', aFinding(finding));
  return JSON.parse(toOcsf(toAzureAlert(record), '1.2.3')) as Event;
}

const reason = whyNot(existsSync(FOLDER) ? undefined : `OCSF's definitions are not at ${FOLDER}`);
const ocsf: Definitions = reason === undefined ? loadDefinitions(FOLDER) : (undefined as never);
const problems = (event: Event) => validateEvent(event, 'findings/detection_finding', ocsf);

describe.skipIf(reason !== undefined)('a Detection Finding as OCSF 1.8.0 defines it', () => {
  it.each([
    ['of a server with an id of Azure', eventOf()],
    ['of a server elsewhere', eventOf({}, local)],
    ['of a Cosmos account in a region', eventOf({ alertType: 'CosmosDB_GeoAnomaly' }, catalog)],
    ['of an Entra id', eventOf({ entities: { principal: '7d1f0c52-3b8e-4a6d-9c41-5e2ab0f7d913' } }, catalog)],
    ['of many names', eventOf({ entities: { otherPrincipals: ['admin', 'root'], database: 'orders' } })],
    ['of a host name', eventOf({ entities: { address: { address: 'db.example.com' } } })],
    ['of a Unix socket', eventOf({ entities: { address: { address: '[local]' } } })],
    ['of an IPv6 address', eventOf({ entities: { address: { address: '2001:db8::1' } } })],
    ['about which next to nothing is known', eventOf({ entities: {}, rawLines: [] })],
    ['without a baseline', eventOf({ baseline: { title: 'Places', columns: ['Place'], rows: [] } })],
    ['without remediation', eventOf({ guidance: { causes: [], investigation: [], remediation: [] } })],
  ])('is what is written %s', (_, event) => {
    expect(problems(event)).toEqual([]);
  });

  it('is what is written of whatever a log holds', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u2028', '\n', '"', '\ud800', '__proto__'));
    const anything = fc.record({
      principal: text,
      otherPrincipals: fc.array(text, { maxLength: 3 }),
      application: text,
      database: text,
      address: fc.record({ address: fc.oneof(text, fc.ipV4(), fc.ipV6()) }),
    });
    fc.assert(
      fc.property(anything, text, (entities, line) => {
        const rawLines = [{ source: 'orders.csv', byteOffset: 12, text: line }];

        expect(problems(eventOf({ entities, rawLines, summary: line, observed: { Seen: line } }))).toEqual([]);
      }),
    );
  });

  it('is what the quickstart gives, one a line', async () => {
    const config = join(ROOT, 'examples/quickstart/vedette.yaml');
    const { code, stdout } = await runVedette(['replay', '-c', config, '--format', 'ocsf']);
    const events = stdout.trimEnd().split('\n');

    expect(code).toBe(0);
    expect(events.length).toBeGreaterThan(5);
    expect(events.flatMap((line) => problems(JSON.parse(line) as Event))).toEqual([]);
  });
});

describe.skipIf(reason !== undefined)('the validator finds', () => {
  it.each<[string, (event: Event) => void, string]>([
    ['an unknown attribute', (event) => (event.detector = 'x'), 'detector is unknown in detection_finding'],
    ['one in an object', (event) => (event.metadata.vendor = 'x'), 'metadata.vendor is unknown in metadata'],
    ['a missing one', (event) => delete event.severity_id, 'severity_id is missing'],
    ['one missing in an object', (event) => delete event.metadata.product, 'metadata.product is missing'],
    ['a wrong type', (event) => (event.time = '2026-11-17'), 'time is no timestamp_t: "2026-11-17"'],
    ['half a number', (event) => (event.count = 1.5), 'count is no integer_t: 1.5'],
    ['a value that is none of an enum', (event) => (event.confidence_id = 7), 'confidence_id has no value 7'],
    ['another caption', (event) => (event.severity = 'High'), 'severity is "High", not Medium'],
    ['a list that is none', (event) => (event.resources = {}), 'resources is not a filled array'],
    ['an empty list', (event) => (event.resources = []), 'resources is not a filled array'],
    ['an object that is none', (event) => (event.metadata.product = 'x'), 'metadata.product is no object'],
    ['an unmet constraint', ({ evidences }) => (evidences[0].actor = {}), 'evidences[0].actor. (actor) has none of'],
    ['no address', ({ evidences }) => (evidences[0].src_endpoint = { ip: 'x' }), 'src_endpoint.ip is no ip_t: "x"'],
    ['a profile that is not told', (event) => (event.metadata.profiles = []), 'cloud is unknown in detection_finding'],
    ['a profile not followed', (event) => delete event.cloud, 'cloud is missing'],
    ['what is deprecated', ({ evidences }) => Object.assign(evidences[0].actor!, { invoked_by: 'x' }), 'is deprecated'],
    ['another class', (event) => (event.class_uid = 2001), 'class_uid is 2001, not 2004'],
    ['another type', (event) => (event.type_uid = 200499), 'type_uid is 200499, not 200401'],
    ['another release', (event) => (event.metadata.version = '1.7.0'), 'metadata.version is 1.7.0, not 1.8.0'],
    ['another kind of observable', ({ observables }) => (observables[0].type_id = 4), 'is of kind 4, but'],
    [
      'a pointer into nothing',
      ({ observables }) => (observables[0].name = 'evidences[9].src_endpoint.ip'),
      'is not what',
    ],
  ])('%s', (_, spoil, expected) => {
    const event = eventOf();
    spoil(event);

    expect(problems(event).join('\n')).toContain(expected);
  });
});
