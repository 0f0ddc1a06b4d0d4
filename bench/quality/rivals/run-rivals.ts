import { createEnrichment, loadAddressData } from '../../../src/enrichers/enrichment.ts';
import type { Truth } from '../fleet/label.ts';
import type { ToldAlert } from '../scoring/told-alert.ts';
import { readFacts } from './facts.ts';
import { kustoFunctions } from './kusto-functions.ts';
import { leakyBucket } from './leaky-bucket.ts';
import { neverSeen } from './never-seen.ts';
import type { PlaceOf } from './rival.ts';

const RIVALS = [neverSeen, kustoFunctions, leakyBucket];

/** What the plain methods say of a fleet, by name. */
export async function runRivals(truth: Truth, folder: string): Promise<Map<string, ToldAlert[]>> {
  const placeOf = await createPlaceOf();
  const told = new Map(RIVALS.map(({ name }): [string, ToldAlert[]] => [name, []]));
  for (const resource of truth.resources) {
    const facts = readFacts(folder, resource);
    for (const rival of RIVALS) {
      told.get(rival.name)!.push(...rival.judge(resource.id, facts, placeOf));
    }
  }
  return told;
}

/** With the same address data that Vedette has. */
async function createPlaceOf(): Promise<PlaceOf> {
  const { factsOf } = createEnrichment(
    await loadAddressData({ networks: [], geo: [], asn: [], cloudRanges: [], reputation: [] }),
  );
  const known = new Map<string, { country: string; network: string }>();
  return (address) => {
    const place = known.get(address) ?? placeAt(address);
    known.set(address, place);
    return place;
  };
  function placeAt(address: string): { country: string; network: string } {
    const { location, place } = factsOf(address);
    return { country: location?.countryCode ?? '', network: place?.key ?? '' };
  }
}
