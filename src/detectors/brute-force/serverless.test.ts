import { expect, it } from 'vitest';
import type { AddressFacts } from '../../model/address-facts.ts';
import { at, failedSignIn, type Happening, publicAddress, replay, series, signIn } from '../testkit.ts';
import { bruteForce } from './brute-force.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BROKEN = at(10, 2);

/** Addresses of one region, announced by several networks. */
function instance(n: number, region = 'us-east-1'): AddressFacts {
  const net = region === 'us-east-1' ? '203.0.113' : '198.51.100';
  return {
    ...publicAddress(`${net}.${n}`, 'US', 'United States', 14_618 + (n % 2), 'Amazon'),
    cloudRegion: { provider: 'AWS', region, label: region },
  };
}

const who = { principal: 'svc_fn', application: 'fn' };

/** A function that has logged in from so many addresses. */
const usual = (addresses: number): Happening[] =>
  series(at(0, 0), 200, HOUR).map((time, n) => signIn({ ...who, time, address: instance(n % addresses) }));

/** Its password is changed, or somebody guesses it: two failures from each of sixty addresses, and then a login. */
const failures = (region?: string): Happening[] => [
  ...series(BROKEN, 120, MINUTE / 2).map((time, n) =>
    failedSignIn({ ...who, time, address: instance(100 + (n % 60), region) }),
  ),
  signIn({ ...who, time: BROKEN + 61 * MINUTE, address: instance(200, region) }),
];

const found = (...history: Happening[]) => replay(bruteForce, history).map(({ finding }) => finding.severity);

it('is quiet about a function with a stale password, on whatever machine of its region it runs', () => {
  expect(found(...usual(40), ...failures())).toEqual([]);
});

it('tells of the same against a program that comes from few addresses, and from another region', () => {
  expect(found(...usual(4), ...failures())).toEqual(['High']);
  expect(found(...usual(40), ...failures('sa-east-1'))).toEqual(['High']);
});
