import type { KeptRecord, RawLine } from '../../model/activity.ts';
import type { AddressFacts } from '../../model/address-facts.ts';
import {
  type EvidenceTable,
  type Finding,
  type FindingEntities,
  type FindingHead,
  lazyFinding,
} from '../../model/finding.ts';
import { counted, duration, listed, minute, named } from '../describe.ts';
import { type GuessSource, type NamedGuess, namesOf, type Rule } from './guess-source.ts';
import { guidance } from './guidance.ts';
import { summaryOf } from './summary-of.ts';

/** From so many names on it is spraying: one password, or a few, tried on many. */
const SPRAY_NAMES = 5;
/** Names shown and told as entities. */
const MAX_SHOWN = 20;

/** What a source did, as the one finding about it: later ones with the same start replace it. */
export function findingOf(source: GuessSource, rule: Rule): Finding {
  const { failures, logins, firstTime: startTime, lastTime: endTime } = source;
  const { severity } = shapeOf(source);
  const dedupKey = source.directory.address(source.address).address;
  const head = { dedupKey, severity, startTime, endTime, count: failures + logins };
  return lazyFinding(head, () => spellOut(source, rule));
}

function spellOut(source: GuessSource, rule: Rule): Omit<Finding, keyof FindingHead> {
  const { resource, failures, logins } = source;
  const { variant, displayName } = shapeOf(source);
  const address = source.directory.address(source.address);
  const names = namesOf(source);
  return {
    alertType: 'SQL.PostgreSQL_BruteForce',
    variant,
    displayName,
    summary: summaryOf(source, address, names),
    confidence: failures >= 2 * rule.failureCount || logins > 0 ? 'high' : 'medium',
    attack: { tactic: 'TA0006', technique: names.length >= SPRAY_NAMES ? 'T1110.003' : 'T1110.001' },
    entities: entitiesOf(source, address, names),
    score: { value: failures, threshold: rule.failureCount, unit: 'failed logins' },
    baseline: baselineOf(source, names),
    observed: observedOf(source, names.length, rule),
    rawLines: shown([...source.firstRecords, ...source.loginRecords, ...source.latestRecords]),
    guidance: guidance(
      resource,
      address,
      source.entered.map(({ principal }) => principal),
    ),
    isLate: source.isLate,
  };
}

/** The records as lines, each once; those of one file in its order. */
function shown(records: readonly KeptRecord[]): RawLine[] {
  const lines = records.map((record) => record.show());
  const isOneFile = lines.every(({ source }) => source === lines[0]?.source);
  const ordered = isOneFile ? lines.sort((a, b) => a.byteOffset - b.byteOffset) : lines;
  return ordered.filter((line, i) => ordered.findIndex((other) => isSameLine(line, other)) === i);
}

function isSameLine(a: { source: string; byteOffset: number }, b: { source: string; byteOffset: number }): boolean {
  return a.byteOffset === b.byteOffset && a.source === b.source;
}

/** Of many names none is the principal: it is not known whom the source is after. */
function entitiesOf(
  { databases, entered }: GuessSource,
  address: AddressFacts,
  names: readonly NamedGuess[],
): FindingEntities {
  const latest = entered.at(-1);
  const principal = latest?.principal ?? (names.length < SPRAY_NAMES ? names[0]?.name : undefined);
  const others = [...entered.map((one) => one.principal), ...names.map(({ name }) => name)];
  return {
    ...(principal !== undefined && principal !== '' && { principal }),
    otherPrincipals: [...new Set(others)].filter((name) => name !== principal && name !== '').slice(0, MAX_SHOWN),
    address,
    ...(latest !== undefined && { application: latest.application }),
    database: latest?.database ?? listed(databases),
  };
}

function shapeOf(source: GuessSource): Pick<Finding, 'variant' | 'displayName' | 'severity'> {
  if (source.logins > 0) {
    return { variant: 'successful', displayName: 'Suspected successful brute force attack', severity: 'High' };
  }
  if (source.notAllowed === source.failures) {
    return { variant: 'refused by pg_hba.conf', displayName: 'Suspected brute force attack', severity: 'Low' };
  }
  if (source.names.size >= SPRAY_NAMES) {
    return { variant: 'spray', displayName: 'Suspected brute force attack', severity: 'Medium' };
  }
  const isValid = [...source.names.values()].some(({ role }) => role === 'seems to exist');
  return isValid
    ? { variant: 'valid user', displayName: 'Suspected brute force attack using a valid user', severity: 'Medium' }
    : { variant: 'unknown users', displayName: 'Suspected brute force attack', severity: 'Medium' };
}

function baselineOf({ entered }: GuessSource, names: readonly NamedGuess[]): EvidenceTable {
  const isIn = new Set(entered.map(({ principal }) => principal));
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
        'none',
      ]),
  };
}

function observedOf(source: GuessSource, names: number, { failureCount, windowMs }: Rule): Record<string, string> {
  return {
    'Failed logins': String(source.failures),
    'Suspicious from': `${counted(failureCount, 'failure')} ${duration(windowMs)}`,
    ...(source.logins > 0 && { 'Successful logins': String(source.logins) }),
    'Names tried': source.hasMoreNames ? `more than ${names}` : String(names),
    ...(source.notAllowed > 0 && { 'Refused by pg_hba.conf': String(source.notAllowed) }),
    'Databases asked for': source.databases.map(named).join(', '),
    'First and last (UTC)': `${minute(source.firstTime)} – ${minute(source.lastTime)}`,
  };
}
