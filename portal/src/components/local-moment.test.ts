import { expect, it } from 'vitest';
import { isoOf, localText } from './local-moment.ts';

it('gives back the moment that it was given, to the minute', () => {
  expect(isoOf(localText('2026-11-18T07:30:20.000Z'))).toBe('2026-11-18T07:30:00.000Z');
});

it('knows no moment while a field is empty', () => {
  expect(isoOf('')).toBeUndefined();
});
