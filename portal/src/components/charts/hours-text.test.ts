import { expect, it } from 'vitest';
import { hoursText } from './hours-text.ts';

it.each([
  [[6, 7, 8], '06:00–09:00'],
  [[0, 9, 10, 23], '00:00–01:00, 09:00–11:00, 23:00–24:00'],
  [[0, 6, 12, 18], 'hours 00, 06, 12, 18'],
  [Array.from({ length: 24 }, (_, hour) => hour), 'round the clock'],
])('tells the hours %j', (hours, text) => {
  expect(hoursText(hours)).toBe(text);
});
