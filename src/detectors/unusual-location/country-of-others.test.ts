import { describe, expect, it } from 'vitest';
import { at, brazil, type Happening, home, office, privateAddress, publicAddress, replay, signIn } from '../testkit.ts';
import { unusualLocation } from './unusual-location.ts';

const vpn = privateAddress('10.8.0.5');
const mobile = publicAddress('198.51.100.200', 'DE', 'Germany', 6805, 'Telefonica Germany');
const workdays = Array.from({ length: 21 }, (_, n) => n).filter((n) => n % 7 < 5);
const days = (principal: string, hour: number, address: typeof vpn): Happening[] =>
  workdays.map((n) => signIn({ time: at(n, hour), principal, address }));

/** Alice comes through the VPN only; her colleagues work from home, too. */
const people = [
  ...days('alice', 8, vpn),
  ...days('bob', 9, home),
  ...days('carol', 9, office),
  ...days('dave', 10, home),
];
/** A program in the same network. */
const program = Array.from({ length: 21 }, (_, n) => signIn({ time: at(n, 12), principal: 'shop_app', address: vpn }));

function found(history: readonly Happening[], login: Partial<Happening>): string[] {
  const sorted = [...history].sort((a, b) => a.time - b.time);
  return replay(unusualLocation, [...sorted, signIn({ time: at(21, 9), ...login })]).map(
    ({ finding }) => finding.variant,
  );
}

describe('fires', () => {
  it.each([
    ['a person from a country where nobody works', people, { address: brazil }],
    [
      'a person from a country where one other works',
      [...days('alice', 8, vpn), ...days('bob', 9, home)],
      { address: mobile },
    ],
    ['a person with a client that is new to it', people, { address: mobile, application: 'python-script' }],
    ['a program from a country where people work', [...people, ...program], { principal: 'shop_app', address: mobile }],
  ])('on %s', (_, history, login) => {
    expect(found(history, login)).toEqual(['new country']);
  });
});

describe('stays quiet', () => {
  it('about a person at home for the first time, in the country where the others live', () => {
    expect(found(people, { address: mobile })).toEqual([]);
  });
});

it('only notes a program by hand in that country, which its client tells of, and no program, nor anybody abroad', () => {
  const named = program.map((one) => ({ ...one, application: 'shop-api' }));
  const history = [...people, ...named].sort((a, b) => a.time - b.time);
  const severities = (login: Partial<Happening>) =>
    replay(unusualLocation, [...history, signIn({ time: at(21, 9), principal: 'shop_app', ...login })]).map(
      ({ finding }) => finding.severity,
    );

  expect(severities({ address: mobile })).toEqual(['Informational']);
  expect(severities({ address: mobile, application: 'shop-api' })).toEqual(['Low']);
  expect(severities({ address: brazil })).toEqual(['Low']);
});
