import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../lib/user-error.ts';
import { describeWith, temporaryFile } from '../testkit.ts';
import { reputation } from './reputation.ts';

const NOTHING = { networks: [], geo: [], asn: [], cloudRanges: [] };
const sample = (name: string) => fileURLToPath(new URL(`samples/${name}`, import.meta.url));

async function listsOf(address: string, ...paths: string[]) {
  const factsOf = await describeWith(reputation, { reputation: paths });
  return factsOf(address).reputation?.lists ?? [];
}

async function notesOf(...paths: string[]) {
  return (await reputation.load({ ...NOTHING, reputation: paths })).notes;
}

describe('reputation', () => {
  it.each([
    ['torbulkexitlist', '192.0.2.11', { kind: 'tor' }],
    ['torbulkexitlist', '2001:db8:70::1', { kind: 'tor' }],
    ['exit-addresses', '192.0.2.21', { kind: 'tor', note: 'exit seen 2026-11-05 02:14:03' }],
    ['drop.txt', '198.51.100.200', { kind: 'threat', note: 'SBL100001' }],
    ['drop.txt', '2001:db8:666:1::9', { kind: 'threat', note: 'SBL100002' }],
    ['drop_v4.json', '203.0.113.130', { kind: 'threat', note: 'SBL100003' }],
    ['level.netset', '198.51.100.1', { kind: 'threat' }],
    ['level.netset', '203.0.113.9', { kind: 'threat' }],
    ['ipsum.txt', '203.0.113.9', { kind: 'threat', note: 'weight 9' }],
    ['botnet.csv', '203.0.113.40', { kind: 'threat', note: 'Pikabot' }],
    ['botnet.csv', '203.0.113.41', { kind: 'threat', note: 'Qak, "Bot"' }],
    ['iocs.csv', '203.0.113.50', { kind: 'threat', note: 'Exampler', confidence: 75 }],
    ['events.csv', '203.0.113.60', { kind: 'threat', note: 'Network activity' }],
    ['events.csv', '203.0.113.61', { kind: 'threat', note: 'Network activity' }],
    [
      'threats.stix.json',
      '203.0.113.70',
      {
        kind: 'threat',
        note: 'Beacon C2 (malicious-activity)',
        confidence: 90,
        validUntil: Date.UTC(2026, 11, 1),
      },
    ],
    ['threats.stix.json', '203.0.113.71', { kind: 'tor', note: 'Tor exit (anonymization)' }],
    ['threats.stix.json', '2001:db8:71::1', { kind: 'tor', note: 'Tor exit (anonymization)' }],
    ['threats.stix.json', '203.0.113.75', { kind: 'threat' }],
    ['threats.stix.json', '203.0.113.80', { kind: 'threat' }],
    ['stix-2.0.json', '203.0.113.95', { kind: 'threat', note: 'Old form (malicious-activity)' }],
  ])('finds in %s what it says of %s', async (name, address, said) => {
    expect(await listsOf(address, sample(name))).toEqual([{ name, ...said }]);
  });

  it.each([
    ['torbulkexitlist', '192.0.2.12'],
    ['exit-addresses', '192.0.2.19'],
    ['level.netset', '10.1.2.3'],
    ['level.netset', '240.0.0.1'],
    ['level.netset', '0.1.2.3'],
    ['threats.stix.json', '203.0.113.1'],
    ['threats.stix.json', '203.0.113.76'],
    ['threats.stix.json', '203.0.113.90'],
    ['threats.stix.json', '203.0.113.91'],
    ['threats.stix.json', '203.0.113.92'],
    ['threats.stix.json', '203.0.113.93'],
    ['threats.stix.json', '203.0.113.94'],
  ])('finds nothing in %s of %s', async (name, address) => {
    expect(await listsOf(address, sample(name))).toEqual([]);
  });

  it('tells every list that holds an address, the narrowest block first', async () => {
    const paths = ['drop.txt', 'level.netset'].map(sample);
    const own = temporaryFile('own.txt', '198.51.100.7 # seen by ourselves\n');

    expect((await listsOf('198.51.100.7', ...paths, own)).map(({ name }) => name)).toEqual([
      'own.txt',
      'level.netset',
      'drop.txt',
    ]);
  });

  it('reads compressed files and names them without the ending', async () => {
    const bytes = readFileSync(sample('drop.txt'));
    for (const [name, packed] of [
      ['drop.txt.gz', gzipSync(bytes)],
      ['drop.txt.zst', zstdCompressSync(bytes)],
    ] as const) {
      expect(await listsOf('198.51.100.7', temporaryFile(name, packed))).toMatchObject([{ name: 'drop.txt' }]);
    }
  });

  it.each([
    ['tor_exits.ipset', '192.0.2.1\n', 'tor'],
    ['TorExitNodes.csv', 'address,port\n192.0.2.1,443\n', 'tor'],
    ['exit-nodes.txt', '192.0.2.1\n', 'tor'],
    ['ips.txt', '# Tor exit nodes of today\n192.0.2.1\n', 'tor'],
    ['ips.txt', '# Without Tor exit nodes\n192.0.2.1\n', 'threat'],
    ['ips.txt', '192.0.2.1 # tor exit\n', 'tor'],
    ['actors.txt', '192.0.2.1 # torrent tracker of an actor\n', 'threat'],
    ['storage.csv', '"192.0.2.1","monitor"\n', 'threat'],
    ['ips.json', '["192.0.2.1"]', 'threat'],
    ['ips.json', '{"data":[{"ipAddress":"192.0.2.1","abuseConfidenceScore":100}]}', 'threat'],
    ['ips.tsv', 'Seen\tNetwork\n2026-01-01\t192.0.2.0/24\n', 'threat'],
    ['ips.txt', '\ufeff192.0.2.1\r\n', 'threat'],
  ])('takes %s with %j for a list of kind %s', async (name, content, kind) => {
    expect(await listsOf('192.0.2.1', temporaryFile(name, content))).toMatchObject([{ name, kind }]);
  });

  it('leaves out what would flag everything or ourselves, and says so', async () => {
    const wide = temporaryFile('wide.txt', '0.0.0.0/0\n128.0.0.0/1\n2000::/3\n203.0.113.9\n');
    const factsOf = await describeWith(reputation, { reputation: [wide, sample('level.netset')] });

    expect(factsOf('8.8.8.8').reputation).toBeUndefined();
    expect(factsOf('2001:db8::1').reputation).toBeUndefined();
    expect(factsOf('192.168.1.1').reputation).toBeUndefined();
    expect(await notesOf(wide)).toEqual([
      `enrichment.reputation: ${wide}: left out blocks wider than /8 (2, the first: 0.0.0.0/0), blocks wider than /16 (1, the first: 2000::/3)`,
    ]);
    expect(await notesOf(sample('level.netset'))).toEqual([
      expect.stringContaining(
        'left out private or reserved blocks (3, the first: 0.0.0.0/8), blocks wider than /8 (1, ',
      ),
    ]);
  });

  it('says which entries name no address', async () => {
    const mixed = temporaryFile('mixed.txt', '192.0.2.1\nevil.example.com\n192.0.2.300\n');

    expect(await notesOf(mixed)).toEqual([
      `enrichment.reputation: ${mixed}: left out entries that name no address (2, the first: line 2)`,
    ]);
    expect(await notesOf(sample('threats.stix.json'))).toEqual([
      expect.stringContaining('entries that name no address (2, the first: object 7)'),
    ]);
  });

  it('takes an empty list for what it is', async () => {
    const empty = temporaryFile('empty.csv', '# "first_seen_utc","dst_ip"\r\n# END 0 entries\r\n');

    expect(await notesOf(empty)).toEqual([`enrichment.reputation: ${empty}: it lists no address`]);
    expect(await notesOf(temporaryFile('none.json', '{"type":"bundle","id":"bundle--1"}'))).toHaveLength(1);
  });

  it.each([
    ['{"type": "bundle", "objects": [', 'is not valid JSON; fetch it again'],
    ['<html><body>Too many requests</body></html>', 'holds no addresses; give a plain list'],
    ['name,value\na,evil.example.com\n', 'holds no addresses; give a plain list'],
    ['{"a": 1}', 'holds no addresses; give a plain list'],
  ])('refuses %s', async (content, message) => {
    const refused = notesOf(temporaryFile('list', content));

    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toBeInstanceOf(UserError);
  });

  it('shows no control characters of a list, and no more than a line', async () => {
    const [said] = await listsOf(
      '192.0.2.1',
      temporaryFile('a.txt', `192.0.2.1 # a\u202eb\u0007c ${'x'.repeat(400)}\n`),
    );

    expect(said.note).toMatch(/^a b c x{94}$/);
  });

  it('reads a large list, and one that repeats itself, in a moment', async () => {
    const many = Array.from(
      { length: 70_000 },
      (_, n) => `${11 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}.7 # note ${n}`,
    );
    const path = temporaryFile('many.txt', `${many.join('\n')}\n${'192.0.2.1\n'.repeat(5000)}`);
    const factsOf = await describeWith(reputation, { reputation: [path] });

    expect(factsOf('11.0.5.7').reputation?.lists).toEqual([{ name: 'many.txt', kind: 'threat', note: 'note 5' }]);
    expect(factsOf('12.17.0.7').reputation?.lists).toEqual([{ name: 'many.txt', kind: 'threat' }]);
    expect(factsOf('192.0.2.1').reputation?.lists).toHaveLength(1);
  });
});
