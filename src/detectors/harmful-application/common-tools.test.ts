import { describe, expect, it } from 'vitest';
import { at, brazil, type Happening, replay, replayOnce, signIn } from '../testkit.ts';
import { harmfulApplication } from './harmful-application.ts';

/** Somebody tries many credentials through one tool, one a minute, from the hour of a day on. */
function campaign(from: number, to: number, day = 1, application = 'sqlmap/1.7'): Happening[] {
  return Array.from({ length: to - from }, (_, n) =>
    signIn({ time: at(day, 0) + (from + n) * 60_000, principal: `user_${from + n}`, application, address: brazil }),
  );
}

function matters(history: readonly Happening[]) {
  return replay(harmfulApplication, history).map(({ finding }) => finding);
}

describe('a tool for attacks under many names', () => {
  it('is told of eight principals one by one, and of all others as one matter', () => {
    const told = matters(campaign(0, 100));
    expect(told).toHaveLength(9);
    expect(told.slice(0, 8).map(({ entities }) => entities.principal)).toEqual(
      Array.from({ length: 8 }, (_, n) => `user_${n}`),
    );
    const { entities, count, observed, summary } = told[8]!;
    expect(entities.principal).toBe('user_8');
    expect(entities.otherPrincipals).toHaveLength(31);
    expect(count).toBe(92);
    expect(observed).toMatchObject({ Principals: '92', 'Principals told before': '8' });
    expect(summary).toContain('user_8 and 91 other principals logged in to orders through sqlmap/1.7');
  });

  it('is told of each where there are few, and of each tool by itself', () => {
    expect(matters(campaign(0, 8))).toHaveLength(8);
    expect(matters([...campaign(0, 8), ...campaign(8, 16, 1, 'nmap')])).toHaveLength(16);
  });

  it('is told of each again after a day without, but not of those that were told', () => {
    const told = matters([...campaign(0, 12), ...campaign(0, 14, 4)]);
    expect(told).toHaveLength(11);
    expect(told.slice(9).map(({ entities }) => entities.principal)).toEqual(['user_12', 'user_13']);
  });

  it('is usual for all that it was told of once somebody has accepted that', () => {
    const later = [...campaign(0, 12, 0, 'shop-api'), ...campaign(0, 12), ...campaign(8, 12, 40)];
    expect(replayOnce(harmfulApplication, later)).toHaveLength(9 + 4);
    expect(replayOnce(harmfulApplication, later, {}, { acceptTime: at(2, 0) })).toHaveLength(9);
  });
});
