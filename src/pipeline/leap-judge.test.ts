import { describe, expect, it } from 'vitest';
import { DAY_MS, readHistory, START, statementAt, statements } from './testkit.ts';

const HOUR_MS = 3_600_000;
/** Of the year 2099. */
const FAR = Date.UTC(2099, 0, 1) - START;
const REASON = 'a time far ahead of the records around it';

/** Who is seen, and how many are refused. */
async function judge(
  files: Record<string, string>,
): Promise<{ principals: string[]; refused: number; records: number }> {
  const { seen, counts } = await readHistory(files);
  const others = Object.keys(counts.rejected).filter((reason) => reason !== REASON);
  expect(others).toEqual([]);
  const principals = [...new Set(seen.map(({ principal }) => principal))];
  return { principals, refused: counts.rejected[REASON]?.count ?? 0, records: seen.length };
}

describe('is believed', () => {
  it.each([
    ['a gap of three days', statements(200, 0) + statements(200, 3 * DAY_MS, 'later'), 400],
    ['a gap of a year, with few records behind it', statements(200, 0) + statements(3, 365 * DAY_MS, 'later'), 203],
    ['a gap at the end, one record behind it', statements(20, 0) + statementAt(3 * DAY_MS, 'later'), 21],
    [
      'less than a day, whatever follows',
      statementAt(0) + statementAt(23 * HOUR_MS, 'later') + statements(150, 1000),
      152,
    ],
    [
      'a gap with late ones behind it',
      statements(20, 0) + statements(95, 3 * DAY_MS, 'later') + statements(5, 20_000),
      120,
    ],
    ['the first record, whenever it is', statements(5, FAR, 'later'), 5],
    ['the only record', statementAt(FAR, 'later'), 1],
  ])('%s', async (_, log, records) => {
    const seen = await judge({ 'a.csv': log });
    expect(seen).toMatchObject({ refused: 0, records });
    expect(seen.principals).toContain('later');
  });

  it('a last record of a file when the next file goes on from there', async () => {
    const seen = await judge({
      'a.csv': statements(20, 0) + statementAt(90 * DAY_MS, 'later'),
      'b.csv': statements(20, 90 * DAY_MS + 5000, 'next'),
    });
    expect(seen).toMatchObject({ principals: ['app', 'later', 'next'], refused: 0 });
  });
});

describe('is not believed', () => {
  it.each([
    ['in the middle', statements(300, 0) + statementAt(FAR, 'far') + statements(300, 300_000), 1],
    ['as the first', statementAt(FAR, 'far') + statements(300, 0), 1],
    ['as the first of two', statementAt(FAR, 'far') + statementAt(0), 1],
    ['as the last', statements(300, 0) + statementAt(FAR, 'far'), 1],
    ['as the last but one', statements(300, 0) + statementAt(FAR, 'far') + statementAt(300_000), 1],
    ['again and again', (statements(150, 0) + statementAt(FAR, 'far')).repeat(5), 5],
    ['ten in a row', statements(150, 0) + statements(10, FAR, 'far') + statements(150, 150_000), 10],
  ])('a record of the year 2099 %s, and all others are read', async (_, log, refused) => {
    const records = log.split('\n').length - 1 - refused;
    expect(await judge({ 'a.csv': log })).toEqual({ principals: ['app'], refused, records });
  });

  it('a last record of a file when the next file does not go on from there', async () => {
    const seen = await judge({
      'a.csv': statements(20, 0) + statementAt(5 * DAY_MS, 'far'),
      'b.csv': statements(20, 60_000, 'next'),
    });
    expect(seen).toMatchObject({ principals: ['app', 'next'], refused: 1 });
  });
});

it('judges the same when more follows than is read at a time', async () => {
  const log =
    statements(3000, 0) +
    statementAt(FAR, 'far') +
    statements(3000, 3_000_000) +
    statements(3000, 10 * DAY_MS, 'later');
  expect(await judge({ 'a.csv': log })).toEqual({ principals: ['app', 'later'], refused: 1, records: 9000 });
});
