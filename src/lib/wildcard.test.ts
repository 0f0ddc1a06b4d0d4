import { describe, expect, it } from 'vitest';
import { fitsWildcard } from './wildcard.ts';

describe('fitsWildcard', () => {
  it.each([
    ['orders', 'Orders', true],
    ['orders', 'orders-2', false],
    ['prod-*', 'prod-eu', true],
    ['prod-*', 'preprod-eu', false],
    ['*_BruteForce', 'SQL.PostgreSQL_BruteForce', true],
    ['a*b*a', 'aba', true],
    ['a*a', 'a', false],
    ['*', '', true],
    ['', 'a', false],
  ])('%s for %s: %s', (pattern, text, expected) => {
    expect(fitsWildcard(pattern, text)).toBe(expected);
  });

  it('takes no longer for a pattern made to take long', () => {
    const start = performance.now();
    fitsWildcard(`${'*a'.repeat(10_000)}b`, 'a'.repeat(20_000));

    expect(performance.now() - start).toBeLessThan(2000);
  });
});
