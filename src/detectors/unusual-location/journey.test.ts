import { describe, expect, it } from 'vitest';
import type { AddressFacts } from '../../model/address-facts.ts';
import { at, brazil, type Happening, office, publicAddress, replay, signIn, vietnam } from '../testkit.ts';
import { unusualLocation } from './unusual-location.ts';

const PEOPLE = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank'];
const argentina = publicAddress('203.0.113.92', 'AR', 'Argentina', 7303, 'Telecom Argentina');
const nigeria = publicAddress('203.0.113.93', 'NG', 'Nigeria', 29_465, 'MTN Nigeria');
/** Weeks of work in the office, after which it is known how often these people come from elsewhere; one is in Argentina. */
const history = Array.from({ length: 35 }, (_, n) => n)
  .filter((n) => n % 7 < 5)
  .flatMap((n) =>
    PEOPLE.flatMap((principal) => [
      signIn({ time: at(n, 9), principal }),
      signIn({ time: at(n, 15), principal, application: 'DBeaver 24.1' }),
    ]).concat(signIn({ time: at(n, 16), principal: 'gina', address: argentina })),
  );
/** Alice was abroad in the third week: it happens here. */
const abroad = [15, 16, 17].map((n) => signIn({ time: at(n, 10), address: vietnam }));
const settled = [...history, ...abroad].sort((a, b) => a.time - b.time);

function severities(...logins: Partial<Happening>[]) {
  const since = at(35, 0);
  return replay(unusualLocation, [...settled, ...logins.map((login) => signIn({ address: brazil, ...login }))])
    .filter(({ startTime }) => startTime >= since)
    .map(({ finding }) => finding.severity);
}

describe('a person who comes from another country', () => {
  it('is only noted where the hour, the client and the whereabouts fit', () => {
    expect(severities({ time: at(36, 9) })).toEqual(['Informational']);
  });

  it.each([
    ['at night', { time: at(36, 2) }],
    ['with a client of another kind', { time: at(36, 9), application: 'pgcli' }],
    ['without a name of the client', { time: at(36, 9), application: '' }],
  ])('is told of %s', (_, login) => {
    expect(severities(login)).toEqual(['Low']);
  });

  it('is told of where the person was in the office an hour ago', () => {
    expect(severities({ time: at(36, 8), address: office }, { time: at(36, 9) })).toEqual(['Low']);
    expect(severities({ time: at(36, 6), address: office }, { time: at(36, 9) })).toEqual(['Informational']);
  });

  it('is told of on a continent from which nobody works', () => {
    expect(severities({ time: at(36, 9), address: nigeria })).toEqual(['Low']);
  });

  it('is told of where nobody ever came from elsewhere', () => {
    const raised = replay(unusualLocation, [...history, signIn({ time: at(36, 9), address: brazil })]);

    expect(raised.map(({ finding }) => finding.severity)).toEqual(['Low']);
  });

  it('is only noted in the next country, where few ever came from elsewhere', () => {
    const austria = publicAddress('203.0.113.90', 'AT', 'Austria', 8447, 'A1 Telekom Austria AG');
    const turkey = publicAddress('203.0.113.91', 'TR', 'Turkey', 9121, 'Turk Telekom');
    const once = [...history, signIn({ time: at(15, 10), address: vietnam })].sort((a, b) => a.time - b.time);
    const told = (time: number, address: AddressFacts) =>
      replay(unusualLocation, [...once, signIn({ time, principal: 'bob', address })])
        .filter(({ startTime }) => startTime >= at(35, 0))
        .map(({ finding }) => finding.severity);

    expect(told(at(36, 9), austria)).toEqual(['Informational']);
    expect(told(at(36, 9), turkey)).toEqual(['Low']);
    expect(told(at(36, 2), austria)).toEqual(['Low']);
  });
});
