import { expect, it } from 'vitest';
import { isDeeperThan } from './json-depth.ts';

it.each([
  ['[[[]]]', false],
  ['[[[[]]]]', true],
  ['[{"a":[{}]}]', true],
  ['{"a":1},[],[],[],[]', false],
  ['"[[[[[["', false],
  [String.raw`["\"[[[[[["]`, false],
  [String.raw`["\\",[[[]]]]`, true],
  ['"[[[[[[', false],
  ['[[[['.repeat(200_000), true],
  [`"${'\\'.repeat(400_000)}`, false],
])('tells how deep %.40s is', (json, expected) => {
  expect(isDeeperThan(3, json)).toBe(expected);
});
