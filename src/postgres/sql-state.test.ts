import { describe, expect, it } from 'vitest';
import { readSqlState, sqlState, sqlStateText } from './sql-state.ts';
import { logBytes } from './testkit.ts';

describe('an SQLSTATE', () => {
  it.each(['00000', '28P01', '42601', 'XX000', 'P0001', 'ZZZZZ'])('%s is a number and comes back', (text) => {
    const { bytes } = logBytes(`,${text},`);

    expect(readSqlState(bytes, 1)).toBe(sqlState(text));
    expect(sqlStateText(sqlState(text))).toBe(text);
  });

  it('is 0 for successful completion, and where there is none', () => {
    expect(sqlState('00000')).toBe(0);
    expect(readSqlState(logBytes('28p01').bytes, 0)).toBe(0);
    expect(readSqlState(logBytes('28P0').bytes, 0)).toBe(0);
    expect(readSqlState(logBytes('"28P01"').bytes, 0)).toBe(0);
  });
});
