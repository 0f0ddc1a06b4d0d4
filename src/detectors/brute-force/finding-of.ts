import type { KeptRecord, RawLine } from '../../model/activity.ts';
import type { AddressFacts } from '../../model/address-facts.ts';
import {
  type EvidenceTimeline,
  type Finding,
  type FindingEntities,
  type FindingHead,
  lazyFinding,
} from '../../model/finding.ts';
import { listed, named } from '../describe.ts';
import { baselineOf, observedOf } from './evidence.ts';
import { type Guessing, type NamedGuess, namesOf } from './guessing.ts';
import { guidance } from './guidance.ts';
import type { Rule } from './rule.ts';
import { SPRAY_NAMES, shapeOf, techniqueOf } from './shape.ts';
import { summaryOf } from './summary-of.ts';

/** Names and addresses told as entities. */
const MAX_SHOWN = 20;

/** What was tried, as the one finding about it: later ones with the same start replace it. */
export function findingOf(guessing: Guessing, rule: Rule): Finding {
  const { failures, logins, firstTime: startTime, lastTime: endTime } = guessing;
  const { severity } = shapeOf(guessing);
  const head = { dedupKey: dedupKeyOf(guessing), severity, startTime, endTime, count: failures + logins };
  return lazyFinding(head, () => spellOut(guessing, rule));
}

/** Begins the keys of programs with a stale password. */
const PROGRAM = 'misconfigured|';

/** Whether the key of a matter is that of a program with a stale password. */
export function isProgramKey(key: string): boolean {
  return key.startsWith(PROGRAM);
}

/** One matter: a client; a program wherever it runs; the guesses at one principal; those at the resource. */
function dedupKeyOf(guessing: Guessing): string {
  const { subject, directory } = guessing;
  const { address, place } = directory.address([...guessing.addresses.keys()][0]);
  switch (subject) {
    case 'client':
      return address;
    case 'program':
      return `${PROGRAM}${namesOf(guessing)[0].name}|${place?.key ?? address}`;
    case 'principal':
      return `distributed|${namesOf(guessing)[0].name}`;
    case 'resource':
      return 'distributed';
  }
}

function spellOut(guessing: Guessing, rule: Rule): Omit<Finding, keyof FindingHead> {
  const { resource, directory, failures, logins } = guessing;
  const { variant, displayName } = shapeOf(guessing);
  const addresses = addressesOf(guessing);
  const names = namesOf(guessing);
  const isSequential = rule.kind === 'sequential';
  const threshold = isSequential ? rule.nats : rule.failureCount;
  const value = isSequential ? guessing.score : failures;
  return {
    alertType: resource.engine === 'cosmosdb' ? 'CosmosDB_BruteForce' : 'SQL.PostgreSQL_BruteForce',
    variant,
    displayName,
    summary: summaryOf(guessing, addresses, names),
    confidence: failures >= 2 * rule.failureCount || logins > 0 ? 'high' : 'medium',
    attack: { tactic: 'TA0006', technique: techniqueOf(guessing) },
    entities: entitiesOf(guessing, addresses, names),
    score: {
      value: Math.round(value * 10) / 10,
      threshold: Math.round(threshold * 10) / 10,
      unit: isSequential ? 'nats' : 'failed logins',
    },
    baseline: baselineOf(guessing, addresses, names),
    observed: observedOf(guessing, names, rule),
    timeline: timelineOf(guessing),
    rawLines: shown([...guessing.firstRecords, ...guessing.loginRecords, ...guessing.latestRecords]),
    guidance: guidance(
      guessing,
      addresses,
      guessing.entered.map(({ id }) => directory.principal(id)),
    ),
    isLate: guessing.isLate,
  };
}

/** When it failed, and when somebody got in. */
function timelineOf({ timeline, entered }: Guessing): EvidenceTimeline {
  const { startTime, stepMs, counts } = timeline;
  const marks = entered
    .slice(0, MAX_SHOWN)
    .map(({ firstTime, principal }) => ({ time: firstTime, label: `${named(principal)} got in` }));
  return { label: 'Failed logins', startTime, stepMs, counts: [...counts], marks };
}

/** Those that failed most first. */
function addressesOf({ addresses, directory }: Guessing): AddressFacts[] {
  return [...addresses]
    .map(([id, failures]) => ({ facts: directory.address(id), failures }))
    .sort((a, b) => b.failures - a.failures || (a.facts.address < b.facts.address ? -1 : 1))
    .map(({ facts }) => facts);
}

/** The records as lines in the order of time, each once. */
function shown(records: readonly KeptRecord[]): RawLine[] {
  const lines = records.toSorted((a, b) => a.time - b.time).map((record) => record.show());
  return lines.filter((line, i) => lines.findIndex((other) => isSameLine(line, other)) === i);
}

function isSameLine(a: { source: string; byteOffset: number }, b: { source: string; byteOffset: number }): boolean {
  return a.byteOffset === b.byteOffset && a.source === b.source;
}

/** Of many names none is the principal: it is not known whom the guesses are after. */
function entitiesOf(
  { databases, entered, directory }: Guessing,
  addresses: readonly AddressFacts[],
  names: readonly NamedGuess[],
): FindingEntities {
  const latest = entered.at(-1);
  const principal = latest?.principal ?? (names.length < SPRAY_NAMES ? names[0]?.name : undefined);
  const others = [...entered.map((one) => one.principal), ...names.map(({ name }) => name)];
  const address = latest === undefined ? addresses[0] : directory.address(latest.address);
  const otherAddresses = addresses.filter((other) => other.address !== address.address).slice(0, MAX_SHOWN);
  return {
    ...(principal !== undefined && principal !== '' && { principal }),
    otherPrincipals: [...new Set(others)].filter((name) => name !== principal && name !== '').slice(0, MAX_SHOWN),
    address,
    ...(otherAddresses.length > 0 && { otherAddresses }),
    ...(latest !== undefined && { application: latest.application }),
    database: latest?.database ?? listed(databases),
  };
}
