import { describe, expect, it } from 'vitest';
import { Names } from './names.ts';
import { internNumbered, NumberedIds } from './numbered-ids.ts';

describe('NumberedIds', () => {
  it('is a map from numbers to ids', () => {
    const ids = new NumberedIds();
    for (let number = 1; number <= 5000; number += 7) {
      ids.add(number, 2 * number);
    }
    expect([1, 8, 4998, 5000, 2].map((number) => ids.find(number))).toEqual([2, 16, 0, 0, 0]);
    expect(ids.find(1 + 7 * 700)).toBe(2 * (1 + 7 * 700));
    ids.clear();
    expect(ids.find(1)).toBe(0);
  });

  it('forgets all when they are too many', () => {
    const ids = new NumberedIds();
    for (let number = 1; number <= 16_385; number++) {
      ids.add(number, number);
    }
    expect([ids.find(1), ids.find(16_385)]).toEqual([0, 16_385]);
  });
});

describe('internNumbered', () => {
  const bytes = new TextEncoder().encode('app bob ....');
  const words = new DataView(bytes.buffer);

  it('gives the id of the text, also when ids have been given to others', () => {
    const names = new Names();
    const bob = internNumbered(names, 7, words, 4, 7);
    expect(names.textOf(bob)).toBe('bob');
    expect(internNumbered(names, 7, words, 4, 7)).toBe(bob);
    names.sweep(() => false);
    expect(names.textOf(internNumbered(names, 9, words, 0, 3))).toBe('app');
    expect(names.textOf(internNumbered(names, 7, words, 4, 7))).toBe('bob');
  });
});
