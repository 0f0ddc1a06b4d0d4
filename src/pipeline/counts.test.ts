import { describe, expect, it } from 'vitest';
import { addCounts, countRejected, emptyCounts } from './counts.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

describe('countRejected', () => {
  it('keeps the first of each reason as an example', () => {
    const counts = emptyCounts();
    countRejected(counts, 'torn', 'a.csv at byte 1', bytes('first'));
    countRejected(counts, 'torn', 'a.csv at byte 2', bytes('second'));
    countRejected(counts, 'odd', 'b.csv at byte 3', bytes(''));
    expect(counts.rejected).toEqual({
      torn: { count: 2, where: 'a.csv at byte 1', example: 'first' },
      odd: { count: 1, where: 'b.csv at byte 3', example: '' },
    });
  });

  it('shows an example in a way that plays no tricks on a terminal, and cut', () => {
    const counts = emptyCounts();
    countRejected(counts, 'torn', 'x', bytes(`\x1b[2J\0\r\nä~${'x'.repeat(1000)}`));
    const { example } = counts.rejected.torn!;
    expect(example).toMatch(/^\\x1b\[2J\\x00\\x0d\\x0a\\xe4~x+$/);
    expect(example.length).toBeLessThan(200);
  });

  it('does not grow with the number of reasons', () => {
    const counts = emptyCounts();
    for (let i = 0; i < 1000; i++) {
      countRejected(counts, `reason ${i}`, 'x', bytes(''));
    }
    expect(Object.keys(counts.rejected)).toHaveLength(64);
  });

  it.each([
    ["ALTER ROLE app PASSWORD 'hunter2''s' VALID", "ALTER ROLE app PASSWORD '?' VALID"],
    ["ALTER ROLE app PASSWORD 'hunter2", "ALTER ROLE app PASSWORD '?'"],
    ['Server=x;AccountKey=hunter2==;Database=y', 'Server=x;AccountKey=?;Database=y'],
    ['postgres://app:hunter2@db/orders', 'postgres://app:?@db/orders'],
    ['10:00:00 key (id)=(7)', '10:00:00 key (id)=(7)'],
  ])('hides what is secret in %j', (record, shown) => {
    const counts = emptyCounts();
    countRejected(counts, 'torn', 'x', bytes(record));

    expect(counts.rejected.torn?.example).toBe(shown);
  });
});

describe('addCounts', () => {
  it('adds every number and keeps the first example', () => {
    const [one, other] = [emptyCounts(), emptyCounts()];
    countRejected(one, 'torn', 'here', bytes('a'));
    countRejected(other, 'torn', 'there', bytes('b'));
    countRejected(other, 'odd', 'there', bytes('c'));
    for (const counts of [one, other]) {
      Object.assign(counts, { bytes: 5, records: 4, skipped: 3, late: 2, notes: ['note'] });
      counts.activities.statement = 7;
      counts.expected['expected[0]'] = { findings: 1, afterwards: 2, isOver: counts === other };
    }
    other.expected['expected[1]'] = { findings: 0, afterwards: 0, isOver: false };
    addCounts(one, other);
    expect(one).toEqual({
      bytes: 10,
      records: 8,
      skipped: 6,
      late: 4,
      notes: ['note', 'note'],
      activities: { ...emptyCounts().activities, statement: 14 },
      rejected: {
        torn: { count: 2, where: 'here', example: 'a' },
        odd: { count: 1, where: 'there', example: 'c' },
      },
      expected: {
        'expected[0]': { findings: 2, afterwards: 4, isOver: true },
        'expected[1]': { findings: 0, afterwards: 0, isOver: false },
      },
    });
    expect(other.rejected['torn']!.count).toBe(1);
  });
});
