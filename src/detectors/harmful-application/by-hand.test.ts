import { describe, expect, it } from 'vitest';
import type { AddressFacts } from '../../model/address-facts.ts';
import { at, brazil, type Happening, office, privateAddress, replay, signIn, vietnam } from '../testkit.ts';
import { harmfulApplication } from './harmful-application.ts';

const node = privateAddress('10.0.0.5');
const bastion = privateAddress('10.0.99.7');

/** A program logs in each hour, two of the staff daily from the office and by the bastion. */
const ordinary = Array.from({ length: 90 * 24 }, (_, n) => [
  signIn({ time: at(0, n), principal: 'shop_app', application: 'shop-api', address: node }),
  ...(n % 24 === 9 ? [signIn({ time: at(0, n), application: 'DBeaver 24.1.0 - Main' })] : []),
  ...(n % 24 === 10 ? [signIn({ time: at(0, n), principal: 'bob', address: bastion })] : []),
]).flat();

/** Somebody has the credential of the program, on each of some days. */
function byHand(days: readonly number[], addressOf: (day: number) => AddressFacts): string[] {
  const uses = days.map((n): Happening => {
    return signIn({ time: at(n, 2), principal: 'shop_app', application: 'psql', address: addressOf(n) });
  });
  const until = uses.at(-1)!.time;
  const history = [...ordinary.filter(({ time }) => time <= until), ...uses].sort((a, b) => a.time - b.time);
  return replay(harmfulApplication, history).map(({ finding: { severity, startTime } }) => {
    return `${severity} on day ${Math.floor((startTime - at(0, 0)) / 86_400_000)}`;
  });
}

describe('the credential of a program, by hand', () => {
  const days = [20, 21, 26, 33, 40, 60, 80];

  it.each([
    ['from the office', () => office],
    ['by the bastion of the staff', () => bastion],
    ['by another address of the network of the bastion', () => privateAddress('10.0.99.8')],
  ])('is noted once of staff that keep using it %s', (_, addressOf) => {
    expect(byHand(days, addressOf)).toEqual(['Informational on day 20']);
  });

  it('is told once, as Low, of staff that keep using it on the machine of the program', () => {
    expect(byHand(days, () => node)).toEqual(['Low on day 20']);
  });

  it('is Low at another customer of the provider of the office, and where people work for less than a week', () => {
    expect(byHand([20], () => ({ ...office, address: '198.51.100.8' }))).toEqual(['Low on day 20']);
    expect(byHand([8.5], () => office)).toEqual(['Informational on day 8']);
    expect(byHand([7.5], () => office)).toEqual(['Low on day 7']);
  });

  it('is Low on the machine of the program after it was noted, and not noted again after that', () => {
    expect(byHand([20, 23, 26, 33, 40], (day) => (day % 2 === 0 ? office : node))).toEqual([
      'Informational on day 20',
      'Low on day 23',
    ]);
  });

  it('is told on the machine of the program, too, after it was told from elsewhere', () => {
    const near = { ...office, address: '198.51.100.8' };

    expect(byHand([20, 23, 26, 29], (day) => (day === 20 || day === 26 ? near : node))).toEqual([
      'Low on day 20',
      'Low on day 23',
    ]);
  });

  it('is told of a program that was given another name this week', () => {
    const renamed = ordinary.map((one) =>
      one.principal === 'shop_app' && one.time > at(30, 0) ? { ...one, application: 'storefront' } : one,
    );
    const intrudes = (application: string): Happening =>
      signIn({ time: at(32, 2), principal: 'shop_app', application, address: node });
    const told = (application: string) =>
      replay(harmfulApplication, [...renamed.filter(({ time }) => time < at(32, 2)), intrudes(application)])
        .filter(({ startTime }) => startTime === at(32, 2))
        .map(({ finding }) => finding.severity);

    expect(['psql', 'pg_dump', 'report'].map(told)).toEqual([['Low'], ['Low'], []]);
  });

  it('is told again after a month without', () => {
    expect(byHand([20, 55], () => node)).toEqual(['Low on day 20', 'Low on day 55']);
  });

  it('is Medium from where nobody works, also after staff had it, once for each such place', () => {
    const places = [node, brazil, brazil, vietnam];

    expect(byHand([20, 24, 27, 30], (day) => places[[20, 24, 27, 30].indexOf(day)]!)).toEqual([
      'Low on day 20',
      'Medium on day 24',
      'Medium on day 30',
    ]);
  });
});
