import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../scripts/record/seeded-random.ts';
import { addValue, createExtremeTail, type ExtremeTail, extremeValue } from './extreme-tail.ts';

const START = 500_000;

function tailOf(values: readonly number[]): ExtremeTail {
  const tail = createExtremeTail(START);
  for (const [n, value] of values.entries()) {
    addValue(tail, START + n, value);
  }
  return tail;
}

function uniforms(seed: number, count: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.between(1, 999_999) / 1_000_000);
}

describe('the value that is exceeded with a wanted probability', () => {
  it('is that of the exponential distribution for exponential values, as nearly as 32 of them tell it', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const values = uniforms(seed, 1000).map((u) => -Math.log(u));
      const found = extremeValue(tailOf(values), START + 1400, values.length, 1e-4)!;

      expect(found).toBeGreaterThan(0.6 * -Math.log(1e-4));
      expect(found).toBeLessThan(1.8 * -Math.log(1e-4));
    }
  });

  it('is seldom exceeded: about as often as wanted', () => {
    let exceeded = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const values = uniforms(seed, 1000).map((u) => -Math.log(u));
      const bar = extremeValue(tailOf(values), START + 1400, values.length, 1e-3)!;
      exceeded += uniforms(seed + 1000, 1000).filter((u) => -Math.log(u) > bar).length;
    }

    expect(exceeded).toBeGreaterThan(10);
    expect(exceeded).toBeLessThan(120); // 40 are wanted
  });

  it('grows with the rarity, and lies above all but few of what was seen', () => {
    const values = uniforms(7, 500);
    const bars = [1e-2, 1e-3, 1e-4].map((q) => extremeValue(tailOf(values), START + 900, values.length, q)!);

    expect(bars).toEqual([...bars].sort((a, b) => a - b));
    expect(values.filter((value) => value > bars[0]!).length).toBeLessThan(15);
  });

  it('is not told of few values, nor of such as are only of this week', () => {
    expect(extremeValue(tailOf(uniforms(1, 90)), START + 400, 90, 1e-3)).toBeUndefined();
    const recent = createExtremeTail(START);
    for (const [n, value] of uniforms(2, 150).entries()) {
      addValue(recent, START + 1000 + n, value);
    }

    expect(extremeValue(recent, START + 1150, 150, 1e-3)).toBeUndefined();
    expect(extremeValue(recent, START + 1400, 150, 1e-3)).toBeDefined();
  });

  it('is finite for values that are all alike', () => {
    expect(extremeValue(tailOf(Array.from({ length: 200 }, () => 3)), START + 400, 200, 1e-6)).toBe(3);
  });
});
