import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDisjointSets } from './disjoint-sets.ts';

it('joins what was joined through others, and names a set by its least member', () => {
  const sets = createDisjointSets(6);
  sets.join(5, 3);
  sets.join(4, 1);
  sets.join(3, 4);

  expect(Array.from({ length: 6 }, (_, i) => sets.leastOf(i))).toEqual([0, 1, 2, 1, 1, 1]);
});

it('is the same in whatever order joins are made', () => {
  const members = fc.nat({ max: 19 });
  fc.assert(
    fc.property(fc.array(fc.tuple(members, members)), (joins) => {
      const [forth, back] = [joins, joins.toReversed()].map((order) => {
        const sets = createDisjointSets(20);
        for (const [a, b] of order) {
          sets.join(a, b);
        }
        return Array.from({ length: 20 }, (_, i) => sets.leastOf(i));
      });

      expect(back).toEqual(forth);
      expect(forth.every((least, i) => least <= i && forth[least] === least)).toBe(true);
    }),
  );
});
