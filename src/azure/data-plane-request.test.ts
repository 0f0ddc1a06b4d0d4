import { describe, expect, it } from 'vitest';
import { isQuery, isRefusal, wholeNumber } from './data-plane-request.ts';
import { among } from './testkit.ts';

describe('isRefusal', () => {
  it.each([
    [200, false],
    [400, false],
    [401, true],
    [403, true],
    [404, false],
    [0, false],
  ])('of status %i is %s', (status, expected) => {
    expect(isRefusal(status)).toBe(expected);
  });
});

describe('isQuery', () => {
  it.each([
    ['Query', true],
    ['SqlQuery', true],
    ['JSQuery', true],
    ['QUERY', true],
    ['QueryPlan', false],
    ['ReadFeed', false],
    ['uery', false],
    ['', false],
  ])('of %j is %s', (operation, expected) => {
    const { words, start, end } = among(operation);
    expect(isQuery(words, start, end)).toBe(expected);
  });
});

describe('wholeNumber', () => {
  it.each([
    ['0', 0],
    ['372', 372],
    ['372.99', 372],
    ['', 0],
    ['x', 0],
    ['-5', 0],
    ['1'.repeat(400), Number.MAX_SAFE_INTEGER],
  ])('of %j is %i', (text, expected) => {
    const { bytes, start, end } = among(text);
    expect(wholeNumber(bytes, start, end)).toBe(expected);
  });
});
