import { describe, expect, it } from 'vitest';
import type { AddressFacts } from '../../model/address-facts.ts';
import {
  at,
  brazil,
  dataAccess,
  type Happening,
  home,
  office,
  privateAddress,
  publicAddress,
  replay,
  signIn,
} from '../testkit.ts';
import { unfamiliarPrincipal } from './unfamiliar-principal.ts';

function severities(history: readonly Happening[]): string[] {
  return replay(unfamiliarPrincipal, history).map(({ finding }) => finding.severity);
}

/** Alice works with DBeaver, which names each script and its own version. */
const withScripts = Array.from({ length: 14 }, (_, n) =>
  signIn({ time: at(n, 8), application: `DBeaver 24.1.0 - SQLEditor <Script-${n % 3}.sql>` }),
);

describe('an application', () => {
  it('is usual in another version, and with another script', () => {
    const elsewhere = { ...office, address: '198.51.100.8' };
    const joins = (application: string) =>
      signIn({ time: at(14, 9), principal: 'bob', application, address: elsewhere });

    expect(severities([...withScripts, joins('DBeaver 24.2.1 - SQLEditor <Script-9.sql>')])).toEqual(['Informational']);
    expect(severities([...withScripts, joins('report-job')])).toEqual(['Low']);
  });
});

describe('where new principals come now and then', () => {
  /** Everybody comes from the office; three joined after the first week. */
  const growing = Array.from({ length: 24 }, (_, n) => [
    signIn({ time: at(n, 8) }),
    ...(n >= 9 ? [signIn({ time: at(n, 9), principal: 'bob' })] : []),
    ...(n >= 12 ? [signIn({ time: at(n, 10), principal: 'dave' })] : []),
    ...(n >= 14 ? [signIn({ time: at(n, 9), principal: 'carol' })] : []),
  ]).flat();
  const stranger = (address: AddressFacts) => signIn({ time: at(23, 20), principal: 'support', address });

  it('one from the office is no news, one from where nobody comes from is', () => {
    const told = (address: AddressFacts) =>
      replay(unfamiliarPrincipal, [...growing, stranger(address)])
        .filter(({ finding }) => finding.entities.principal === 'support')
        .map(({ finding: { severity, score } }) => ({ severity, threshold: score.threshold }));

    expect(told(office)).toEqual([]);
    expect(told(brazil)).toEqual([{ severity: 'Low', threshold: 1.4 }]);
  });
});

/** Pods on three nodes of a cluster, a person at home with three providers. */
const spread = Array.from({ length: 14 }, (_, n) => [
  signIn({ time: at(n, 1), principal: 'shop', application: 'shop-api', address: privateAddress(`10.20.${n % 3}.4`) }),
  signIn({ time: at(n, 8), address: publicAddress('198.51.100.9', 'DE', 'Germany', 3200 + (n % 3), 'Provider') }),
]).flat();

describe('a new place', () => {
  it.each([
    ['another node of the cluster, for a program', { address: privateAddress('10.20.7.4') }, ['Informational']],
    ['a node of another network', { address: privateAddress('10.77.7.4') }, ['Low']],
    ['another node of the cluster, for people', { address: privateAddress('10.20.7.4'), application: 'psql' }, ['Low']],
    ['another provider of the country', { address: office }, ['Informational']],
    ['another country', { address: brazil }, ['Low']],
  ])('is near or not: %s', (_, what, told) => {
    const joins = signIn({ time: at(14, 9), principal: 'bob', application: 'shop-api', ...what });

    expect(severities([...spread, joins])).toEqual(told);
  });

  it('is near to none that people have changed for, where it is an account key that is new', () => {
    const key = signIn({ time: at(14, 9), principal: 'SecondaryMasterKey', application: 'shop-api', address: office });

    expect(severities([...spread, key])).toEqual(['Low']);
  });
});

describe('where people work in one office', () => {
  it.each([
    ['with a tool of people, at home in the country', 8, { address: home, application: 'psql' }, 'Informational'],
    ['the same, at an hour at which nobody works', 3, { address: home, application: 'psql' }, 'Low'],
    ['a program, by another provider of the country', 8, { address: home, application: 'x' }, 'Medium'],
    ['with a tool of their own, from abroad', 8, { address: brazil, application: 'pgadmin' }, 'Low'],
    ['the same, at an hour at which nobody works', 3, { address: brazil, application: 'pgadmin' }, 'Medium'],
  ])('who joins %s', (_, hour, what, severity) => {
    const joins = signIn({ time: at(14, hour), principal: 'bob', ...what });

    expect(severities([...withScripts, joins])).toEqual([severity]);
  });
});

describe('an account that was left behind', () => {
  const leaver = (time: number, address: AddressFacts) => signIn({ time, principal: 'x_kim', address });
  const history = [leaver(at(0, 9), office), ...Array.from({ length: 45 }, (_, n) => signIn({ time: at(n, 8) }))];

  it('is told when it is woken from the office by day, unless anybody may come from there', () => {
    const trusted = { ...office, namedNetwork: { name: 'Office', trusted: true } };

    expect(severities([...history, leaver(at(45, 8), office)])).toEqual(['Low']);
    expect(severities([...history, leaver(at(45, 8), trusted)])).toEqual(['Informational']);
  });
});

describe('who looks at documents in a browser', () => {
  const browses = (time: number, principal: string) =>
    dataAccess({ time, principal, address: office, application: 'Mozilla/5.0 (Windows NT 10.0)' });
  const history = Array.from({ length: 42 }, (_, n) =>
    [0, 1].map((m) => browses(at(Math.floor(n / 3), 8 + m), 'alice')),
  )
    .flat()
    .sort((a, b) => a.time - b.time);

  it('is a person: at an hour at which nobody works that is no new colleague', () => {
    expect(severities([...history, browses(at(14, 9), 'bob')])).toEqual(['Informational']);
    expect(severities([...history, browses(at(14, 2), 'bob')])).toEqual(['Low']);
  });
});

describe('those who come seldom', () => {
  /** Releases on days 2 and 5, each by a role of its own. */
  const releases = [2, 5].map((n) =>
    signIn({ time: at(n, 12), principal: `release ${'ab'[n % 2]}`, application: 'x' }),
  );
  const ordinary = Array.from({ length: 14 }, (_, n) => signIn({ time: at(n, 8) }));
  const history = [...ordinary, ...releases].sort((a, b) => a.time - b.time);
  const migrates = { time: at(14, 12), principal: 'migrator', application: 'x', address: privateAddress('10.9.9.9') };

  it('tell of others who do', () => {
    expect(severities([...history, signIn(migrates)])).toEqual([]);
    expect(severities([...ordinary, signIn(migrates)])).toEqual(['Low']);
  });

  it('do not hide who comes at night, as a person, from where nobody works', () => {
    const intrudes = signIn({ ...migrates, time: at(14, 3), application: 'psql' });

    expect(severities([...history, intrudes])).toEqual(['Low']);
  });
});
