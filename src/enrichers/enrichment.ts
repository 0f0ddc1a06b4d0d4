import { parseIp, readIp } from '../lib/ip.ts';
import type { AddressFacts } from '../model/address-facts.ts';
import type { NetworkSettings } from '../model/network-settings.ts';
import { type EnrichmentSettings, LARGEST_GROUP } from './enricher.ts';
import { placeOfHost } from './host-place.ts';
import { ENRICHERS } from './index.ts';
import { createPlaces, isPrivate } from './place.ts';

export type { EnrichmentSettings } from './enricher.ts';

/** A host name has 253 characters at most (RFC 1035); what is longer is no name. */
const LONGEST_NAME = 255;
/** Addresses of which the facts are at hand, in each thread. About 300 bytes each. */
const MAX_AT_HAND = 4096;
/** Of what people name, not data files: it is loaded anew while the server runs. */
const NAMED_BY_PEOPLE = 'named-network';

/** Everything loaded from data files, in shared memory where it is large: worker threads use the same bytes. */
export interface AddressData {
  /** By enricher id; each enricher knows its own. */
  tables: Readonly<Record<string, unknown>>;
  attributions: readonly string[];
  /** What an operator should know of the data. */
  notes: readonly string[];
}

export interface Enrichment {
  /**
   * All that is known about an address as logged. Never throws: the text may be anything.
   * The answer is given to others, too, and must not be written to.
   */
  factsOf: (text: string) => AddressFacts;
  /**
   * A number that stands for the place of the address written in the bytes: equal numbers, equal places. 0: its facts
   * must be asked for. Much cheaper than the facts.
   */
  placeGroupOf: (bytes: Uint8Array, start: number, end: number) => number;
  /** Lines that the licences of the data ask to be shown. */
  readonly attributions: readonly string[];
  /** Ids of the enrichers that have no data. */
  readonly empty: ReadonlySet<string>;
  /** Goes on with other data. Whoever keeps what was told of an address must ask again. */
  renew(data: AddressData): void;
}

/** Reads all data files, once, in the main thread. Throws `UserError` that names the file and what to do. */
export async function loadAddressData(settings: EnrichmentSettings): Promise<AddressData> {
  const loaded = await Promise.all(
    ENRICHERS.map(async (enricher) => ({ id: enricher.id, ...(await enricher.load(settings)) })),
  );
  return {
    tables: Object.fromEntries(loaded.map(({ id, tables }) => [id, tables])),
    attributions: [...new Set(loaded.flatMap(({ attributions }) => attributions))],
    notes: loaded.flatMap(({ notes }) => notes ?? []),
  };
}

/** The same data with other named networks. Throws `UserError` where these cannot hold together. */
export async function withNetworks(data: AddressData, networks: readonly NetworkSettings[]): Promise<AddressData> {
  const enricher = ENRICHERS.find(({ id }) => id === NAMED_BY_PEOPLE)!;
  const { tables } = await enricher.load({ networks, geo: [], asn: [], cloudRanges: [] });
  return { ...data, tables: { ...data.tables, [enricher.id]: tables } };
}

/** Opens loaded data in this thread. */
export function createEnrichment(data: AddressData): Enrichment {
  let known = openData(data);
  return {
    get attributions() {
      return known.attributions;
    },
    get empty() {
      return known.empty;
    },
    placeGroupOf: (bytes, start, end) => known.placeGroupOf(bytes, start, end),
    factsOf: (text) => known.factsOf(text),
    renew(next) {
      known = openData(next);
    },
  };
}

function openData(data: AddressData): Omit<Enrichment, 'renew'> {
  return {
    attributions: data.attributions,
    empty: new Set(ENRICHERS.filter((enricher) => enricher.isEmpty?.(data.tables[enricher.id])).map(({ id }) => id)),
    placeGroupOf: openPlaceGroups(data),
    factsOf: openFacts(data),
  };
}

function openFacts(data: AddressData): Enrichment['factsOf'] {
  const describers = ENRICHERS.map((enricher) => enricher.open(data.tables[enricher.id]));
  const placeOf = createPlaces();
  const atHand = new Map<string, AddressFacts>();

  function describeAddress(text: string): AddressFacts {
    const address = parseIp(text);
    if (address === undefined) {
      const name = cappedName(text);
      const place = placeOfHost(name);
      return { address: name, ...(place !== undefined && { place }) };
    }
    const facts: AddressFacts = { address: address.text };
    for (const describe of describers) {
      describe(address, facts);
    }
    const place = placeOf(address, facts);
    if (place !== undefined) {
      facts.place = place;
    }
    if (atHand.size >= MAX_AT_HAND) {
      atHand.clear();
    }
    atHand.set(text, facts);
    return facts;
  }

  return (text) => atHand.get(text) ?? describeAddress(text);
}

function openPlaceGroups(data: AddressData): Enrichment['placeGroupOf'] {
  const groups = ENRICHERS.flatMap((enricher) => enricher.openGroups?.(data.tables[enricher.id]) ?? []);
  const lanes = new Uint32Array(4);
  const ipv4 = [0];
  return (bytes, start, end) => {
    if (readIp(bytes, start, end, lanes) !== 1) {
      return 0;
    }
    ipv4[0] = lanes[0];
    let whole = 0;
    for (const groupOf of groups) {
      const group = groupOf(ipv4);
      if (group < 0) {
        return 0;
      }
      whole = whole * LARGEST_GROUP + group;
    }
    return isPrivate(ipv4) ? 0 : whole;
  };
}

/** A copy, so that a short piece does not keep a long text alive; half a surrogate pair at its end is replaced. */
function cappedName(text: string): string {
  return text.length <= LONGEST_NAME ? text : Buffer.from(text.slice(0, LONGEST_NAME)).toString();
}
