import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wrapText } from './wrap-text.ts';

it.each([
  ['breaks at blanks', 'one two three', 7, ['one two', 'three']],
  ['fills a line to the last cell', 'one two', 7, ['one two']],
  ['breaks a word that is longer than a line', 'abcdefgh ij', 3, ['abc', 'def', 'gh', 'ij']],
  ['keeps several blanks', 'a  b', 10, ['a  b']],
  ['counts two cells for wide characters', '数据库', 4, ['数据', '库']],
  ['counts none for combining marks', 'e\u0301e\u0301 e', 4, ['e\u0301e\u0301 e']],
  ['gives one empty line for no text', '', 5, ['']],
])('%s', (_, text, width, lines) => {
  expect(wrapText(text, width)).toEqual(lines);
});

it('loses nothing but the blanks at which it breaks', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 40 }), (text, width) => {
      expect(wrapText(text, width).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }),
  );
});
