import { describe, expect, it } from 'vitest';
import { renameIn, renameWithin, renamingOf } from './renaming.ts';

const renaming = renamingOf('ann', 'somebody');

class Holder {
  readonly seen = new Map<string, unknown>([['ann|DE', { by: 'Ann' }]]);
  names = new Set(['ann', 'joanna']);
  title = 'Places of ann';
}

describe('another name', () => {
  it.each([
    ['ann', 'somebody', 'somebody'],
    ['ANN', 'somebody', 'somebody'],
    ['ann|DE', 'ann|DE', 'somebody|DE'],
    ['["ann",1]', '["ann",1]', '["somebody",1]'],
    ['joanna', 'joanna', 'joanna'],
    ['ann@example.com', 'ann@example.com', 'ann@example.com'],
    ['ann smith', 'ann smith', 'somebody smith'],
  ])('of %s', (text, name, within) => {
    expect([renaming.name(text), renaming.text(text)]).toEqual([name, within]);
  });

  it('of what JSON spells in another way', () => {
    const { text } = renamingOf('a"b', '$&');

    expect(text(JSON.stringify(['a"b', 'c']))).toBe('["$&","c"]');
  });

  it('stands in every text of a value, whose objects stay the same but those that may belong to others', () => {
    const holder = new Holder();
    const { seen, names } = holder;
    const facts = Object.freeze({ by: 'ann', list: Object.freeze(['ann', 'bob']) });
    const other = { by: 'bob' };
    const value = { holder, facts, same: facts, other, numbers: new Int32Array(2) };
    const renamed = renameIn(value, renaming);

    expect(renamed).not.toBe(value);
    expect([renamed.holder, renamed.other, renamed.numbers]).toEqual([holder, other, value.numbers]);
    expect([renamed.holder === holder, holder.seen === seen, holder.names === names, renamed.other === other]).toEqual(
      Array(4).fill(true),
    );
    expect([renamed.facts, renamed.same === renamed.facts, facts.by]).toEqual([
      { by: 'somebody', list: ['somebody', 'bob'] },
      true,
      'ann',
    ]);
    expect([[...seen], [...names], holder.title]).toEqual([
      [['somebody|DE', { by: 'somebody' }]],
      ['somebody', 'joanna'],
      'Places of somebody',
    ]);
  });

  it('leaves words of ours, and keeps who was there first under a key', () => {
    const root = {
      kind: 'ann',
      severity: 'ann',
      matters: new Map([
        ['somebody', 1],
        ['ann', 2],
        ['x', 3],
      ]),
    }; // prettier-ignore
    renameWithin(root, renaming);

    expect(root).toEqual({
      kind: 'ann',
      severity: 'ann',
      matters: new Map([
        ['somebody', 1],
        ['x', 3],
      ]),
    });
  });

  it('ends where values go round in a circle', () => {
    const circle: { by: string; next?: unknown } = { by: 'ann' };
    circle.next = new Map([['x', circle]]);
    renameWithin(circle, renaming);

    expect(circle.by).toBe('somebody');
  });
});
