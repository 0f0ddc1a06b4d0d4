import { describe, expect, it } from 'vitest';
import { RepeatedAccesses } from './repeated-accesses.ts';

const MONDAY = Date.UTC(2026, 0, 5, 9);
const HOUR_MS = 3_600_000;
const access = { principal: 7, address: 3, application: 2, time: MONDAY };

function known(): RepeatedAccesses {
  const repeated = new RepeatedAccesses();
  repeated.has(access); // the day begins
  repeated.add(access);
  return repeated;
}

describe('RepeatedAccesses', () => {
  it('knows an access on its day, whatever the hour', () => {
    expect(known().has({ ...access, time: MONDAY + 14 * HOUR_MS })).toBe(true);
  });

  it.each([{ principal: 8 }, { address: 4 }, { application: 1 }])('tells another one apart by %o', (other) => {
    expect(known().has({ ...access, ...other })).toBe(false);
  });

  it('begins anew on the next day', () => {
    const repeated = known();
    expect(repeated.has({ ...access, time: MONDAY + 24 * HOUR_MS })).toBe(false);
    expect(repeated.has(access)).toBe(false); // late
  });

  it('notes nothing that comes late', () => {
    const repeated = known();
    const late = { ...access, principal: 9, time: MONDAY - 24 * HOUR_MS };
    repeated.add(late);
    expect(repeated.has(late)).toBe(false);
    expect(repeated.has({ ...late, time: MONDAY })).toBe(false);
  });

  it('forgets all at once', () => {
    const repeated = known();
    repeated.clear();
    expect(repeated.has(access)).toBe(false);
  });

  it('never says so of one that did not come, among many', () => {
    const repeated = known();
    for (let principal = 1; principal <= 100_000; principal++) {
      repeated.add({ ...access, principal });
    }
    for (let principal = 100_001; principal <= 200_000; principal++) {
      expect(repeated.has({ ...access, principal })).toBe(false);
    }
    expect(repeated.has({ ...access, principal: 100_000 })).toBe(true);
  });
});
