import { describe, expect, it } from 'vitest';
import { at, brazil, type Happening, privateAddress, replay, signIn } from '../testkit.ts';
import { harmfulApplication } from './harmful-application.ts';

const node = privateAddress('10.0.0.5');
/** A program logs in four times a day for two months and a half. */
const service = Array.from({ length: 300 }, (_, n) =>
  signIn({ time: at(0, 6 * n), principal: 'shop_app', application: 'shop-api', address: node }),
);

/** On some days its password is used with psql. */
function found(days: readonly number[], last: Partial<Happening> = {}): string[] {
  const byHand = days.map((n) =>
    signIn({
      time: at(n, 2),
      principal: 'shop_app',
      application: 'psql',
      address: privateAddress('10.0.0.77'),
      ...(n === days.at(-1) && last),
    }),
  );
  const history = [...service, ...byHand].sort((a, b) => a.time - b.time);
  return replay(harmfulApplication, history).map(({ finding, startTime }) => {
    return `${finding.severity} ${Math.floor((startTime - at(0, 0)) / 86_400_000)}`;
  });
}

describe('fires', () => {
  it('again on a tool of people that was told of, when it comes from another place', () => {
    expect(found([11, 18, 25], { address: brazil })).toEqual(['Low 11', 'Medium 25']);
  });

  it('again after a month without any use', () => {
    expect(found([11, 18, 50])).toEqual(['Low 11', 'Low 50']);
  });
});

describe('stays quiet', () => {
  it('about a tool of people that was told of, and comes each week from the same place', () => {
    expect(found([11, 18, 25, 32, 39, 46])).toEqual(['Low 11']);
  });
});
