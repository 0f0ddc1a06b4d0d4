import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressesIn } from './stix-pattern.ts';

describe('addressesIn', () => {
  it.each([
    ["[ipv4-addr:value = '192.0.2.1']", ['192.0.2.1']],
    ["[ipv4-addr:value='192.0.2.1']", ['192.0.2.1']],
    ["[ipv4-addr:value = '192.0.2.1' OR ipv6-addr:value = '2001:db8::1']", ['192.0.2.1', '2001:db8::1']],
    ["[ipv4-addr:value = '192.0.2.1'] OR [ipv4-addr:value = '192.0.2.2']", ['192.0.2.1', '192.0.2.2']],
    ["[ipv4-addr:value IN ('192.0.2.1', '192.0.2.2')]", ['192.0.2.1', '192.0.2.2']],
    ["[ipv4-addr:value ISSUBSET '192.0.2.0/24']", ['192.0.2.0/24']],
    ["[ipv4-addr:value = '192.0.2.0/24']", ['192.0.2.0/24']],
    ["[network-traffic:src_ref.type = 'ipv4-addr' AND network-traffic:src_ref.value = '192.0.2.1']", ['192.0.2.1']],
    ["[network-traffic:dst_ref.value = '192.0.2.1' AND network-traffic:dst_port IN (443, 8443)]", ['192.0.2.1']],
    ["[network-traffic:extensions.'http-ext'.x = 'a' AND network-traffic:src_ref.value = '192.0.2.1']", ['192.0.2.1']],
    [
      "([ipv4-addr:value = '192.0.2.1'] OR [ipv4-addr:value = '192.0.2.2']) REPEATS 5 TIMES WITHIN 300.5 SECONDS",
      ['192.0.2.1', '192.0.2.2'],
    ],
    ["[ipv4-addr:value = '192.0.2.1'] START t'2026-01-01T00:00:00Z' STOP t'2026-02-01T00:00:00Z'", ['192.0.2.1']],
    ["[domain-name:value = 'a.example' OR ipv4-addr:value = '192.0.2.1']", ['192.0.2.1']],
    [
      "[(ipv4-addr:value = '192.0.2.1' OR ipv4-addr:value = '192.0.2.2') AND network-traffic:dst_port = 5432]",
      ['192.0.2.1', '192.0.2.2'],
    ],
    ["[ipv4-addr:value = 'it\\'s']", ["it's"]],
  ])('finds them in %s', (pattern, addresses) => {
    expect(addressesIn(pattern)).toEqual(addresses);
  });

  it.each([
    "[ipv4-addr:value != '192.0.2.1']",
    "[ipv4-addr:value NOT = '192.0.2.1']",
    "[ipv4-addr:value NOT IN ('192.0.2.1')]",
    "[ipv4-addr:value NOT ISSUBSET '192.0.2.0/24']",
    "[ipv4-addr:value LIKE '192.%']",
    '[ipv4-addr:value IN ()]',
    'ipv4-addr:value=(',
    "[ipv4-addr:value = '192.0.2.1' AND file:name = 'x']",
    "[ipv4-addr:value = '192.0.2.1'] AND [domain-name:value = 'a.example']",
    "[ipv4-addr:value = '192.0.2.1'] FOLLOWEDBY [ipv4-addr:value = '192.0.2.2']",
    "[domain-name:value = 'a.example']",
    '[network-traffic:dst_port = 5432]',
    '[EXISTS ipv4-addr:value]',
    "[ipv4-addr:value = '192.0.2.1'",
    "[ipv4-addr:value = '192.0.2.1']]",
    "[ipv4-addr:value = '192.0.2.1",
    'ipv4-addr:value',
    '',
    '\0',
    `${'('.repeat(5000)}ipv4-addr:value = '192.0.2.1'`,
  ])('finds none that would do alone in %s', (pattern) => {
    expect(addressesIn(pattern)).toBeUndefined();
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      ' ',
      "'",
      '\\',
      'AND',
      ' OR ',
      ' NOT ',
      'IN',
      '=',
      'WITHIN',
      ...['ipv4-addr:value', "'192.0.2.1'"],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(addressesIn(pieces.join(''))?.length ?? 1).toBeGreaterThan(0);
      }),
    );
  });

  it('reads a long pattern in no time', () => {
    const long = Array.from({ length: 1500 }, (_, n) => `ipv4-addr:value = '192.0.${n >> 8}.${n & 255}'`).join(' OR ');

    expect(addressesIn(`[${long}]`)).toHaveLength(1500);
    expect(addressesIn(`[${long} OR ${long} OR ${long}]`)).toBeUndefined(); // longer than what is read
  });
});
