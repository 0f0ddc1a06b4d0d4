import type { KeptRecord } from '../../model/activity.ts';
import type { AddressFacts, Listing } from '../../model/address-facts.ts';
import type { Resource } from '../../model/resource.ts';

/** Addresses and names shown of one matter; of more only the number is told. */
const MAX_ADDRESSES = 16;
const MAX_NAMES = 20;
/** Raw records shown: those with which an address or a name was seen first. */
const MAX_RECORDS = 6;

export type Variant = 'success' | 'failure' | 'probe';

/** What was seen of one address. */
export interface Sighting {
  resource: Resource;
  facts: AddressFacts;
  /** At least one. */
  listings: readonly Listing[];
  count: number;
  /** Milliseconds since the epoch. */
  firstTime: number;
  lastTime: number;
  /** Empty where the log tells none. */
  principal: string;
  application: string;
  database: string;
  /** Refused before any credential was looked at. */
  isRefused: boolean;
  isLate: boolean;
  records(): readonly KeptRecord[];
}

/** What is one matter to a person, so far. */
export interface Matter {
  resource: Resource;
  variant: Variant;
  kind: Listing['kind'];
  dedupKey: string;
  firstTime: number;
  lastTime: number;
  count: number;
  /** By address; the first one is the entity. */
  addresses: Map<string, Pick<Sighting, 'facts' | 'listings' | 'count'>>;
  hasMoreAddresses: boolean;
  principals: Set<string>;
  hasMorePrincipals: boolean;
  application: string;
  database: string;
  /** How many were refused before any credential was looked at. */
  refused: number;
  records: KeptRecord[];
  isLate: boolean;
  /** Events of which a finding has told. */
  told: number;
}

/** Whether lists say that an address is Tor's, or only that it is a threat. */
export function kindOf(listings: readonly Listing[]): Listing['kind'] {
  return listings.some(({ kind }) => kind === 'tor') ? 'tor' : 'threat';
}

/**
 * Which sightings are one matter. Exits of Tor are interchangeable, so a principal that comes through them is one; what
 * does not get in is one by kind of list, however many addresses and made-up names there are.
 */
export function matterKey(variant: Variant, { facts, listings, principal }: Sighting): string {
  const kind = kindOf(listings);
  if (variant !== 'success') {
    return `${variant}|${kind}`;
  }
  return kind === 'tor' ? `${variant}|${kind}|${principal}` : `${variant}|${kind}|${facts.address}|${principal}`;
}

export function createMatter(variant: Variant, sighting: Sighting): Matter {
  const { resource, firstTime, lastTime, application, database, listings } = sighting;
  return {
    resource,
    variant,
    kind: kindOf(listings),
    dedupKey: matterKey(variant, sighting),
    firstTime,
    lastTime,
    count: 0,
    addresses: new Map(),
    hasMoreAddresses: false,
    principals: new Set(),
    hasMorePrincipals: false,
    application,
    database,
    refused: 0,
    records: [],
    isLate: false,
    told: 0,
  };
}

/** Adds what was seen; true when that brought an address or a name of which nothing was told yet. */
export function addSighting(matter: Matter, sighting: Sighting): boolean {
  const { count, firstTime, lastTime } = sighting;
  matter.count += count;
  matter.firstTime = Math.min(matter.firstTime, firstTime);
  matter.lastTime = Math.max(matter.lastTime, lastTime);
  matter.refused += sighting.isRefused ? count : 0;
  matter.isLate ||= sighting.isLate;
  const isNewAddress = addAddress(matter, sighting);
  const isNews = addPrincipal(matter, sighting.principal) || isNewAddress;
  if (isNews && matter.records.length < MAX_RECORDS) {
    matter.records = [...matter.records, ...sighting.records()].slice(0, MAX_RECORDS);
  }
  return isNews;
}

function addAddress(matter: Matter, { facts, listings, count }: Sighting): boolean {
  const known = matter.addresses.get(facts.address);
  if (known !== undefined) {
    known.count += count;
    return false;
  }
  if (matter.addresses.size === MAX_ADDRESSES) {
    matter.hasMoreAddresses = true;
    return false;
  }
  matter.addresses.set(facts.address, { facts, listings, count });
  return true;
}

function addPrincipal(matter: Matter, principal: string): boolean {
  if (principal === '' || matter.principals.has(principal)) {
    return false;
  }
  if (matter.principals.size === MAX_NAMES) {
    matter.hasMorePrincipals = true;
    return false;
  }
  matter.principals.add(principal);
  return true;
}
