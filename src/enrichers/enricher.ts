import type { IpAddress, IpLanes } from '../lib/ip.ts';
import type { AddressFacts } from '../model/address-facts.ts';
import type { NetworkSettings } from '../model/network-settings.ts';

/** What to know addresses by. Paths are resolved; plain, gzip or zstd files. */
export interface EnrichmentSettings {
  networks: readonly NetworkSettings[];
  /** MMDB files. The first that knows an address is believed. None: the optional npm data package, where installed. */
  geo: readonly string[];
  /** ip2asn TSV, @ip-location-db/asn CSV, or MMDB files. As `geo`. */
  asn: readonly string[];
  /** Address lists as Azure, AWS and Google publish them. */
  cloudRanges: readonly string[];
  /** Lists of suspicious addresses: Tor exits, plain lists, CSV, STIX. All that hold an address are told. */
  reputation?: readonly string[] | undefined;
}

/** What an enricher has read. */
export interface Loaded<Tables> {
  /** Structured-cloneable, large parts in shared memory: worker threads look up in the same bytes. */
  tables: Tables;
  /** Lines that the licences of the data ask to be shown. */
  attributions: readonly string[];
  /** What an operator should know of the data: entries that were left out, and why. */
  notes?: readonly string[];
}

/**
 * Adds what it knows about the address to the facts. Must not throw, must not change what an earlier enricher said.
 * What it adds is shared between addresses: whoever gets the facts must not write to it.
 */
export type Describe = (address: IpAddress, facts: AddressFacts) => void;

/**
 * A number below 2^25 that stands for all that is said of an address: equal numbers, equal facts. 0: nothing is said;
 * negative: the address must be described to tell.
 */
export const LARGEST_GROUP = 2 ** 25;
export type GroupOf = (lanes: IpLanes) => number;

/** One kind of knowledge about addresses. */
export interface Enricher<Tables = unknown> {
  /** Its folder and its page. */
  id: string;
  /** Reads the data, once, at start-up. Throws `UserError` for data that cannot be used. */
  load(settings: EnrichmentSettings): Promise<Loaded<Tables>>;
  /** Opens the loaded tables, once in each thread. */
  open(tables: Tables): Describe;
  /** Whether the tables know no address at all, because nothing was configured. */
  isEmpty?(tables: Tables): boolean;
  /** Opens the same tables to tell, without describing them, which addresses are alike. For those on which places depend. */
  openGroups?(tables: Tables): GroupOf;
}
