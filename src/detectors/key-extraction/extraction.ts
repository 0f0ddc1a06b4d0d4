import type { RawLine } from '../../model/activity.ts';
import type { AddressFacts } from '../../model/address-facts.ts';
import type { EvidenceTable, Finding } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { SEVERITIES, type Severity } from '../../model/severity.ts';
import { counted, day, describeAddress, listed, minute, named } from '../describe.ts';
import { guidance } from './guidance.ts';
import type { KeyOperation } from './operation-of.ts';

/** A surprise this far above the threshold leaves little doubt. */
const CERTAIN_NATS = 1;
/** Addresses told from which the key was used afterwards. */
const MAX_TOLD = 8;

export type Variant = 'unfamiliar caller' | 'unusual place' | 'refused';

/** A use of an account key after the keys were taken. */
export interface KeyUse {
  time: number;
  key: string;
  address: AddressFacts;
}

/** Keys that somebody unfamiliar took, and what came of it. Holds texts, no ids. */
export interface Extraction {
  resource: Resource;
  variant: Variant;
  operation: KeyOperation;
  caller: string;
  address: AddressFacts;
  application: string;
  time: number;
  /** Nobody who is known came from this place. */
  isNewPlace: boolean;
  /** Nobody who is known came from its country, or that is not known. */
  isNewCountry: boolean;
  /** First use of the account in milliseconds, of the log that is known. */
  watchedSince: number | undefined;
  callers: number;
  baseline: EvidenceTable;
  surprise: number;
  threshold: number;
  dedupKey: string;
  rawLines: RawLine[];
  isLate: boolean;
  /** Events that it is about. */
  count: number;
  /** From addresses that are new to the account; capped. */
  uses: KeyUse[];
}

export function findingOf(extraction: Readonly<Extraction>): Finding {
  const { variant, operation, caller, address, application, time, uses, surprise, threshold } = extraction;
  const isRegenerated = operation.kind === 'regenerate';
  return {
    alertType: 'AzureCosmosDB_SuspiciousListKeys.SuspiciousPrincipal',
    variant,
    displayName: isRegenerated ? 'Suspicious regeneration of an account key' : 'Suspicious extraction of account keys',
    summary: summaryOf(extraction),
    severity: severityOf(extraction),
    confidence: uses.length > 0 || surprise >= threshold + CERTAIN_NATS ? 'high' : 'medium',
    attack: isRegenerated ? { tactic: 'TA0003', technique: 'T1098.001' } : { tactic: 'TA0006', technique: 'T1555.006' },
    dedupKey: extraction.dedupKey,
    startTime: time,
    endTime: uses.at(-1)?.time ?? time,
    count: extraction.count,
    entities: {
      principal: caller,
      ...(uses.length > 0 && { otherPrincipals: [...new Set(uses.map(({ key }) => key))] }),
      application,
      address,
      ...(uses.length > 0 && { otherAddresses: addressesOf(uses).slice(0, MAX_TOLD) }),
    },
    score: { value: round(surprise), threshold: round(threshold), unit: 'nats of surprise' },
    baseline: extraction.baseline,
    observed: observedOf(extraction),
    rawLines: extraction.rawLines,
    guidance: guidance(extraction),
    isLate: extraction.isLate,
  };
}

/** Whether somebody only looks at the keys from where people of the account work: a portal does so that shows the data. */
export function isByColleague({ variant, isNewPlace, address, operation }: Readonly<Extraction>): boolean {
  return variant === 'unfamiliar caller' && !isNewPlace && address.place !== undefined && operation.kind === 'list';
}

/** Unusual alone is Low, twice unusual Medium; that the key was used from where nobody was before is one more. */
function severityOf(extraction: Readonly<Extraction>): Severity {
  const { variant, isNewCountry, uses } = extraction;
  if (variant === 'refused' || (isByColleague(extraction) && uses.length === 0)) {
    return 'Informational';
  }
  const base = variant === 'unfamiliar caller' && isNewCountry ? 2 : 1;
  return SEVERITIES[base + (uses.length > 0 ? 1 : 0)]!;
}

function summaryOf(extraction: Extraction): string {
  const { variant, operation, caller, address, resource, callers, uses } = extraction;
  const did =
    variant === 'refused'
      ? `${operation.tried} of ${resource.name} and was refused`
      : `${operation.done} of ${resource.name}`;
  const news =
    variant === 'unusual place'
      ? 'a place from which it had not done so before'
      : `and had not done so before${sinceText(extraction)}; ${counted(callers, 'caller')} usually ${callers === 1 ? 'does' : 'do'}`;
  const used =
    uses.length === 0
      ? ''
      : `; then ${listed([...new Set(uses.map(({ key }) => named(key)))])} was used from ${listed(addressesOf(uses).map(describeAddress))}, new to the account, at ${minute(uses[0]!.time)} UTC`;
  return `${named(caller)} ${did} from ${describeAddress(address)}, ${news}${used}.`;
}

function sinceText({ watchedSince }: Extraction): string {
  return watchedSince === undefined ? '' : ` since the log begins on ${day(watchedSince)}`;
}

function observedOf({ operation, address, isNewPlace, callers, uses }: Extraction): Record<string, string> {
  return {
    Operation: operation.kind === 'regenerate' ? 'regenerate a key' : 'list keys',
    ...(address.place !== undefined && {
      Place: `${address.place.label} (${isNewPlace ? 'new here' : 'usual here'})`,
    }),
    'Callers known': String(callers),
    'Uses of an account key from new addresses since': String(uses.length),
  };
}

function addressesOf(uses: readonly KeyUse[]): AddressFacts[] {
  return [...new Map(uses.map(({ address }) => [address.address, address])).values()];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
