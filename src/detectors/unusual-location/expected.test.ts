import { expect, it } from 'vitest';
import { at, brazil, replayOnce, signIn } from '../testkit.ts';
import { unusualLocation } from './unusual-location.ts';

/** Past the learning period. */
const settled = Array.from({ length: 14 }, (_, n) => signIn({ time: at(n, 8) }));

it('learns what somebody expects', () => {
  const expected = [{ label: 'expected[0]', principal: 'alice', network: '203.0.113.0/24', until: at(14, 4) }];
  const visits = [3, 5, 8 * 24].map((hour) => signIn({ time: at(14, hour), address: brazil }));

  expect(replayOnce(unusualLocation, [...settled, ...visits])).toMatchObject([{ count: 2 }, { count: 1 }]);
  expect(replayOnce(unusualLocation, [...settled, ...visits], {}, { expected })).toEqual([]);
  expect(replayOnce(unusualLocation, [...settled, visits[1]], {}, { expected })).toHaveLength(1);
});
