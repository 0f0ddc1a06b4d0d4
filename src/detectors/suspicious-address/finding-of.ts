import type { AddressFacts, Listing } from '../../model/address-facts.ts';
import type { Attack } from '../../model/attack.ts';
import {
  type EvidenceTable,
  type Finding,
  type FindingEntities,
  type FindingHead,
  lazyFinding,
} from '../../model/finding.ts';
import type { Confidence, Severity } from '../../model/severity.ts';
import { minute, named } from '../describe.ts';
import { guidance } from './guidance.ts';
import type { Matter } from './matter.ts';
import { summaryOf } from './summary-of.ts';

/** STIX 2.1, appendix A: from 70 on confidence is high, below 30 low. */
const HIGH_CONFIDENCE = 70;
const LOW_CONFIDENCE = 30;
/** Rows of evidence at most. */
const MAX_ROWS = 20;

/** A matter as the one finding about it: later ones with the same start replace it. */
export function findingOf(matter: Matter): Finding {
  const { dedupKey, firstTime: startTime, lastTime: endTime, count } = matter;
  const head = { dedupKey, severity: severityOf(matter), startTime, endTime, count };
  return lazyFinding(head, () => spellOut(matter));
}

function spellOut(matter: Matter): Omit<Finding, keyof FindingHead> {
  const { variant, resource, isLate } = matter;
  const entities = entitiesOf(matter);
  const listings = listingsOf(matter);
  return {
    alertType: alertTypeOf(matter),
    variant,
    displayName: displayNameOf(matter),
    summary: summaryOf(matter),
    confidence: confidenceOf(listings),
    attack: attackOf(matter),
    entities,
    score: {
      value: new Set(listings.map(({ name }) => name)).size,
      threshold: 1,
      unit: 'lists that hold the address',
    },
    baseline: tableOf(matter),
    observed: observedOf(matter),
    rawLines: matter.records.map((record) => record.show()),
    guidance: guidance(resource, entities, variant),
    isLate,
  };
}

/** Who gets in wakes somebody; who does not is told with less noise, and a mere connection with the least. */
function severityOf(matter: Matter): Severity {
  const listings = listingsOf(matter);
  switch (matter.variant) {
    case 'success':
      return isDoubtful(listings) ? 'Medium' : 'High';
    case 'failure': {
      const isGrave = matter.kind === 'tor' || highestConfidence(listings) >= HIGH_CONFIDENCE;
      return isGrave && matter.refused < matter.count ? 'Medium' : 'Low';
    }
    case 'probe':
      return 'Low';
  }
}

function confidenceOf(listings: readonly Listing[]): Confidence {
  const isAgreed = new Set(listings.map(({ name }) => name)).size > 1;
  const isTor = listings.some(({ kind }) => kind === 'tor');
  if (isAgreed || isTor || highestConfidence(listings) >= HIGH_CONFIDENCE) {
    return 'high';
  }
  return isDoubtful(listings) ? 'low' : 'medium';
}

/** The highest confidence told; 0 where none is. */
function highestConfidence(listings: readonly Listing[]): number {
  return Math.max(...listings.map(({ confidence = 0 }) => confidence));
}

/** Whether every entry tells that little is to be made of it: to tell no confidence says nothing against an entry. */
function isDoubtful(listings: readonly Listing[]): boolean {
  return listings.every(({ confidence = LOW_CONFIDENCE }) => confidence < LOW_CONFIDENCE);
}

function listingsOf({ addresses }: Matter): Listing[] {
  return [...addresses.values()].flatMap(({ listings }) => listings);
}

function alertTypeOf({ resource, kind }: Matter): string {
  if (resource.engine === 'postgresql') {
    return kind === 'tor' ? 'SQL.PostgreSQL_TorAnomaly' : 'SQL.PostgreSQL_SuspiciousIpAnomaly';
  }
  return kind === 'tor' ? 'CosmosDB_TorAnomaly' : 'CosmosDB_SuspiciousIp';
}

function displayNameOf({ resource, kind, variant }: Matter): string {
  const from = kind === 'tor' ? 'a Tor exit node' : 'a suspicious IP';
  const [access, refused] = resource.engine === 'postgresql' ? ['Login', 'Failed login'] : ['Access', 'Refused access'];
  return `${{ success: access, failure: refused, probe: 'Probe' }[variant]} from ${from}`;
}

function attackOf({ resource, variant }: Matter): Attack {
  switch (variant) {
    case 'success':
      return { tactic: 'TA0001', technique: resource.engine === 'postgresql' ? 'T1078' : 'T1078.004' };
    case 'failure':
      return { tactic: 'TA0006', technique: 'T1110' };
    case 'probe':
      return { tactic: 'TA0043', technique: 'T1595' };
  }
}

/** Of several names that did not get in none is the principal. */
function entitiesOf({ variant, principals, addresses, application, database }: Matter): FindingEntities {
  const [first, ...others] = principals;
  const isOne = variant === 'success' || others.length === 0;
  const [{ facts }] = addresses.values();
  return {
    address: facts,
    ...(isOne && first !== undefined && { principal: first }),
    ...(!isOne && { otherPrincipals: [...principals] }),
    ...(application !== '' && { application }),
    ...(database !== '' && { database }),
  };
}

function tableOf({ addresses }: Matter): EvidenceTable {
  const rows = [...addresses.values()].flatMap(({ facts, listings, count }) =>
    listings.map((listing) => rowOf(facts, listing, count)),
  );
  return {
    title: 'What the lists say of the addresses',
    columns: ['Address', 'List', 'Listed as', 'Note', 'Confidence (of 100)', 'Valid until (UTC)', 'Events'],
    rows: rows.slice(0, MAX_ROWS),
  };
}

function rowOf(facts: AddressFacts, { name, kind, note, confidence, validUntil }: Listing, count: number): string[] {
  return [
    named(facts.address),
    name,
    kind === 'tor' ? 'Tor exit' : 'threat',
    note ?? '',
    confidence === undefined ? 'not told' : String(confidence),
    validUntil === undefined ? 'not told' : minute(validUntil),
    String(count),
  ];
}

function observedOf(matter: Matter): Record<string, string> {
  const { variant, resource, count, addresses, principals, refused, firstTime, lastTime } = matter;
  const isPostgresql = resource.engine === 'postgresql';
  const events = {
    success: isPostgresql ? 'Successful logins' : 'Requests',
    failure: isPostgresql ? 'Failed logins' : 'Refused requests',
    probe: 'Connections without a login',
  };
  const place = addresses.values().next().value?.facts.place?.label;
  return {
    [events[variant]]: String(count),
    Addresses: matter.hasMoreAddresses ? `more than ${addresses.size}` : String(addresses.size),
    ...(place !== undefined && { Place: place }),
    ...(principals.size > 0 && {
      Principals: matter.hasMorePrincipals ? `more than ${principals.size}` : String(principals.size),
    }),
    ...(refused > 0 && { 'Refused by pg_hba.conf': String(refused) }),
    Lists: [...new Set(listingsOf(matter).map(({ name }) => name))].join(', '),
    'First and last (UTC)': `${minute(firstTime)} – ${minute(lastTime)}`,
  };
}
