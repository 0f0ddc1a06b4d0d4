import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../lib/user-error.ts';
import { describeWith, encodeMmdb, temporaryFile } from '../testkit.ts';
import { autonomousSystem } from './autonomous-system.ts';

const testdata = (name: string) => fileURLToPath(new URL(`testdata/${name}`, import.meta.url));

function factsFrom(...asn: string[]) {
  return describeWith(autonomousSystem, { asn });
}

describe('autonomousSystem', () => {
  it.each(['ip2asn.tsv', 'ip2asn-u32.tsv', 'asn.csv'])('reads %s', async (name) => {
    const factsOf = await factsFrom(testdata(name));

    expect(factsOf('192.0.2.0').autonomousSystem).toEqual({ number: 64496, organization: 'EXAMPLE-ONE' });
    expect(factsOf('192.0.2.127').autonomousSystem?.number).toBe(64496);
    expect(factsOf('192.0.2.128').autonomousSystem).toEqual({ number: 4294967295, organization: 'Zwölf "A", Inc.' });
    expect(factsOf('192.0.2.255').autonomousSystem?.number).toBe(4294967295);
    expect(factsOf('192.0.3.0').autonomousSystem).toBeUndefined();
    expect(factsOf('198.51.100.1').autonomousSystem).toBeUndefined(); // AS 0, "Not routed"
    expect(factsOf('2001:db8:0:ffff::1').autonomousSystem?.number).toBe(64496);
    expect(factsOf('2001:db8:1::').autonomousSystem).toBeUndefined();
    expect(factsOf('192.0.2.1').autonomousSystem).toBe(factsOf('2001:db8::').autonomousSystem);
  });

  it('reads compressed files', async () => {
    const content = readFileSync(testdata('ip2asn.tsv'));
    for (const compressed of [gzipSync(content), zstdCompressSync(content)]) {
      const factsOf = await factsFrom(temporaryFile('ip2asn.tsv', compressed));
      expect(factsOf('192.0.2.1').autonomousSystem?.number).toBe(64496);
    }
  });

  it('reads rows in any order, line ends of either kind, and empty lines', async () => {
    const path = temporaryFile(
      'asn.csv',
      '198.51.100.0,198.51.100.255,64497,Later\r\n\r\n192.0.2.0,192.0.2.255,64496,"Two\r\n',
    );
    const factsOf = await factsFrom(path);

    expect(factsOf('198.51.100.9').autonomousSystem?.organization).toBe('Later');
    expect(factsOf('192.0.2.9').autonomousSystem?.organization).toBe('Two');
  });

  it('reads MMDB files', async () => {
    const mmdb = encodeMmdb(
      {
        '192.0.2.0/25': { autonomous_system_number: 64496, autonomous_system_organization: 'EXAMPLE-ONE' },
        '192.0.2.128/25': { autonomous_system_number: 0 },
        '198.51.100.0/25': { autonomous_system_number: 64511 },
      },
      6,
      'GeoLite2-ASN',
    );
    const factsOf = await factsFrom(temporaryFile('asn.mmdb', mmdb));

    expect(factsOf('192.0.2.1').autonomousSystem).toEqual({ number: 64496, organization: 'EXAMPLE-ONE' });
    expect(factsOf('192.0.2.200').autonomousSystem).toBeUndefined();
    expect(factsOf('198.51.100.1').autonomousSystem).toEqual({ number: 64511, organization: '' });
  });

  it('believes the first file that knows the address', async () => {
    const first = temporaryFile('asn.csv', '192.0.2.0,192.0.2.63,64511,First\n');
    const factsOf = await factsFrom(first, testdata('ip2asn.tsv'));

    expect(factsOf('192.0.2.1').autonomousSystem?.organization).toBe('First');
    expect(factsOf('192.0.2.64').autonomousSystem?.organization).toBe('EXAMPLE-ONE');
  });

  it.each([
    ['a header', 'start,end,asn,name\n', 1],
    ['a lone number', '192.0.2.0,192.0.2.255,64496,A\n\n7\n', 3],
    ['a row without a name field', '192.0.2.0\t192.0.2.255\t64496\tDE\n192.0.3.0\t192.0.3.255\t64497\tDE\tB\n', 1],
    ['a row that goes on in the next line', '192.0.2.0\n192.0.2.255,64496,A\n', 1],
    ['an end before the start', '192.0.2.255,192.0.2.0,64496,A\n', 1],
    ['two families in one row', '192.0.2.0,2001:db8::,64496,A\n', 1],
    ['an AS number of 33 bits', '192.0.2.0,192.0.2.255,4294967296,A\n', 1],
    ['an address of 129 bits', `0,${2n ** 128n},64496,A\n`, 1],
    ['binary content', '\0\x01\x02\xff', 1],
  ])('refuses %s', async (_, content, line) => {
    const refused = factsFrom(temporaryFile('asn.csv', content));

    await expect(refused).rejects.toThrow(`asn.csv line ${line} is not "first address, last address, AS number, …"`);
    await expect(refused).rejects.toBeInstanceOf(UserError);
  });

  it.each(['', '\n', '192.0.2.0,192.0.2.255,0,Not routed\n'])(
    'refuses a file that tells nothing: %j',
    async (content) => {
      await expect(factsFrom(temporaryFile('asn.csv', content))).rejects.toThrow('holds no autonomous systems');
    },
  );
});
