import type { Id, KeptRecord } from '../../model/activity.ts';
import type { AddressFacts } from '../../model/address-facts.ts';
import type { Resource } from '../../model/resource.ts';
import { type Burst, MAX_RECORDS, type Origin } from './burst.ts';

/** Addresses and names shown of one matter. */
const MAX_SHOWN = 16;

/** A probe of one address, or (`noise`) the odd packets of all that send a few. */
export interface Probe {
  kind: 'probe' | 'noise';
  resource: Resource;
  dedupKey: string;
  facts: AddressFacts;
  /** Of noise: by address. */
  others: Map<string, AddressFacts>;
  hasMoreAddresses: boolean;
  firstTime: number;
  lastTime: number;
  connections: number;
  oddities: number;
  /** Logins tried from there afterwards, and those that succeeded. */
  failures: number;
  logins: number;
  names: Set<string>;
  records: KeptRecord[];
  isLate: boolean;
  /** Connections from which it is a probe. */
  threshold: number;
  /** What a finding has told: events and failures. */
  told: number;
}

export function createProbe(
  kind: Probe['kind'],
  { resource, facts }: Origin,
  { firstTime, lastTime }: Burst,
  threshold: number,
): Probe {
  return {
    kind,
    resource,
    dedupKey: kind === 'noise' ? 'noise' : `probe|${facts.address}`,
    facts,
    others: new Map(),
    hasMoreAddresses: false,
    firstTime,
    lastTime,
    connections: 0,
    oddities: 0,
    failures: 0,
    logins: 0,
    names: new Set(),
    records: [],
    isLate: false,
    threshold,
    told: 0,
  };
}

/** Adds what a burst did. True when that brought an address of which nothing was told yet. */
export function addBurst(probe: Probe, facts: AddressFacts, burst: Burst): boolean {
  probe.firstTime = Math.min(probe.firstTime, burst.firstTime);
  probe.lastTime = Math.max(probe.lastTime, burst.lastTime);
  probe.connections += burst.connections;
  probe.oddities += burst.oddities;
  probe.isLate ||= burst.isLate;
  probe.records = [...probe.records, ...burst.records].slice(0, MAX_RECORDS);
  if (facts.address === probe.facts.address || probe.others.has(facts.address)) {
    return false;
  }
  if (probe.others.size === MAX_SHOWN) {
    probe.hasMoreAddresses = true;
    return false;
  }
  probe.others.set(facts.address, facts);
  return true;
}

/** Adds a login that was tried from where the probe came from. */
export function addAttempt(probe: Probe, name: string, isIn: boolean, time: number): void {
  probe.lastTime = Math.max(probe.lastTime, time);
  probe.failures += isIn ? 0 : 1;
  probe.logins += isIn ? 1 : 0;
  if (name !== '' && probe.names.size < MAX_SHOWN) {
    probe.names.add(name);
  }
}

/** Events that a finding about it speaks of. A connection that sent an odd packet is told as that. */
export function countOf({ connections, oddities, failures, logins }: Probe): number {
  return Math.max(connections, oddities) + failures + logins;
}

/** Probes by the id of their address. */
export type Probes = Map<Id, Probe>;
