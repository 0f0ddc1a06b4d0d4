import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCidr, formatIp, type IpLanes, lastOf, parseCidr, parseIp, prefixOf, readDecimalIp } from './ip.ts';

const lane = fc.integer({ min: 0, max: 0xffffffff });
const ipv4 = fc.tuple(lane);
const ipv6 = fc.tuple(lane, lane, lane, lane).filter(([a, b, c]) => a !== 0 || b !== 0 || c !== 0xffff);
const lanes: fc.Arbitrary<IpLanes> = fc.oneof(ipv4, ipv6);

/** The address as one number. */
function toBigInt(value: IpLanes): bigint {
  return value.reduce((sum, part) => (sum << 32n) | BigInt(part), 0n);
}

describe('parseIp', () => {
  it('reads back what formatIp writes', () => {
    fc.assert(
      fc.property(lanes, (value) => {
        expect(parseIp(formatIp(value))?.lanes).toEqual(value);
      }),
    );
  });

  it('agrees with the URL standard on every spelling of an IPv6 address', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const { lanes } = parseIp(text)!;
        const inIpv6 = lanes.length === 4 ? lanes : [0, 0, 0xffff, ...lanes];
        expect(`[${formatIp(inIpv6)}]`).toBe(new URL(`http://[${text}]/`).hostname);
      }),
    );
  });

  it('agrees with node:net on what is an address', () => {
    const part = fc.constantFrom(':', '::', '0', '1', 'f', 'F', 'g', '.', '25', '1.2.3.4', '1:2:3:4');
    fc.assert(
      fc.property(fc.string({ unit: part, maxLength: 9 }), (text) => {
        expect(parseIp(text) !== undefined).toBe(isIP(text) !== 0);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['255.255.255.255', '255.255.255.255'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:201', '192.0.2.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201'],
    ['fe80::1%eth0', 'fe80::1'],
    ['fe80::1%', 'fe80::1'],
    ['::', '::'],
    ['1::', '1::'],
  ])('shows %s as %s', (text, canonical) => {
    expect(parseIp(text)?.text).toBe(canonical);
  });

  it.each([
    ['', '[local]', 'db.example.com', ' 192.0.2.1', '192.0.2.1 ', '192.0.2.1%eth0', '192.0.2.1:5432', '192.0.2.1/32'],
    [
      '1.2.3',
      '1.2.3.4.5',
      '1..2.3',
      '.1.2.3',
      '1.2.3.',
      '256.1.1.1',
      '01.2.3.4',
      '0x7f.0.0.1',
      '2130706433',
      '1.2.3.-4',
    ],
    [':', ':::', '1:', ':1', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:8::', '::1:2:3:4:5:6:7:8'],
    [
      '12345::',
      'g::',
      '1:2:3:4:5:6:7:1.2.3.4',
      '1.2.3.4::',
      '::1.2.3.4:5',
      '::1.2.3',
      '%eth0',
      '\u0131.2.3.4',
      '１.2.3.4',
    ],
    ['\0', '1.2.3.4\0', '\ud800', `${'1'.repeat(100_000)}`, `${':'.repeat(45)}`, `${'é'.repeat(45)}`],
  ])('refuses what is no address (%#)', (...texts) => {
    for (const text of texts) {
      expect(parseIp(text), text).toBeUndefined();
    }
  });

  it('never throws', () => {
    const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    fc.assert(fc.property(fc.string({ unit, maxLength: 60 }), (text) => void parseIp(text)));
  });
});

describe('parseCidr', () => {
  it('reads back what formatCidr writes, and clears the bits beyond', () => {
    fc.assert(
      fc.property(lanes, fc.nat(128), (value, n) => {
        const prefix = prefixOf(value, n % (value.length * 32 + 1));
        expect(parseCidr(`${formatIp(value)}/${prefix.bits}`)).toEqual(parseCidr(formatCidr(prefix)));
      }),
    );
  });

  it('spans from its first to its last address', () => {
    fc.assert(
      fc.property(lanes, fc.nat(128), (value, n) => {
        const widest = value.length * 32;
        const prefix = prefixOf(value, n % (widest + 1));
        const first = toBigInt(prefix.lanes);
        const last = toBigInt(lastOf(prefix));

        expect(last - first + 1n).toBe(1n << BigInt(widest - prefix.bits));
        expect(toBigInt(value) >= first && toBigInt(value) <= last).toBe(true);
      }),
    );
  });

  it.each([
    ['10.20.3.4/16', '10.20.0.0/16'],
    ['10.20.3.4', '10.20.3.4/32'],
    ['2001:db8::1', '2001:db8::1/128'],
    ['::ffff:10.0.0.0/104', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['fc00::/7', 'fc00::/7'],
  ])('reads %s as %s', (text, canonical) => {
    expect(formatCidr(parseCidr(text)!)).toBe(canonical);
  });

  it.each([
    '10.20.0.0/33',
    '2001:db8::/129',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0.0/1e1',
    '/8',
    'office',
    '',
    '::ffff:10.0.0.0/90',
  ])('refuses %j', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });
});

describe('readDecimalIp', () => {
  function read(text: string): IpLanes {
    const out = new Uint32Array(4);
    return Array.from(out.subarray(0, readDecimalIp(Buffer.from(text), 0, text.length, out)));
  }

  it('reads a number back', () => {
    const isNotInIpv4Space = (value: IpLanes) => value.length === 1 || toBigInt(value) >= 2n ** 32n;
    fc.assert(
      fc.property(lanes.filter(isNotInIpv4Space), (value) => {
        expect(read(`${toBigInt(value)}`)).toEqual(value);
      }),
    );
  });

  it.each(['', 'x', '1.0', '-1', `${2n ** 128n}`, '9'.repeat(60)])('refuses %j', (text) => {
    expect(read(text)).toEqual([]);
  });
});
