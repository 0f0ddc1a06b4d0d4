import { describe, expect, it } from 'vitest';
import type { MaintenanceWindow, WeeklyHours } from '../model/notification-rules.ts';
import { aWrite } from '../store/testkit.ts';
import { maintenanceOf } from './maintenance.ts';

const PATCHING = { reason: 'patching', owner: 'dba' };

function isIn(window: Partial<MaintenanceWindow>, start: string, end = start): boolean {
  const { alert, resourceKey } = aWrite(1, {}, { startTimeUtc: start, endTimeUtc: end });
  return maintenanceOf({ alert, resourceKey, tags: {} }, [{ ...PATCHING, ...window }]) !== undefined;
}

const weekly = (hours: Partial<WeeklyHours>) => ({
  weekly: { days: ['sunday'], from: '22:00', to: '02:00', timeZone: 'Europe/Berlin', ...hours } as WeeklyHours,
});

describe('maintenance', () => {
  // 2026-11-29 is a Sunday; Berlin is an hour ahead of UTC
  it.each([
    ['before', '2026-11-29T20:59:59Z', false],
    ['at its begin', '2026-11-29T21:00:00Z', true],
    ['after midnight of the next day', '2026-11-30T00:59:59.999Z', true],
    ['at its end', '2026-11-30T01:00:00Z', false],
    ['at the same hour of another day', '2026-11-28T22:00:00Z', false],
    ['after midnight of the day itself', '2026-11-29T00:30:00Z', false],
  ])('that comes each week: %s', (_, time, expected) => {
    expect(isIn(weekly({}), time)).toBe(expected);
  });

  it('of a whole day begins and ends at the same time', () => {
    expect(isIn(weekly({ from: '00:00', to: '00:00' }), '2026-11-29T22:59:00Z')).toBe(true);
    expect(isIn(weekly({ from: '00:00', to: '00:00' }), '2026-11-29T23:00:00Z')).toBe(false);
  });

  it('does not hide what goes on after its end', () => {
    expect(isIn(weekly({}), '2026-11-30T00:30:00Z', '2026-11-30T01:00:00Z')).toBe(false);
    expect(isIn(weekly({}), '2026-11-30T00:30:00Z', '2026-11-30T00:59:00Z')).toBe(true);
  });

  it('without a time hides nothing', () => {
    expect(isIn({}, '2026-11-29T22:00:00Z')).toBe(false);
  });
});
