import { describe, expect, it } from 'vitest';
import type { Finding } from '../model/finding.ts';
import { mergeAccesses } from './access-alerts.ts';
import type { AlertRecord } from './alert-book.ts';
import { aFinding, aLogin, aRecord, START } from './testkit.ts';

const MINUTE = 60_000;

const country = (finding: Partial<Finding> = {}) => aRecord('unusual-location', aLogin(finding));
const network = (finding: Partial<Finding> = {}) => country({ variant: 'new network', ...finding });
const provider = (finding: Partial<Finding> = {}) =>
  aRecord(
    'unusual-data-center',
    aLogin({ alertType: 'SQL.PostgreSQL_CloudProviderAnomaly', variant: 'provider', ...finding }),
  );
const principal = (finding: Partial<Finding> = {}) =>
  aRecord(
    'unfamiliar-principal',
    aLogin({ alertType: 'SQL.PostgreSQL_PrincipalAnomaly', variant: 'never seen', ...finding }),
  );

function detectorsOf(records: readonly AlertRecord[]): string[][] {
  return mergeAccesses(records).map(({ parts }) => parts.map(({ detector }) => detector));
}

describe('of findings about one access', () => {
  it.each([
    ['a dormant principal before all', [country(), principal({ variant: 'dormant woken' })], 'unfamiliar-principal'],
    ['a new country before all others', [principal(), provider(), country()], 'unusual-location'],
    ['a data centre before a principal', [principal(), provider()], 'unusual-data-center'],
    ['a data centre before a new network', [network(), provider()], 'unusual-data-center'],
    ['a principal before a new network', [network(), principal()], 'unfamiliar-principal'],
    ['the gravest before all', [country(), principal({ severity: 'Medium' })], 'unfamiliar-principal'],
  ])('%s speaks', (_, records, strongest) => {
    const [alert, ...others] = mergeAccesses(records);

    expect(others).toEqual([]);
    expect(alert).toMatchObject({ detector: strongest, finding: { alertType: alert.parts[0].finding.alertType } });
    expect(alert.parts).toHaveLength(records.length);
  });

  it('the first opened gives the name; times and counts are those of all', () => {
    const first = principal({ endTime: START + 3 * MINUTE, count: 4 });
    const second = country({ startTime: START - 1, endTime: START + MINUTE, count: 2 });

    expect(mergeAccesses([first, second])).toMatchObject([
      {
        name: first.name,
        detector: 'unusual-location',
        startTime: START - 1,
        endTime: START + 3 * MINUTE,
        openedTime: first.openedTime,
        changedTime: START + 3 * MINUTE,
        count: 4,
      },
    ]);
  });
});

describe('stay apart:', () => {
  const elsewhere = { entities: { principal: 'analyst', address: { address: '203.0.113.8' } } };
  const somebody = { entities: { principal: 'root', address: { address: '203.0.113.7' } } };

  it.each([
    ['another address', principal(elsewhere)],
    ['another principal', principal(somebody)],
    ['another time', principal({ startTime: START + 10 * MINUTE + 1 })],
    ['no address', principal({ entities: { principal: 'analyst' } })],
    ['the same detector', network()],
    ['what is not about an access', aRecord('brute-force', aFinding())],
  ])('%s', (_, other) => {
    expect(mergeAccesses([country(), other])).toHaveLength(2);
  });

  it('what comes ten minutes later is of the same access', () => {
    expect(detectorsOf([country(), principal({ startTime: START + 10 * MINUTE })])).toHaveLength(1);
  });

  it('the next access of the same principal and address', () => {
    const later = { startTime: START + 60 * MINUTE };

    expect(detectorsOf([country(), provider(), network(later), provider(later)])).toEqual([
      ['unusual-location', 'unusual-data-center'],
      ['unusual-data-center', 'unusual-location'],
    ]);
  });
});
