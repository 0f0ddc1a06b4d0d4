import { expect, it } from 'vitest';
import { lookOf } from './look.ts';

it.each([
  ['a terminal has its width and color', { isTTY: true, columns: 120 }, {}, { width: 120, color: true }],
  ['a pipe has neither', {}, {}, { width: 100, color: false }],
  ['NO_COLOR is respected', { isTTY: true, columns: 120 }, { NO_COLOR: '1' }, { width: 120, color: false }],
  ['a dumb terminal has no color', { isTTY: true, columns: 80 }, { TERM: 'dumb' }, { width: 80, color: false }],
  ['a terminal that does not tell its width', { isTTY: true, columns: 0 }, {}, { width: 100, color: true }],
  ['a very narrow terminal', { isTTY: true, columns: 20 }, {}, { width: 60, color: true }],
])('%s', (_, stream, environment, look) => {
  expect(lookOf(stream, environment)).toEqual(look);
});
