import { expect, it } from 'vitest';
import { ownersText, parseOwners, takenOver, wasCommitted } from './ownership.ts';

const owners = (text: string) => parseOwners(`vedette1 ${text}`);

it('is written and read back', () => {
  expect(owners('a@0 b-1@17')).toEqual([
    { owner: 'a', start: 0n },
    { owner: 'b-1', start: 17n },
  ]);
  expect(ownersText(owners('a@0 b@17'))).toBe('vedette1 a@0 b@17');
});

it.each([null, undefined, '', 'NO_METADATA', 'vedette1 a', 'vedette1 a@x', 'vedette2 a@1'])(
  'reads nothing in %j',
  (text) => {
    expect(parseOwners(text)).toEqual([]);
  },
);

it('stays below what brokers keep', () => {
  const many = Array.from({ length: 1000 }, (_, i) => ({ owner: `journal-${i}`, start: 2n ** 62n }));

  expect(ownersText(many).length).toBeLessThan(4096);
  expect(parseOwners(ownersText(many)).at(-1)?.owner).toBe('journal-999');
});

it('adds an owner once', () => {
  const group = { offset: 5n, owners: owners('a@0') };

  expect(takenOver(group, 'a')).toEqual(owners('a@0'));
  expect(takenOver(group, 'b')).toEqual(owners('a@0 b@5'));
});

it.each([
  ['mine, and the offset came there', 20n, 'me@0', true],
  ['mine, and the offset did not', 10n, 'me@0', false],
  ['taken over behind it', 90n, 'me@0 b@20 c@50', true],
  ['taken over before it', 90n, 'me@0 b@10 c@50', false],
  ['taken over and back', 60n, 'me@0 b@10 me@50', true],
  ['never mine', 90n, 'b@0', false],
])('tells whether it was committed up to 20: %s', (_, offset, text, expected) => {
  expect(wasCommitted({ offset, owners: owners(text) }, 'me', 20n)).toBe(expected);
});

it('goes by the offset where the broker keeps no metadata', () => {
  expect(wasCommitted({ offset: 20n, owners: [] }, 'me', 20n)).toBe(true);
  expect(wasCommitted({ offset: 19n, owners: [] }, 'me', 20n)).toBe(false);
});
