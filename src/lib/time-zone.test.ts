import { describe, expect, it } from 'vitest';
import { createZoneClock, fixedOffset } from './time-zone.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** What zone abbreviation an instant has, and its wall clock as if that were UTC. */
function wallClock(
  timeZone: string,
  utcMs: number,
  names: readonly [winter: string, summer: string],
  winterHours: number,
) {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  });
  const wallMs = Date.parse(`${format.format(utcMs).replace(', ', 'T')}Z`);
  return { wallMs, name: wallMs - utcMs === winterHours * HOUR_MS ? names[0] : names[1] };
}

describe('createZoneClock', () => {
  it.each([
    ['Europe/Berlin', ['CET', 'CEST'], 1, Date.UTC(2026, 2, 28), 'into summer'],
    ['Europe/Berlin', ['CET', 'CEST'], 1, Date.UTC(2026, 9, 24), 'into winter'],
    ['America/New_York', ['EST', 'EDT'], -5, Date.UTC(2026, 2, 7), 'into summer'],
    ['America/New_York', ['EST', 'EDT'], -5, Date.UTC(2026, 9, 31), 'into winter'],
    ['Asia/Kolkata', ['IST', 'IST'], 5.5, Date.UTC(2026, 2, 7), 'where nothing changes'],
  ] as const)('follows the clock of %s (%s, winter %i, from %i) %s', (...[timeZone, names, winterHours, start]) => {
    const clock = createZoneClock(timeZone);
    for (let utcMs = start; utcMs < start + 72 * HOUR_MS; utcMs += 10 * MINUTE_MS) {
      const { wallMs, name } = wallClock(timeZone, utcMs, names, winterHours);
      expect(new Date(wallMs - clock.offsetOf(wallMs, name)).toISOString()).toBe(new Date(utcMs).toISOString());
    }
  });

  it('knows both abbreviations of the repeated hour from what they meant before', () => {
    const clock = createZoneClock('Europe/Berlin');
    clock.offsetOf(Date.UTC(2026, 0, 1), 'CET');
    clock.offsetOf(Date.UTC(2026, 6, 1), 'CEST');
    const repeated = Date.UTC(2026, 9, 25, 2, 30);
    expect(clock.offsetOf(repeated, 'CET')).toBe(HOUR_MS);
    expect(clock.offsetOf(repeated, 'CEST')).toBe(2 * HOUR_MS);
  });

  it('gives NaN for no time', () => {
    expect(createZoneClock('Europe/Berlin').offsetOf(Number.NaN, 'CET')).toBeNaN();
  });
});

describe('fixedOffset', () => {
  it.each([
    ['UTC', 0],
    ['GMT', 0],
    ['Z', 0],
    ['+05', 5 * HOUR_MS],
    ['-03', -3 * HOUR_MS],
    ['+0530', 5.5 * HOUR_MS],
    ['-03:30', -3.5 * HOUR_MS],
    ['CET', undefined],
    ['utc', undefined],
    ['+5', undefined],
    ['+05:3', undefined],
    ['', undefined],
  ])('%j is %j', (zone, offset) => {
    expect(fixedOffset(zone)).toBe(offset);
  });
});
