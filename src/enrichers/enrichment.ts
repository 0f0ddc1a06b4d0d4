import { parseIp } from '../lib/ip.ts';
import type { AddressFacts } from '../model/address-facts.ts';
import type { EnrichmentSettings } from './enricher.ts';
import { ENRICHERS } from './index.ts';
import { createPlaces } from './place.ts';

export type { EnrichmentSettings } from './enricher.ts';

/** A host name has 253 characters at most (RFC 1035); what is longer is no name. */
const LONGEST_NAME = 255;

/** Everything loaded from data files, in shared memory where it is large: worker threads use the same bytes. */
export interface AddressData {
  /** By enricher id; each enricher knows its own. */
  tables: Readonly<Record<string, unknown>>;
  attributions: readonly string[];
}

export interface Enrichment {
  /**
   * All that is known about an address as logged. Never throws: the text may be anything.
   * The parts of the answer are shared between addresses and must not be written to.
   */
  factsOf: (text: string) => AddressFacts;
  /** Lines that the licences of the data ask to be shown. */
  attributions: readonly string[];
}

/** Reads all data files, once, in the main thread. Throws `UserError` that names the file and what to do. */
export async function loadAddressData(settings: EnrichmentSettings): Promise<AddressData> {
  const loaded = await Promise.all(
    ENRICHERS.map(async (enricher) => ({ id: enricher.id, ...(await enricher.load(settings)) })),
  );
  return {
    tables: Object.fromEntries(loaded.map(({ id, tables }) => [id, tables])),
    attributions: [...new Set(loaded.flatMap(({ attributions }) => attributions))],
  };
}

/** Opens loaded data in this thread. */
export function createEnrichment(data: AddressData): Enrichment {
  const describers = ENRICHERS.map((enricher) => enricher.open(data.tables[enricher.id]));
  const placeOf = createPlaces();
  return {
    attributions: data.attributions,
    factsOf(text) {
      const address = parseIp(text);
      if (address === undefined) {
        return { address: cappedName(text) };
      }
      const facts: AddressFacts = { address: address.text };
      for (const describe of describers) {
        describe(address, facts);
      }
      const place = placeOf(address, facts);
      if (place !== undefined) {
        facts.place = place;
      }
      return facts;
    },
  };
}

/** A copy, so that a short piece does not keep a long text alive; half a surrogate pair at its end is replaced. */
function cappedName(text: string): string {
  return text.length <= LONGEST_NAME ? text : Buffer.from(text.slice(0, LONGEST_NAME)).toString();
}
