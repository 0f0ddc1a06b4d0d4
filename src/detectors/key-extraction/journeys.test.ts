import { expect, it } from 'vitest';
import { at, publicAddress, replay, vietnam } from '../testkit.ts';
import { keyExtraction } from './key-extraction.ts';
import { keyOperation, ordinary } from './testkit.ts';

const provider = (n: number) => publicAddress(`198.51.100.${n + 1}`, 'DE', 'Germany', 3000 + n, `Provider ${n}`);

/** A colleague who lists keys every other day, and gains a place at home every other week. */
const colleague = Array.from({ length: 20 }, (_, n) =>
  keyOperation({ time: at(2 * n, 12), principal: 'omar', address: provider(Math.floor(n / 7)) }),
);

it.each([
  ['is told from a country in which nobody of the account ever was', vietnam, ['unusual place Low']],
  ['is not told from one more network at home', provider(9), []],
])('a known caller who now and then gains a place %s', (_, address, told) => {
  const history = [...ordinary(40), ...colleague].sort((a, b) => a.time - b.time);
  const last = keyOperation({ time: at(41, 12), principal: 'omar', address });

  expect(
    replay(keyExtraction, [...history, last])
      .filter(({ startTime }) => startTime >= at(40, 0))
      .map(({ finding: { variant, severity } }) => `${variant} ${severity}`),
  ).toEqual(told);
});
