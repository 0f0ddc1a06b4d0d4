import { expect, it } from 'vitest';
import type { AddressFacts } from '../../model/address-facts.ts';
import { at, brazil, publicAddress, replay, signIn, vietnam } from '../testkit.ts';
import { unusualLocation } from './unusual-location.ts';

const PEOPLE = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank'];
const night = at(36, 2);

/** A network of Germany, of which people use another one every fourth day, by day. */
function provider(n: number): AddressFacts {
  return publicAddress(`198.51.100.${n + 1}`, 'DE', 'Germany', 3000 + n, `Provider ${n}`);
}

const weeks = Array.from({ length: 35 }, (_, n) => n).flatMap((n) =>
  PEOPLE.map((principal) => signIn({ time: at(n, 9), principal, address: provider(Math.floor(n / 4)) })),
);

function told(...logins: Parameters<typeof signIn>[0][]): string[] {
  const later = logins.map((login) => signIn({ principal: 'alice', ...login }));
  return replay(
    unusualLocation,
    [...weeks, ...later].sort((a, b) => a.time - b.time),
  )
    .filter(({ startTime }) => startTime >= at(35, 0))
    .map(({ finding }) => `${finding.variant} ${finding.severity}`);
}

it('tells of a further country where places are gained often, but never one abroad', () => {
  expect(told({ time: night, address: brazil })).toEqual(['new country Low']);
  expect(told({ time: at(36, 9), address: brazil, application: 'pgcli' })).toEqual(['new country Low']);
});

it('says nothing of it where all else is as always, nor of a further network of the country', () => {
  expect(told({ time: at(36, 9), address: brazil })).toEqual([]);
  expect(told({ time: night, address: provider(50) })).toEqual([]);
});

it('says nothing of it where countries are gained as often as places', () => {
  const journeys = ['FR', 'IT', 'ES', 'PT', 'AT', 'CH', 'PL', 'NL'].flatMap((code, n) =>
    PEOPLE.map((principal) =>
      signIn({
        time: at(8 + 3 * n, 10),
        principal,
        address: publicAddress(`203.0.113.${n + 1}`, code, code, 500 + n, code),
      }),
    ),
  );

  expect(told(...journeys, { time: night, address: vietnam })).toEqual([]);
});
