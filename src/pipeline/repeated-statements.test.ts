import { describe, expect, it } from 'vitest';
import { RepeatedStatements } from './repeated-statements.ts';

const MONDAY = Date.UTC(2026, 0, 5, 9);
const HOUR_MS = 3_600_000;

/** A statement whose hash is these words. */
function sent(hash: number[], what: { principal?: number; application?: number; time?: number } = {}) {
  return { principal: 7, application: 3, time: MONDAY, ...what, statementHash: () => Int32Array.from(hash) };
}

const select = [11, -12, 13, 14];

function known(): RepeatedStatements {
  const repeated = new RepeatedStatements();
  repeated.has(sent(select)); // the hour begins
  repeated.add(sent(select));
  return repeated;
}

describe('RepeatedStatements', () => {
  it('knows a statement of a principal with an application in its hour', () => {
    expect(known().has(sent(select, { time: MONDAY + HOUR_MS - 1 }))).toBe(true);
  });

  it.each([{ principal: 8 }, { application: 4 }])('tells another sender apart by %o', (other) => {
    expect(known().has(sent(select, other))).toBe(false);
  });

  it.each([0, 1, 2, 3])('tells another statement apart by word %i of its hash', (word) => {
    expect(known().has(sent(select.with(word, 99)))).toBe(false);
  });

  it('begins anew in the next hour', () => {
    const repeated = known();
    expect(repeated.has(sent(select, { time: MONDAY + HOUR_MS }))).toBe(false);
    expect(repeated.has(sent(select))).toBe(false); // late
    repeated.add(sent(select));
    expect(repeated.has(sent(select, { time: MONDAY + HOUR_MS }))).toBe(false);
  });

  it('knows none that has no hash', () => {
    const repeated = known();
    repeated.add(sent([]));
    expect(repeated.has(sent([]))).toBe(false);
  });

  it('forgets all at once', () => {
    const repeated = known();
    repeated.clear();
    expect(repeated.has(sent(select))).toBe(false);
  });

  it('never says so of one that did not come, among many', () => {
    const repeated = known();
    for (let i = 1; i <= 50_000; i++) {
      repeated.add(sent([i, i, i, i]));
    }
    for (let i = 50_001; i <= 100_000; i++) {
      expect(repeated.has(sent([i, i, i, i]))).toBe(false);
    }
    expect(repeated.has(sent([50_000, 50_000, 50_000, 50_000]))).toBe(true);
  });
});
