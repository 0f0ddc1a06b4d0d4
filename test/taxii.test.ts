import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEnrichment, loadAddressData } from '../src/enrichers/enrichment.ts';
import { type Publisher, updateDataFile } from '../src/enrichers/update-data-file.ts';
import { COLLECTION, indicator, startTaxiiServer, type TaxiiServer } from './servers/taxii.ts';

let folder: string;
let server: TaxiiServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-taxii-'));
  server = await startTaxiiServer();
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

function publisher(more: Partial<Publisher> = {}): Publisher {
  return { kind: 'reputation', url: server.url, collection: COLLECTION.id, file: join(folder, 'taxii.json'), ...more };
}

/** Names under which the file lists an address. */
async function listed(address: string): Promise<string[]> {
  const nothing = { networks: [], geo: [], asn: [], cloudRanges: [] };
  const enrichment = createEnrichment(await loadAddressData({ ...nothing, reputation: [join(folder, 'taxii.json')] }));
  return enrichment.factsOf(address).reputation?.lists.map(({ note }) => note ?? '') ?? [];
}

const objectsAsked = () => server.asked.filter((path) => path.includes('/objects/'));
const many = (count: number) => Array.from({ length: count }, (_, n) => indicator(n, `198.51.100.${n}`));

describe('a collection of a TAXII server', () => {
  it.each([
    ['its id, from the discovery', () => publisher()],
    [
      'its title, from an API root',
      () => publisher({ url: server.url.replace('taxii2', 'api2'), collection: COLLECTION.title }),
    ],
    ['its own address', () => publisher({ url: server.url.replace('taxii2', `api2/collections/${COLLECTION.id}`) })],
  ])('is found by %s', async (_, of) => {
    server.objects = [indicator(1, '198.51.100.7', { confidence: 80 })];

    expect(await updateDataFile(of())).toMatchObject({ state: 'updated' });
    expect(await listed('198.51.100.7')).toEqual(['Poison Ivy Malware (malicious-activity)']);
  });

  it.each([true, false])('is read page by page; pages tell the next by name: %s', async (namesNext) => {
    Object.assign(server, { objects: many(25), pageSize: 10, namesNext });
    await updateDataFile(publisher());

    expect(objectsAsked()).toHaveLength(3);
    expect(JSON.parse(readFileSync(publisher().file, 'utf8')).objects).toHaveLength(25);
    expect(await listed('198.51.100.24')).toHaveLength(1);
  });

  it('is asked only for what was added since, and takes back what was revoked or has changed', async () => {
    server.objects = many(3);
    await updateDataFile(publisher());
    expect(await updateDataFile(publisher())).toEqual({ state: 'unchanged' });
    server.objects.push(
      indicator(10, '203.0.113.9'),
      {
        ...indicator(1, '198.51.100.1', { revoked: true, modified: '2026-11-01T00:00:00Z' }),
        added: indicator(11, '').added,
      },
      { ...indicator(2, '203.0.113.2', { modified: '2026-11-01T00:00:00Z' }), added: indicator(12, '').added },
    );
    server.asked = [];

    expect(await updateDataFile(publisher())).toMatchObject({ state: 'updated' });
    expect(objectsAsked()).toEqual([expect.stringContaining('added_after=2026-10-01T00%3A00%3A00.000002Z')]);
    expect(
      await Promise.all(['198.51.100.0', '198.51.100.1', '198.51.100.2', '203.0.113.2', '203.0.113.9'].map(listed)),
    ).toEqual([[expect.any(String)], [], [], [expect.any(String)], [expect.any(String)]]);
  });

  it('is read as a whole where its file was changed by somebody', async () => {
    server.objects = many(3);
    await updateDataFile(publisher());
    writeFileSync(publisher().file, '192.0.2.1\n');
    server.asked = [];

    expect(await updateDataFile(publisher())).toMatchObject({ state: 'updated' });
    expect(objectsAsked().join()).not.toContain('added_after');
  });

  it('leaves out what is not about addresses, and what ended long ago', async () => {
    server.objects = [
      indicator(1, '198.51.100.1'),
      indicator(2, '', { pattern: "[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']" }),
      indicator(3, '198.51.100.3', { valid_until: '2020-01-01T00:00:00Z' }),
      indicator(4, '198.51.100.4', { pattern_type: 'snort' }),
    ];
    await updateDataFile(publisher());

    expect(JSON.parse(readFileSync(publisher().file, 'utf8')).objects).toHaveLength(1);
  });

  it('that is empty makes a list that is', async () => {
    expect(await updateDataFile(publisher())).toMatchObject({ state: 'updated' });
    expect(await listed('198.51.100.1')).toEqual([]);
  });

  it.each([
    [
      'a name and a password',
      { user: 'analyst', password: 'pä:ss' },
      `Basic ${Buffer.from('analyst:pä:ss').toString('base64')}`,
    ],
    ['a token', { token: 'abc' }, 'Bearer abc'],
  ])('lets in who has %s', async (_, credentials, authorization) => {
    Object.assign(server, { objects: many(1), authorization });

    await expect(updateDataFile(publisher())).rejects.toThrow(
      'answers 401 to /taxii2/: The client needs to authenticate',
    );
    expect(await updateDataFile(publisher({ credentials }))).toMatchObject({ state: 'updated' });
  });
});

describe('the list of before stays', () => {
  it.each<[string, string, Partial<TaxiiServer>, Partial<Publisher>?]>([
    [
      'there is no such collection',
      'there is Indicators from the past 24-hours, High Value',
      {},
      { collection: 'none' },
    ],
    ['the collection may not be read', 'does not let us read', {}, { collection: 'Indicators from the past 24-hours' }],
    [
      'what answers is no TAXII server',
      'is not TAXII 2.1, but text/html',
      { fault: (response) => !!response.writeHead(200, { 'content-type': 'text/html' }).end('<html>') },
    ],
    ['it breaks off', 'does not answer', { fault: (response) => !!response.destroy() }],
    [
      'it redirects',
      'answers 302',
      { fault: (response) => !!response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end() },
    ],
    [
      'it tells more pages without end',
      'tells no way on',
      {
        fault: (response, path) =>
          path.includes('/objects/') &&
          !!response
            .writeHead(200, { 'content-type': 'application/taxii+json;version=2.1' })
            .end('{"more":true,"next":"x","objects":[]}'),
      },
    ],
    [
      'it fails at a later page',
      'answers 503',
      {
        pageSize: 1,
        fault: (response, path) => path.includes('/objects/') && isSecondPage() && !!response.writeHead(503).end(),
      },
    ],
  ])('when %s', async (_, reason, changes, of = {}) => {
    server.objects = many(2);
    await updateDataFile(publisher());
    const before = readFileSync(publisher().file, 'utf8');
    server.objects.push(indicator(5, '203.0.113.5'), indicator(6, '203.0.113.6'));
    server.asked = [];
    Object.assign(server, changes);

    await expect(updateDataFile(publisher(of))).rejects.toThrow(reason);
    expect(readFileSync(publisher().file, 'utf8')).toBe(before);
    expect(readdirSync(folder).toSorted()).toEqual(['taxii.json', 'taxii.json.source.json']);
  });

  const isSecondPage = () => objectsAsked().length > 1;
});
