import type { EvidenceTable, Finding } from '../../model/finding.ts';
import { counted, describeAddress, listed, minute } from '../describe.ts';
import type { GuessSource } from './guess-source.ts';
import { guidance } from './guidance.ts';

/** From so many names on it is spraying: one password, or a few, tried on many. */
const SPRAY_NAMES = 5;

/** What a source did, as the one finding about it: later ones with the same start replace it. */
export function findingOf(source: GuessSource): Finding {
  const { resource, address, successes, failures, firstTime, lastTime } = source;
  const names = [...source.names.values()].sort((a, b) => b.failures - a.failures || (a.name < b.name ? -1 : 1));
  const success = successes.at(-1);
  const shape = shapeOf(source, names.length);
  const principal = success?.principal ?? names[0]?.name ?? '';
  const others = names.map((guessed) => guessed.name).filter((name) => name !== principal && name !== '');
  const entities = {
    principal,
    otherPrincipals: others.slice(0, 20),
    address,
    application: success?.application ?? '',
    database: success?.database ?? listed([...source.databases]),
  };
  return {
    alertType: 'SQL.PostgreSQL_BruteForce',
    ...shape,
    summary: summaryOf(source, names, resource.name),
    confidence: failures >= 2 * source.threshold || success !== undefined ? 'high' : 'medium',
    attack: { tactic: 'TA0006', technique: names.length >= SPRAY_NAMES ? 'T1110.003' : 'T1110.001' },
    dedupKey: address.address,
    startTime: firstTime,
    endTime: lastTime,
    count: failures + successes.length,
    entities,
    score: { value: failures, threshold: source.threshold, unit: 'failed logins within the window' },
    baseline: baselineOf(source, names),
    observed: observedOf(source, names.length),
    rawLines: [...source.firstRecords, ...source.successRecords, ...source.latestRecords]
      .map((record) => record.show())
      .filter((line, i, all) => all.findIndex((other) => other.byteOffset === line.byteOffset && other.source === line.source) === i),
    guidance: guidance(resource, entities, successes.map(({ principal: name }) => name)),
    isLate: source.isLate,
  };
}

function shapeOf(source: GuessSource, names: number): Pick<Finding, 'variant' | 'displayName' | 'severity'> {
  if (source.successes.length > 0) {
    return { variant: 'successful', displayName: 'Suspected successful brute force attack', severity: 'High' };
  }
  const isRefused = source.notAllowed === source.failures;
  const severity = isRefused ? 'Low' : 'Medium';
  const isValid = [...source.names.values()].some((guessed) => !guessed.isUnknown);
  if (names < SPRAY_NAMES && isValid && !isRefused) {
    return { variant: 'valid user', displayName: 'Suspected brute force attack using a valid user', severity };
  }
  const variant = isRefused ? 'refused by pg_hba.conf' : names >= SPRAY_NAMES ? 'spray' : 'unknown users';
  return { variant, displayName: 'Suspected brute force attack', severity };
}

function summaryOf(source: GuessSource, names: { name: string }[], resource: string): string {
  const span = Math.max(1, Math.round((source.lastTime - source.firstTime) / 1000));
  const during = span < 120 ? counted(span, 'second') : counted(Math.round(span / 60), 'minute');
  const as = `as ${listed(names.map((guessed) => guessed.name), 3)}`;
  const refused = source.notAllowed === source.failures ? ', each refused by pg_hba.conf before a password was checked' : '';
  const tried = `${describeAddress(source.address)} failed to log in to ${resource} ${counted(source.failures, 'time')} in ${during} ${as}${refused}`;
  const in_ = source.successes.map(({ principal, time }) => `${principal} at ${minute(time)} UTC`);
  const end = in_.length > 0 ? `, and then got in as ${listed([...new Set(in_)])}` : '';
  return `${tried}${end}; ${listed(names.map(({ name }) => name), 1)} had not logged in from there in the last 60 days.`;
}

function baselineOf(source: GuessSource, names: { name: string; failures: number; isUnknown: boolean }[]): EvidenceTable {
  const rows = names.slice(0, 20).map(({ name, failures, isUnknown }) => [
    name,
    isUnknown ? 'no such role' : 'exists, or not told',
    String(failures),
    source.successes.some((success) => success.principal === name) ? 'got in' : '',
    'never in 60 days',
  ]);
  return {
    title: 'Names tried, beside their earlier logins from this address',
    columns: ['Name', 'Role', 'Failed logins', 'Outcome', 'Logged in from there before'],
    rows,
  };
}

function observedOf(source: GuessSource, names: number): Record<string, string> {
  return {
    'Failed logins': String(source.failures),
    'Successful logins': String(source.successes.length),
    'Names tried': source.otherFailures > 0 ? `more than ${names}` : String(names),
    'Refused by pg_hba.conf': String(source.notAllowed),
    'Databases asked for': [...source.databases].join(', '),
    'First and last (UTC)': `${minute(source.firstTime)} – ${minute(source.lastTime)}`,
  };
}
