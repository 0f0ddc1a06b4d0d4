import type { Finding } from '../model/finding.ts';
import { SEVERITIES } from '../model/severity.ts';
import type { AlertRecord } from './alert-book.ts';
import { kindOf } from './alert-kind.ts';

/** Findings about one access come within this time: a pool opens its connections one after another. */
const ACCESS_MS = 10 * 60_000;

/** Kinds of alerts that say how somebody came; of equally grave ones the first is the strongest. */
const ACCESS_KINDS = ['DataCenterAnomaly', 'CloudProviderAnomaly', 'PrincipalAnomaly', 'DomainAnomaly', 'GeoAnomaly'];
/** Variants of them that are stronger than all other kinds. */
const STRONGEST = ['dormant woken', 'new country'];

/** One matter, or several findings about one access. */
export interface MergedAlert extends AlertRecord {
  /** The matters that it is made of, the strongest first. */
  parts: readonly AlertRecord[];
}

/**
 * Findings of several detectors about one access (same principal, same address, at the same time) become one alert:
 * the strongest speaks, the others are its evidence. It has the name of the one that was opened first.
 *
 * @param records of one resource, in the order in which they were opened
 */
export function mergeAccesses(records: readonly AlertRecord[]): MergedAlert[] {
  const accesses: AlertRecord[][] = [];
  const latest = new Map<string, AlertRecord[]>();
  for (const record of records) {
    const key = accessKeyOf(record.finding);
    const access = latest.get(key ?? '');
    if (key !== undefined && access !== undefined && isSameAccess(access, record)) {
      access.push(record);
    } else {
      const opened = [record];
      accesses.push(opened);
      if (key !== undefined) {
        latest.set(key, opened);
      }
    }
  }
  return accesses.map(merged);
}

/** Undefined for what is not about an access, or does not tell whose or from where. */
export function accessKeyOf({ entities, alertType }: Finding): string | undefined {
  const { principal, address } = entities;
  const isAccess = ACCESS_KINDS.includes(kindOf(alertType));
  return isAccess && principal !== undefined && address !== undefined
    ? JSON.stringify([principal, address.address])
    : undefined;
}

/** Whether two alerts are about one access, though they stay apart. */
export function isOfOneAccess(one: AlertRecord, other: AlertRecord): boolean {
  const [a, b] = [one.finding.entities, other.finding.entities];
  return (
    Math.abs(one.startTime - other.startTime) <= ACCESS_MS &&
    a.principal === b.principal &&
    a.address?.address === b.address?.address
  );
}

/** A second alert of the same detector is about another place, network or principal: it is a matter of its own. */
function isSameAccess(access: readonly AlertRecord[], record: AlertRecord): boolean {
  return (
    Math.abs(record.startTime - access[0]!.startTime) <= ACCESS_MS &&
    access.every(({ detector }) => detector !== record.detector)
  );
}

function merged(access: readonly AlertRecord[]): MergedAlert {
  const parts = access.toSorted((a, b) => gravity(b) - gravity(a) || rank(a) - rank(b));
  return {
    ...access[0]!,
    detector: parts[0]!.detector,
    finding: parts[0]!.finding,
    startTime: Math.min(...access.map(({ startTime }) => startTime)),
    endTime: Math.max(...access.map(({ endTime }) => endTime)),
    changedTime: Math.max(...access.map(({ changedTime }) => changedTime)),
    count: Math.max(...access.map(({ count }) => count)), // each counts the same events
    changes: Math.max(...access.map(({ changes }) => changes)),
    parts,
  };
}

function gravity({ finding }: AlertRecord): number {
  return SEVERITIES.indexOf(finding.severity);
}

function rank({ finding }: AlertRecord): number {
  const variant = STRONGEST.indexOf(finding.variant);
  return variant === -1 ? STRONGEST.length + ACCESS_KINDS.indexOf(kindOf(finding.alertType)) : variant;
}
