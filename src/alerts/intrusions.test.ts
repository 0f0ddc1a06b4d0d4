import { describe, expect, it } from 'vitest';
import type { Finding } from '../model/finding.ts';
import { mergeAccesses } from './access-alerts.ts';
import { intrusionsOf } from './intrusions.ts';
import { aBulkRead, aFinding, aLogin, aRecord, from, START } from './testkit.ts';

const HOUR = 3_600_000;

/** Something that happens some hours after the start. */
interface Happening {
  what: 'guess' | 'entry' | 'login' | 'read';
  hour: number;
  address?: string;
  principal?: string;
  finding?: Partial<Finding>;
}

const SHAPES: Record<Happening['what'], (finding: Partial<Finding>) => Finding> = {
  guess: aFinding,
  entry: (finding) => aFinding({ displayName: 'Suspected successful brute force attack', ...finding }),
  login: aLogin,
  read: aBulkRead,
};

/** For each alert the number of the first one of its intrusion. */
function chains(happenings: readonly Happening[]): number[] {
  const records = happenings.map(({ what, hour, address = '203.0.113.7', principal, finding }, i) => {
    const time = START + hour * HOUR;
    const shape = { ...from(address, principal), dedupKey: String(i), startTime: time, endTime: time, ...finding };
    return aRecord(`detector-${i}`, SHAPES[what](shape));
  });
  const intrusions = intrusionsOf(mergeAccesses(records));
  return records.map(({ name }) => {
    const own = intrusions.find((intrusion) => intrusion.some((alert) => alert.name === name));
    return records.findIndex((record) => record.name === own?.[0].name);
  });
}

describe('one intrusion is', () => {
  it('what comes from one address', () => {
    expect(
      chains([
        { what: 'guess', hour: 0 },
        { what: 'login', hour: 1, principal: 'analyst' },
      ]),
    ).toEqual([0, 0]);
  });

  it('what a principal does after a suspicious success, from anywhere', () => {
    expect(
      chains([
        { what: 'guess', hour: 0, address: '203.0.113.1' },
        { what: 'entry', hour: 1, address: '203.0.113.1', principal: 'analyst' },
        { what: 'read', hour: 2, address: '203.0.113.2', principal: 'analyst' },
        { what: 'guess', hour: 3, address: '203.0.113.2', principal: 'root' },
      ]),
    ).toEqual([0, 0, 0, 0]);
  });

  it('what two chains have been since something joined them; the older names it', () => {
    expect(
      chains([
        { what: 'guess', hour: 0, address: '203.0.113.1' },
        { what: 'login', hour: 1, address: '203.0.113.2', principal: 'analyst' },
        { what: 'read', hour: 2, address: '203.0.113.1', principal: 'analyst' },
      ]),
    ).toEqual([0, 0, 0]);
  });

  it('a chain that lasts longer than a day, without a day in between', () => {
    const week = Array.from({ length: 8 }, (_, i) => ({ what: 'guess', hour: 24 * i }) as const);

    expect(chains(week)).toEqual(week.map(() => 0));
    expect(
      chains([
        { what: 'guess', hour: 0 },
        { what: 'guess', hour: 24.1 },
      ]),
    ).toEqual([0, 1]);
  });

  it('also for an address beside the first', () => {
    const otherAddresses = [{ address: '203.0.113.9' }];
    const entities = { address: { address: '203.0.113.1' }, otherAddresses };

    expect(
      chains([
        { what: 'guess', hour: 0, finding: { entities } },
        { what: 'login', hour: 1, address: '203.0.113.9', principal: 'analyst' },
      ]),
    ).toEqual([0, 0]);
  });
});

describe('not one intrusion is', () => {
  it('what a principal does from elsewhere while somebody guesses its password in vain', () => {
    expect(
      chains([
        { what: 'guess', hour: 0, address: '203.0.113.1', principal: 'analyst' },
        { what: 'login', hour: 1, address: '203.0.113.2', principal: 'analyst' },
      ]),
    ).toEqual([0, 1]);
  });

  it('what was raised before the suspicious success', () => {
    expect(
      chains([
        { what: 'read', hour: 0, address: '203.0.113.1', principal: 'analyst' },
        { what: 'login', hour: 1, address: '203.0.113.2', principal: 'analyst' },
      ]),
    ).toEqual([0, 1]);
  });

  it('what a principal does that everything uses', () => {
    const login = (i: number, hour: number) =>
      ({ what: 'login', hour, address: `203.0.113.${i}`, principal: 'shop' }) as const;
    const logins = [1, 2, 3, 4, 5, 2].map(login);
    const read = { what: 'read', hour: 7, address: '198.51.100.1', principal: 'shop' } as const;

    expect(chains([...logins.slice(0, 3), read])).toEqual([0, 0, 0, 0]);
    expect(chains([...logins, read])).toEqual([0, 0, 0, 3, 4, 0, 6]);
  });

  it.each([
    ['a Unix socket', '[local]', undefined],
    ['a trusted network', '10.20.0.5', { name: 'Cluster', trusted: true }],
  ])('what two principals do from %s', (_, address, namedNetwork) => {
    const facts = { address, ...(namedNetwork && { namedNetwork }) };
    const finding = (principal: string) => ({ entities: { address: facts, principal } });

    expect(
      chains([
        { what: 'read', hour: 0, finding: finding('shop') },
        { what: 'read', hour: 1, finding: finding('billing') },
      ]),
    ).toEqual([0, 1]);
  });

  it('what is only a note', () => {
    const finding = { severity: 'Informational', ...from('203.0.113.7', 'analyst') } as const;

    expect(
      chains([
        { what: 'login', hour: 0, finding },
        { what: 'guess', hour: 1 },
      ]),
    ).toEqual([0, 1]);
  });
});

it('takes no longer for many alerts than they deserve', () => {
  const many = Array.from(
    { length: 20_000 },
    (_, i) => ({ what: 'guess', hour: i / 1000, address: `10.0.${i >> 8}.${i & 255}` }) as const,
  );
  const one = many.map((happening) => ({ ...happening, address: '203.0.113.7' }));
  const recordsOf = (happenings: readonly Happening[]) =>
    happenings.map(({ address = '', hour }) =>
      aRecord('brute-force', aFinding({ ...from(address), startTime: START + hour * HOUR })),
    );

  expect(intrusionsOf(mergeAccesses(recordsOf(many)))).toHaveLength(many.length);
  expect(intrusionsOf(mergeAccesses(recordsOf(one)))).toHaveLength(1);
});
