import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../model/finding.ts';
import { mergeAccesses } from './access-alerts.ts';
import type { AlertRecord } from './alert-book.ts';
import { gradeAlerts, SEVERITY_RULES } from './severity-rules.ts';
import { aBulkRead, aFinding, aLogin, aRecord, START } from './testkit.ts';

const HOUR = 3_600_000;

type Shape = (finding: Partial<Finding>) => AlertRecord;

const guess: Shape = (finding) => aRecord('brute-force', aFinding({ ...finding }));
const entry: Shape = (finding) =>
  aRecord('brute-force', aFinding({ displayName: 'Suspected successful brute force attack', ...finding }));
const country: Shape = (finding) => aRecord('unusual-location', aLogin(finding));
const network: Shape = (finding) => country({ variant: 'new network', ...finding });
const principal: Shape = (finding) =>
  aRecord(
    'unfamiliar-principal',
    aLogin({ alertType: 'SQL.PostgreSQL_PrincipalAnomaly', variant: 'never seen', ...finding }),
  );
const client: Shape = (finding) =>
  aRecord(
    'harmful-application',
    aLogin({ alertType: 'SQL.PostgreSQL_HarmfulApplication', variant: 'tool behaviour', ...finding }),
  );
const probe: Shape = (finding) => client({ variant: 'probe or scan', ...finding });
const torLogin: Shape = (finding) =>
  aRecord('suspicious-address', aLogin({ alertType: 'SQL.PostgreSQL_TorAnomaly', variant: 'success', ...finding }));
const torFailure: Shape = (finding) => torLogin({ variant: 'failure', ...finding });
const read: Shape = (finding) => aRecord('data-exfiltration', aBulkRead({ severity: 'Low', ...finding }));
const injection: Shape = (finding) =>
  aRecord(
    'sql-injection',
    aBulkRead({ alertType: 'CosmosDB_SqlInjection.DataExfiltration', severity: 'Medium', ...finding }),
  );
const weak: Shape = (finding) =>
  aRecord(
    'weak-authentication',
    aFinding({ alertType: 'SQL.PostgreSQL_WeakAuthentication', severity: 'Low', ...finding }),
  );

/** The last of some alerts of one intrusion, an hour apart. */
function last(...shapes: readonly Shape[]) {
  const records = shapes.map((shape, i) => {
    const time = START + i * HOUR;
    return shape({ startTime: time, endTime: time, dedupKey: String(i) });
  });
  return gradeAlerts(mergeAccesses(records)).at(-1)!;
}

describe('alone', () => {
  it.each([
    ['a new country', country],
    ['a new network', network],
    ['a bulk read', read],
    ['an unfamiliar principal', principal],
  ])('%s is as grave as its detector says', (_, shape) => {
    expect(last(shape)).toEqual({ alert: expect.anything(), severity: 'Low' });
  });
});

describe('together', () => {
  it.each([
    ['a login from a new country after guessing', [guess, country], 'High'],
    ['a login from a new network after a successful guess', [entry, network], 'High'],
    ['an unfamiliar principal after guessing', [guess, principal], 'High'],
    ['a tool after guessing, which need not have got in', [guess, client], 'Low'],
    ['a login from a new country before guessing', [guess, country, guess], 'Medium'],
    ['a bulk read after a successful guess', [entry, read], 'High'],
    ['a bulk read after guessing in vain', [guess, read], 'Low'],
    ['a bulk read after a login from a new country', [country, read], 'High'],
    ['an SQL injection after a login from a Tor exit', [torLogin, injection], 'High'],
    ['a bulk read after a refused login from a Tor exit', [torFailure, read], 'Low'],
    ['a bulk read after a login from a new network', [network, read], 'Medium'],
    ['a bulk read by a new client', [client, read], 'Medium'],
    ['a bulk read after a probe', [probe, read], 'Low'],
    ['a bulk read from a new network by a new client', [network, client, read], 'High'],
    ['a bulk read from two new networks', [network, network, read], 'Medium'],
    ['a new client from a new network', [network, client], 'Medium'],
    ['a new network after another', [network, network], 'Low'],
    ['what says nothing of an intrusion', [entry, country, weak], 'Low'],
  ] as const)('%s', (_, shapes, severity) => {
    expect(last(...shapes).severity).toBe(severity);
  });

  it('two findings about one access', () => {
    const [alert] = gradeAlerts(mergeAccesses([principal({}), network({})]));

    expect(alert).toMatchObject({
      severity: 'Medium',
      reason:
        'From Low to Medium: an access that is unusual by its place, principal or client, and another of the three unusual, too.',
    });
  });
});

describe('a new place and a new client', () => {
  const told = (...records: AlertRecord[]) => gradeAlerts(mergeAccesses(records)).at(-1)!.severity;

  it('are told twice of one access, and no graver for that', () => {
    expect(told(client({ severity: 'Low' }), country({}))).toBe('Low');
    expect(told(country({}), client({ severity: 'Low' }))).toBe('Low');
    expect(told(network({}), client({ severity: 'Low' }), read({}))).toBe('Medium');
  });

  it('are graver of two accesses, and together with guessing', () => {
    expect(told(client({ severity: 'Low' }), country({ startTime: START + HOUR }))).toBe('Medium');
    expect(told(entry({}), client({ severity: 'Low' }), country({}))).toBe('High');
  });
});

describe('a tool that copies databases', () => {
  const copier: Shape = (finding) => client({ severity: 'Low', variant: 'copying tool', ...finding });

  it('says no more than the copy that it makes, and as much', () => {
    expect(last(copier, read).severity).toBe('Low');
    expect(last(network, copier).severity).toBe('Medium');
    expect(last(country, copier).severity).toBe('High');
  });
});

it('says what raised it', () => {
  expect(last(guess, network, client, read).reason).toBe(
    'From Low to High: a bulk read, SQL injection, dangerous statement or extraction of keys, and two of place, principal and client unusual before. Before it: Log on from an unusual location (2026-11-17 03:14 UTC); Log on from an unusual location (2026-11-17 04:14 UTC).',
  );
});

it('lowers nothing, and leaves notes alone', () => {
  const grave: Shape = (finding) => read({ severity: 'High', ...finding });
  const note: Shape = (finding) => read({ severity: 'Informational', ...finding });

  expect(last(network, grave)).toMatchObject({ severity: 'High' });
  expect(last(network, grave).reason).toBeUndefined();
  expect(last(entry, note).severity).toBe('Informational');
});

it('is documented, rule by rule', () => {
  const page = readFileSync(new URL('../../docs/reference/alerts.md', import.meta.url), 'utf8');
  const table = /^\| the alert is .*\n\|---.*\n((?:\|.*\n)+)/m.exec(page)?.[1];

  expect(table).toBe(SEVERITY_RULES.map((rule) => `| ${rule.what} | ${rule.together} | ${rule.severity} |\n`).join(''));
});
