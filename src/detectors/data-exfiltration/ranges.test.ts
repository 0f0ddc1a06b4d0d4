import { describe, expect, it } from 'vitest';
import { at } from '../testkit.ts';
import { alice, TRIED, times, told, visit } from './testkit.ts';

/** On so many evenings one range of each of two tables, each of so many rows, where their number is logged. */
const evenings = (days: number, rows: number, range: (n: number) => [from: number, to: number], first = TRIED) =>
  times(days, String).flatMap((_, n) => {
    const [from, to] = range(n);
    return ['customers', 'orders'].flatMap((table) =>
      visit(at(first + n, 15), alice, [`SELECT * FROM ${table} WHERE id BETWEEN ${from} AND ${to}`]).map((one) =>
        'statement' in one ? { ...one, rows } : one,
      ),
    );
  });
const adjoining = (n: number): [number, number] => [9000 * n, 9000 * n + 8999];

describe('ranges that adjoin, one each evening', () => {
  it('are told of from the fifth on', () => {
    expect(told(...evenings(5, 9000, adjoining))).toEqual(['alice: piece by piece Low']);
    expect(told(...evenings(5, 9000, (n) => adjoining(n < 3 ? n : n + 1)))).toEqual(['alice: piece by piece Low']);
  });

  it('are told of beside questions that bring as many rows', () => {
    const questions = times(5, String)
      .map((_, n) => at(2 + n, 9))
      .flatMap((time, n) =>
        visit(
          time,
          alice,
          times(2, (m) => `SELECT * FROM orders WHERE day >= '2026-01-${10 + 2 * n + m}'`),
        ).map((one) => ('statement' in one ? { ...one, rows: 12_000 } : one)),
      );

    expect(told(...questions, ...evenings(5, 9000, adjoining))).toEqual(['alice: piece by piece Low']);
  });

  it('are quiet where they are few, small, leave gaps, or were read so before', () => {
    expect(told(...evenings(4, 9000, adjoining))).toEqual([]);
    expect(told(...evenings(5, 90, adjoining))).toEqual([]);
    expect(told(...evenings(5, 9000, (n) => [9100 * n, 9100 * n + 8999]))).toEqual([]);
    expect(told(...evenings(5, 9000, (n) => adjoining((n * 3) % 5)))).toEqual([]);
    expect(told(...evenings(5, 9000, (n) => adjoining(n + Math.floor(n / 2))))).toEqual([]);
    expect(told(...evenings(5, 9000, adjoining, 1), ...evenings(5, 9000, adjoining))).toEqual([]);
  });
});
