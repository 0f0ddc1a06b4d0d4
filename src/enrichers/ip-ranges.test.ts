import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IpLanes, lastOf, parseCidr, parseIp, prefixOf } from '../lib/ip.ts';
import { addPrefix, addRange, createRangeList, findValue, findValues, sealRanges } from './ip-ranges.ts';

/** Addresses of few bits, so that ranges meet often, also in more than one lane. */
const small = fc.integer({ min: 0, max: 20 });
const edge = fc.constantFrom(0, 1, 2, 0x7fffffff, 0x80000000, 0xffffffff);
const ipv4 = fc.tuple(fc.oneof(small, edge));
const ipv6 = fc.tuple(edge, fc.oneof(small, edge), fc.constantFrom(0, 1), fc.oneof(small, edge));

interface Range {
  start: IpLanes;
  end: IpLanes;
}

function compare(a: IpLanes, b: IpLanes): number {
  const at = a.findIndex((lane, i) => lane !== b[i]);
  return at < 0 ? 0 : a[at] - b[at];
}

function rangeOf(address: fc.Arbitrary<IpLanes>): fc.Arbitrary<Range> {
  return fc.tuple(address, address).map((pair) => {
    const [start, end] = pair.sort(compare);
    return { start, end };
  });
}

/** The range that starts last first, then the one that ends first, then the one added last. */
function naiveFind(ranges: readonly Range[], address: IpLanes): number[] {
  return ranges
    .map((range, value) => ({ ...range, value }))
    .filter(({ start, end }) => compare(start, address) <= 0 && compare(address, end) <= 0)
    .sort((a, b) => compare(b.start, a.start) || compare(a.end, b.end) || b.value - a.value)
    .map(({ value }) => value);
}

describe('findValue', () => {
  it.each([
    ['IPv4', ipv4],
    ['IPv6', ipv6],
  ])('finds what a naive search finds, for ranges of %s that overlap anyhow', (_, address: fc.Arbitrary<IpLanes>) => {
    fc.assert(
      fc.property(
        fc.array(rangeOf(address), { maxLength: 150 }),
        fc.array(address, { maxLength: 30 }),
        (ranges, asked) => {
          const list = createRangeList();
          ranges.forEach(({ start, end }, value) => {
            addRange(list, start.length, Uint32Array.from(start), Uint32Array.from(end), value);
          });
          const sealed = sealRanges(list);

          for (const one of asked) {
            const all = naiveFind(ranges, one);

            expect(findValue(sealed, one)).toBe(all[0]);
            expect(findValues(sealed, one, 200)).toEqual(all);
            expect(findValues(sealed, one, 2)).toEqual(all.slice(0, 2));
          }
        },
      ),
    );
  });

  it('finds the longest prefix', () => {
    const prefix = fc
      .tuple(fc.oneof(ipv4, ipv6), fc.nat(128))
      .map(([lanes, n]) => prefixOf(lanes, n % (lanes.length * 32 + 1)));
    fc.assert(
      fc.property(fc.array(prefix, { minLength: 1, maxLength: 60 }), fc.nat(), (prefixes, n) => {
        const list = createRangeList();
        prefixes.forEach((one, value) => {
          addPrefix(list, one, value);
        });
        const { lanes } = prefixes[n % prefixes.length];
        const holding = prefixes.filter(
          (one) =>
            one.lanes.length === lanes.length && compare(one.lanes, lanes) <= 0 && compare(lanes, lastOf(one)) <= 0,
        );

        expect(prefixes[findValue(sealRanges(list), lanes)!].bits).toBe(Math.max(...holding.map(({ bits }) => bits)));
      }),
    );
  });

  it('keeps the families apart', () => {
    const list = createRangeList();
    addPrefix(list, parseCidr('0.0.0.0/0')!, 4);
    addPrefix(list, parseCidr('::/0')!, 6);
    const ranges = sealRanges(list);

    expect(findValue(ranges, parseIp('192.0.2.1')!.lanes)).toBe(4);
    expect(findValue(ranges, parseIp('2001:db8::1')!.lanes)).toBe(6);
  });

  it('finds nothing among no ranges', () => {
    expect(findValue(sealRanges(createRangeList()), [1])).toBeUndefined();
  });
});
