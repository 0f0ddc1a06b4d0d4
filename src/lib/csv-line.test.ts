import { describe, expect, it } from 'vitest';
import { csvLine } from './csv-line.ts';

describe('csvLine', () => {
  it('quotes every cell', () => {
    expect(csvLine(['a', 'b "c", d', 'e\nf', ''])).toBe('"a","b ""c"", d","e\nf",""\r\n');
  });

  it.each(['=cmd|x', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '＠x'])('makes no formula of %j', (text) => {
    expect(csvLine([text])).toBe(`"'${text}"\r\n`);
  });

  it.each(['a=b', 'user@example.com', '1-2', '203.0.113.5'])('leaves %j as it is', (text) => {
    expect(csvLine([text])).toBe(`"${text}"\r\n`);
  });
});
