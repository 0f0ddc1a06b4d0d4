import { describe, expect, it } from 'vitest';
import { UserError } from '../lib/user-error.ts';
import { parseTime } from './parse-time.ts';

describe('reads', () => {
  it.each([
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['2026-01-31T14:30', '2026-01-31T14:30:00.000Z'],
    ['2026-01-31 14:30:05', '2026-01-31T14:30:05.000Z'],
    ['2026-01-31T14:30:05.1239Z', '2026-01-31T14:30:05.123Z'],
    ['2026-01-31T14:30:05.29Z', '2026-01-31T14:30:05.290Z'],
    ['2026-01-31T14:30:00+02:00', '2026-01-31T12:30:00.000Z'],
    ['2026-01-31T14:30:00-0530', '2026-01-31T20:00:00.000Z'],
    ['2026-01-31T14:30z', '2026-01-31T14:30:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ])('%s', (text, time) => {
    expect(new Date(parseTime(text, '--from')).toISOString()).toBe(time);
  });
});

describe('refuses', () => {
  it.each([
    '',
    'yesterday',
    '2026',
    '2026-13-01',
    '2026-02-30',
    '2026-01-31T25:00',
    '2026-01-31T24:00',
    '31.01.2026',
    '1767225600',
    '2026-01-31T14:30+25:00',
    '2026-01-31Z',
    '2026-01-31T14:30 Europe/Berlin',
  ])('%j', (text) => {
    expect(() => parseTime(text, '--to')).toThrow(UserError);
  });

  it('with a sentence that shows what to write', () => {
    const sentence =
      '--to "2026-02-30" is not a time; write an ISO 8601 date or date-time such as 2026-01-31 or 2026-01-31T14:30:00Z';

    expect(() => parseTime('2026-02-30', '--to')).toThrow(new UserError(sentence));
  });
});
