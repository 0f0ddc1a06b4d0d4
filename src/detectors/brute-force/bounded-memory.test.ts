import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import {
  type Activity,
  ActivityClass,
  AuthenticationFailure,
  type Id,
  type ReadStatement,
} from '../../model/activity.ts';
import { day, orders } from '../testkit.ts';
import { bruteForce } from './brute-force.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const MAX_GROWTH_BYTES = 50_000_000;
/** Clients that are watched at a time, with the names that are kept of each; principals, with their addresses. */
const MAX_HELD = 4096 * (1 + 32) + 1024 * (2 + 64) + 32 + 64;
/** Bytes of a FATAL line of csvlog, and of the one that opened its session. */
const RECORD_BYTES = 600;
/** As long as PostgreSQL lets a name be. */
const NAME = Buffer.alloc(63, 'x');

/** One guess of a flood, reused: what it is about is set anew. */
function createGuess() {
  const guess = {
    engine: 'postgresql' as const,
    class: ActivityClass.authenticationFailure,
    time: 0,
    isLate: false,
    principal: 0,
    database: 0,
    address: 0,
    application: 0,
    place: 0,
    failure: AuthenticationFailure.wrongCredential as number,
    responseBytes: 0,
    status: 0,
    operation: 0,
    container: 0,
    protection: 0,
    sessionHigh: 0,
    sessionLow: 0,
    source: 'test.csv',
    byteOffset: 0,
    serial: 0,
    statementText: () => '',
    readStatement: (read: ReadStatement<never>) => read(new Uint8Array(4), 0, 0),
    readRecorded: () => undefined,
    directory: {
      principal: nameOf,
      database: nameOf,
      application: nameOf,
      word: nameOf,
      address: (address: Id) => ({ address: addressOf(address) }),
      addressText: addressOf,
      cloudRegionOf: () => undefined,
      place: () => ({ key: '', label: '', kind: 'public' as const }),
    },
    keep() {
      const copy = new Uint8Array(RECORD_BYTES);
      const origin = { source: 'test.csv', byteOffset: 0 };
      return [{ ...origin, time: 0, show: () => ({ ...origin, text: String(copy.length) }) }];
    },
  };
  return guess satisfies Activity;
}

/** Each in a network of its own. */
function addressOf(id: Id): string {
  return `2001:db8:${(id >> 16).toString(16)}:${(id & 0xffff).toString(16)}::7`;
}

function nameOf(id: Id): string {
  NAME.write(String(id).padStart(8));
  return NAME.toString('latin1');
}

it.each([
  ['a million made-up addresses and names', 1_000_000, Number.MAX_SAFE_INTEGER],
  ['made-up names, from as many addresses as are watched', 300_000, 4096],
])('holds little of %s', { timeout: 180_000 }, (_, attempts, addresses) => {
  const watch = bruteForce.watch(orders, {});
  const report = { finding: () => true, again: () => false, unsettled: () => {} };
  const guess = createGuess();
  collectGarbage();
  const before = process.memoryUsage();
  for (let n = 1; n <= attempts; n++) {
    guess.time = day(0) + n;
    guess.principal = n;
    guess.database = n;
    guess.address = (n % addresses) + 1;
    watch.evaluate(guess, report);
  }
  collectGarbage();
  const after = process.memoryUsage();
  let held = 0;
  watch.hold({ principal: () => void held++, address: () => void held++, application: () => {}, word: () => {} });

  expect(held).toBeGreaterThan(4096);
  expect(held).toBeLessThanOrEqual(MAX_HELD);
  expect(after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers).toBeLessThan(MAX_GROWTH_BYTES);
});
