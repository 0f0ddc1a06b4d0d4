import { describe, expect, it } from 'vitest';
import { offsetOfAbbreviation } from './zone-abbreviations.ts';

const HOUR_MS = 3_600_000;
const WINTER = Date.UTC(2026, 0, 15);
const SUMMER = Date.UTC(2026, 6, 15);

/** How far the clock of a zone is from UTC. */
function offsetAt(timeZone: string, utcMs: number): number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return Date.parse(`${format.format(utcMs).replace(' ', 'T')}Z`) - utcMs;
}

describe('an abbreviation', () => {
  it.each([
    ['CET', 'Europe/Paris', WINTER],
    ['CEST', 'Europe/Paris', SUMMER],
    ['EET', 'Europe/Helsinki', WINTER],
    ['EEST', 'Europe/Helsinki', SUMMER],
    ['WET', 'Europe/Lisbon', WINTER],
    ['WEST', 'Europe/Lisbon', SUMMER],
    ['BST', 'Europe/London', SUMMER],
    ['MSK', 'Europe/Moscow', WINTER],
    ['EST', 'America/New_York', WINTER],
    ['EDT', 'America/New_York', SUMMER],
    ['MST', 'America/Denver', WINTER],
    ['MDT', 'America/Denver', SUMMER],
    ['PST', 'America/Los_Angeles', WINTER],
    ['PDT', 'America/Los_Angeles', SUMMER],
    ['NST', 'America/St_Johns', WINTER],
    ['AEST', 'Australia/Sydney', SUMMER],
    ['AEDT', 'Australia/Sydney', WINTER],
    ['ACDT', 'Australia/Adelaide', WINTER],
    ['NZST', 'Pacific/Auckland', SUMMER],
    ['NZDT', 'Pacific/Auckland', WINTER],
    ['JST', 'Asia/Tokyo', WINTER],
    ['KST', 'Asia/Seoul', WINTER],
    ['SAST', 'Africa/Johannesburg', WINTER],
  ])('%s is the time of %s', (name, timeZone, at) => {
    expect(offsetOfAbbreviation(name)).toBe(offsetAt(timeZone, at));
  });

  it.each(['IST', 'CST', 'CDT', 'IDT', 'cet', 'XYZ', '', 'constructor'])('%j is not known', (name) => {
    expect(offsetOfAbbreviation(name)).toBeUndefined();
  });

  it('is of half an hour, too', () => {
    expect(offsetOfAbbreviation('ACST')).toBe(9.5 * HOUR_MS);
  });
});
