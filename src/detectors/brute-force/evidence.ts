import type { AddressFacts } from '../../model/address-facts.ts';
import type { EvidenceTable } from '../../model/finding.ts';
import { counted, describeAddress, duration, minute, named } from '../describe.ts';
import type { Guessing, NamedGuess } from './guessing.ts';
import type { Rule } from './rule.ts';

/** Rows shown at most. */
const MAX_SHOWN = 20;

/** What is usual, beside what was seen: by name for one client, by address for many. */
export function baselineOf(
  guessing: Guessing,
  addresses: readonly AddressFacts[],
  names: readonly NamedGuess[],
): EvidenceTable {
  return isWide(guessing) ? byAddress(guessing, addresses) : byName(guessing, names);
}

function byName(
  { entered, isMisconfigured, followsAlert, refused }: Guessing,
  names: readonly NamedGuess[],
): EvidenceTable {
  const isIn = new Set(entered.map(({ principal }) => principal));
  const unknown = followsAlert === true ? 'none but those that an alert told of' : 'none';
  const before = refused === undefined ? unknown : 'some of this address';
  return {
    title: 'Names tried, beside their earlier logins from this address',
    columns: ['Name', 'Role', 'Failed logins', 'Outcome', 'Logins from there in the 60 days before'],
    rows: names
      .slice(0, MAX_SHOWN)
      .map(({ name, failures, role }) => [
        named(name),
        role,
        String(failures),
        isIn.has(name) ? 'got in' : 'did not get in',
        isMisconfigured ? 'none from this address' : before,
      ]),
  };
}

function byAddress(guessing: Guessing, addresses: readonly AddressFacts[]): EvidenceTable {
  const failures = new Map(
    [...guessing.addresses].map(([id, count]) => [guessing.directory.address(id).address, count]),
  );
  return {
    title: `Addresses that took part; usual are ${perDay(guessing.usualPerDay)}`,
    columns: ['Address', 'Failed logins', 'Logins of these names from there in the 60 days before'],
    rows: addresses
      .slice(0, MAX_SHOWN)
      .map((facts) => [describeAddress(facts), String(failures.get(facts.address) ?? 0), 'none']),
  };
}

export function observedOf(guessing: Guessing, names: readonly NamedGuess[], rule: Rule): Record<string, string> {
  return {
    'Failed logins': String(guessing.failures),
    'Suspicious from': suspiciousFrom(rule),
    ...(guessing.logins > 0 && { 'Successful logins': String(guessing.logins) }),
    'Names tried': guessing.hasMoreNames ? `more than ${names.length}` : String(names.length),
    ...(guessing.addresses.size > 1 && {
      Addresses: guessing.hasMoreAddresses ? `more than ${guessing.addresses.size}` : String(guessing.addresses.size),
    }),
    ...(isWide(guessing) && { 'Usual failures': perDay(guessing.usualPerDay) }),
    ...(guessing.notAllowed > 0 && {
      [guessing.resource.engine === 'cosmosdb' ? 'Refused with 403' : 'Refused by pg_hba.conf']: String(
        guessing.notAllowed,
      ),
    }),
    ...(guessing.refused !== undefined && {
      'Operations refused': String(guessing.refused.kinds),
      'On containers': String(guessing.refused.containers),
    }),
    'Databases asked for': guessing.databases.map(named).join(', '),
    'First and last (UTC)': `${minute(guessing.firstTime)} – ${minute(guessing.lastTime)}`,
  };
}

function suspiciousFrom(rule: Rule): string {
  return rule.kind === 'window'
    ? `${counted(rule.failureCount, 'failure')} ${duration(rule.windowMs)}`
    : `${counted(rule.failureCount, 'failure')} and a score of ${rule.nats.toFixed(1)} nats`;
}

/** Whether it is told of many addresses rather than of one client or program. */
export function isWide({ subject }: Guessing): boolean {
  return subject === 'principal' || subject === 'resource';
}

/** `0.1 failures a day`. */
export function perDay(count: number): string {
  return `${count < 10 ? Number(count.toFixed(1)) : Math.round(count)} failures a day`;
}
