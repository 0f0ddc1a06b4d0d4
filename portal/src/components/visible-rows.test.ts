import { describe, expect, it } from 'vitest';
import { visibleRows } from './visible-rows.ts';

const list = { count: 10_000, rowHeight: 70 };

describe('visibleRows', () => {
  it('draws what is on the screen, and some on both sides', () => {
    const { first, end } = visibleRows(70 * 5000, 700, list);

    expect(first).toBeLessThanOrEqual(4988);
    expect(end).toBeGreaterThanOrEqual(5022);
    expect(end - first).toBeLessThan(70);
  });

  it.each([
    [-200, { first: 0 }],
    [0, { first: 0 }],
    [70 * 10_000 - 700, { end: 10_000 }],
    [70 * 20_000, { first: 10_000, end: 10_000 }],
  ])('stays within the list when %j pixels are scrolled', (scrolled, expected) => {
    expect(visibleRows(scrolled, 700, list)).toMatchObject(expected);
  });
});
