import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../../model/activity.ts';
import type { AddressFacts } from '../../model/address-facts.ts';
import { at, brazil, home, office, privateAddress, publicAddress, replay, signIn, vietnam } from '../testkit.ts';
import { harmfulApplication } from './harmful-application.ts';

const node = privateAddress('10.0.0.5');
const otherHost = privateAddress('10.0.14.8');

/** A program logs in each hour of three weeks; a pipeline each day from elsewhere; people each day. */
const history = Array.from({ length: 21 * 24 }, (_, n) => [
  signIn({ time: at(0, n), principal: 'shop_app', application: 'shop-api', address: node }),
  ...(n % 24 === 9 ? [signIn({ time: at(0, n), application: 'DataGrip 2024.2' })] : []),
  ...(n % 24 === 10 ? [signIn({ time: at(0, n), principal: 'bob', address: home })] : []),
  ...(n % 24 === 11 ? [signIn({ time: at(0, n), principal: 'eve', address: office })] : []),
  ...(n % 24 === 12 ? [signIn({ time: at(0, n), principal: 'migrator', application: 'flyway', address: brazil })] : []),
]).flat();

function found(principal: string, application: string, address: AddressFacts, days = [22]): string[] {
  const last = days.map((day) => signIn({ time: at(day, 13), principal, application, address }));
  return replay(harmfulApplication, [...history, ...last]).map(({ finding }) => finding.severity);
}

const another = publicAddress('198.51.100.200', 'DE', 'Germany', 8881, '1&1 Versatel');

describe('in its own network', () => {
  it.each([
    ['a report under a name of its own is a note', 'nightly-report', otherHost, 'Informational'],
    ['a tool of people in place of a program is Low', 'psql', otherHost, 'Low'],
    ['a copy of the database is Low', 'pg_dump', otherHost, 'Low'],
    ['outside of it a report is Medium', 'nightly-report', privateAddress('10.9.14.8'), 'Medium'],
    ['outside of it a tool of people is Medium', 'psql', vietnam, 'Medium'],
  ])('%s', (_, application, address, severity) => {
    expect(found('shop_app', application, address)).toEqual([severity]);
  });

  it('is one in which others are at work, too', () => {
    expect(found('migrator', 'pg_dump', otherHost)).toEqual(['Low']);
    expect(found('migrator', 'pg_dump', privateAddress('10.9.14.8'))).toEqual(['Medium']);
  });
});

it('tells a tool for attacks by its name and a new place, though its user has many tools', () => {
  const tools = ['psql', 'DBeaver', 'pgcli', 'DataGrip'].flatMap((application, n) =>
    [9, 12, 15, 18].map((day) => signIn({ time: at(day, 8 + n), principal: 'kim', application, address: node })),
  );
  const told = (address: AddressFacts) =>
    replay(harmfulApplication, [
      ...[...history, ...tools].sort((a, b) => a.time - b.time),
      signIn({ time: at(24, 9), principal: 'kim', application: 'pgsql-brute', address }),
    ]).map(({ finding }) => `${finding.variant} ${finding.severity}`);

  expect(told(privateAddress('10.9.14.8'))).toEqual(['tool name Low']);
  expect(told(node)).toEqual(['tool name Informational']);
});

it('tells a program without a name on a machine next to it, though others there give none', () => {
  const others = history.flatMap((one) => [one, { ...one, principal: 'exporter', application: '' }]);
  const workers = history
    .filter(({ principal }) => principal === 'shop_app')
    .map((one) => ({ ...one, application: 'worker' }));
  const opening = { class: ActivityClass.connection, principal: '', application: '', database: '' };
  const login = signIn({
    time: at(22, 13),
    principal: 'shop_app',
    application: '',
    address: privateAddress('10.0.0.9'),
  });
  const last = [{ ...login, ...opening, time: login.time - 50 }, login];

  const told = replay(harmfulApplication, [...[...others, ...workers].sort((a, b) => a.time - b.time), ...last]);
  expect(told.map(({ finding }) => finding.severity)).toEqual(['Low']);
});

describe('people', () => {
  it('who try a tool of people elsewhere are Low, with a program Medium', () => {
    expect(found('alice', 'pgcli', another)).toEqual(['Low']);
    expect(found('alice', 'pg_dump', another)).toEqual(['Medium']);
  });

  it('on call with the credential of a program are Low in a country where three are at work, Medium abroad', () => {
    expect(found('shop_app', 'psql', another)).toEqual(['Low']);
    expect(
      found('shop_app', 'psql', { ...another, place: { ...another.place!, key: 'FR', countryCode: 'FR' } }),
    ).toEqual(['Medium']);
  });
});

it('is told once of what comes again from where it was told, however grave', () => {
  expect(found('shop_app', 'nightly-report', brazil, [22, 24, 27, 30])).toEqual(['Medium']);
});
