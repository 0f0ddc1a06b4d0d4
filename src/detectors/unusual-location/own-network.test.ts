import { describe, expect, it } from 'vitest';
import { at, type Happening, privateAddress, replay, signIn } from '../testkit.ts';
import { unusualLocation } from './unusual-location.ts';

/** A program in some subnets, in every hour of two weeks; then from one more address. */
function found(subnets: readonly string[], last: string, moves: readonly Happening[] = []): string[] {
  const history = Array.from({ length: 14 * 24 }, (_, n) =>
    signIn({ time: at(0, n), principal: 'shop', address: privateAddress(subnets[n % subnets.length]!) }),
  );
  const move = signIn({ time: at(15, 9), principal: 'shop', address: privateAddress(last) });
  return replay(
    unusualLocation,
    [...history, ...moves, move].toSorted((a, b) => a.time - b.time),
  ).map(({ finding }) => finding.variant);
}

describe('a program in two subnets of a network', () => {
  it.each([
    ['10.20.0.11', '10.20.1.12', '10.20.5.40'],
    ['fd00:1:2:3::4', 'fd00:1:2:4::4', 'fd00:1:2:9::4'],
  ])('may come from a further one: %s, %s, %s', (first, second, last) => {
    expect(found([first, second], last)).toEqual([]);
  });

  it.each([
    ['10.20.0.11', '10.20.1.12', '10.21.5.40'],
    ['fd00:1:2:3::4', 'fd00:1:2:4::4', 'fd00:1:3:3::4'],
  ])('is unusual outside of it: %s, %s, %s', (first, second, last) => {
    expect(found([first, second], last)).toEqual(['new private network']);
  });
});

it('is unusual outside of its network, however often it moves about inside', () => {
  const moves = [2, 3, 4, 5, 6].map((subnet) =>
    signIn({ time: at(8 + subnet, 9), principal: 'shop', address: privateAddress(`10.20.${subnet}.7`) }),
  );

  expect(found(['10.20.0.11', '10.20.1.12'], '10.21.5.40', moves)).toEqual(['new private network']);
  expect(found(['10.20.0.11', '10.20.1.12'], '10.20.9.40', moves)).toEqual([]);
});

describe('a program in one subnet of a network', () => {
  const history = Array.from({ length: 14 * 24 }, (_, n) =>
    signIn({ time: at(0, n), principal: 'shop', application: 'shop-api', address: privateAddress('10.20.0.11') }),
  );

  function severities(...moves: Partial<Happening>[]): string[] {
    const moved = moves.map((move, n) =>
      signIn({ time: at(15 + n, 9), principal: 'shop', application: 'shop-api', ...move }),
    );
    return replay(unusualLocation, [...history, ...moved]).map(({ finding }) => finding.severity);
  }

  it('is told when it comes from a further one with another client, or from elsewhere with the usual one', () => {
    expect(severities({ application: 'psql', address: privateAddress('10.20.5.40') })).toEqual(['Low']);
    expect(severities({ address: privateAddress('10.21.5.40') })).toEqual(['Low']);
  });

  it('is told when it comes from a further one outside its hours', () => {
    const nightly = Array.from({ length: 14 }, (_, n) =>
      signIn({ time: at(n, 2), principal: 'backup', application: 'pg_dump', address: privateAddress('10.20.0.11') }),
    );
    const toldAt = (hour: number) => {
      const moved = { principal: 'backup', application: 'pg_dump', address: privateAddress('10.20.5.40') };
      const told = replay(unusualLocation, [...nightly, signIn({ time: at(15, hour), ...moved })]);
      return told.map(({ finding }) => finding.severity);
    };

    expect(toldAt(2)).toEqual(['Informational']);
    expect(toldAt(22)).toEqual(['Low']);
  });

  it('is noted when it comes from a further one with its client, and then known there and in others', () => {
    const moves = ['10.20.5.40', '10.20.5.40', '10.20.9.40'].map((address) => ({ address: privateAddress(address) }));

    expect(severities(...moves)).toEqual(['Informational']);
  });
});
