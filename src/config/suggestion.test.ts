import { expect, it } from 'vitest';
import { suggestion } from './suggestion.ts';

it.each([
  ['names the nearest', 'formt', ['path', 'format'], '; did you mean "format"?'],
  ['minds no letter case', 'TIMEZONE', ['timezone', 'path'], '; did you mean "timezone"?'],
  ['accepts half of the letters', 'paXX', ['path'], '; did you mean "path"?'],
  ['lists all where none is near', 'pXXX', ['path', 'format'], '; valid here: path, format'],
  [
    'lists the first twelve',
    '?',
    'a b c d e f g h i j k l m n'.split(' '),
    '; valid here: a, b, c, d, e, f, g, h, i, j, k, l, …',
  ],
  ['says nothing where nothing is valid', 'x', [], ''],
])('%s', (_, word, candidates, end) => {
  expect(suggestion(word, candidates)).toBe(end);
});
