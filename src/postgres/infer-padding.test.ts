import { describe, expect, it } from 'vitest';
import { guessPrefix } from './guess-prefix.ts';
import { paddedPrefixes } from './infer-padding.ts';

const CLIENTS = [
  { u: 'app', d: 'shop', h: '192.0.2.10', p: '987' },
  { u: 'analyst', d: 'warehouse', h: '198.51.100.23', p: '4002' },
  { u: 'postgres', d: 'postgres', h: '203.0.113.5', p: '104003' },
];

/** A session of each client, and a line of the server's own, as the server pads their fields. */
function logUnder(prefix: string): string[] {
  const [common, ofClients = ''] = prefix.split('%q');
  const written = (fields: Record<string, string>, text: string) =>
    text.replaceAll(/%(-?)(\d*)([a-z])/g, (_, left: string, width: string, letter: string) => {
      const value = fields[letter] ?? '';
      return left === '' ? value.padStart(Number(width)) : value.padEnd(Number(width));
    });
  const clients = CLIENTS.flatMap((client, i) => {
    const fields = { ...client, m: `2026-11-21 10:00:0${i}.123 UTC` };
    const head = written(fields, common! + ofClients);
    return [
      `${head}LOG:  connection authorized: user=${client.u} database=${client.d}`,
      `${head}LOG:  statement: SELECT 1`,
      `${head}LOG:  disconnection: session time: 0:00:01.532 user=${client.u} database=${client.d} host=${client.h} port=5`,
    ];
  });
  const own = written({ m: '2026-11-21 10:00:09.123 UTC', p: '77' }, common!);
  return [...clients, `${own}LOG:  checkpoint starting: time`];
}

describe('fields that are padded', () => {
  it.each([
    ['%m [%6p] ', '%m [%6p] '],
    ['%m [%-6p] ', '%m [%-6p] '],
    ['%m [%p] %q%-12u|%-12d|%-16h| ', '%m [%p] %q%-12u|%-12d|%-16h| '],
    ['%m [%7p] %q%u@%d ', '%m [%7p] %q%u@%d '],
    ['%m %-12u %-12d [%p] ', '%m %-13u%-13d[%p] '], // which writes the same
  ])('are found in lines under %s', (prefix, expected) => {
    expect(guessPrefix(logUnder(prefix))).toEqual({ prefix: expected, share: 1 });
  });

  it('are looked for only where spaces tell of them', () => {
    expect(paddedPrefixes(['%m', ' ', '[', '%p', ']', ' ', '%u', ' '], [27, 1, 1, 4, 1, 1, 3, 1])).toEqual([]);
  });

  it('keep one space or none', () => {
    const pieces = ['%u', ' ', ' ', ' ', '%d', ' '];

    expect(paddedPrefixes(pieces, [3, 1, 1, 1, 4, 1]).map((each) => each.join(''))).toEqual(['%-6u%d ', '%-5u %d ']);
  });
});
