import type { AddressFacts, Listing } from '../model/address-facts.ts';
import type { AlertRecord } from './alert-book.ts';
import { validListings } from './valid-listings.ts';

/** Azure's entities: each with an `$id` of its own; absent facts are absent members. */
export function entitiesOf({ resource, finding }: AlertRecord): Record<string, unknown>[] {
  const { principal, otherPrincipals, application, address, otherAddresses } = finding.entities;
  const entities: Record<string, unknown>[] = [{ type: 'azure-resource', resourceId: resource.id }];
  for (const facts of [...(address === undefined ? [] : [address]), ...(otherAddresses ?? [])]) {
    entities.push(ipEntity(facts, finding.startTime));
  }
  for (const name of [principal, ...(otherPrincipals ?? [])]) {
    if (name !== undefined && name !== '') {
      entities.push({ type: 'account', name });
    }
  }
  if (application !== undefined && application !== '') {
    entities.push({ type: 'cloud-application', name: application });
  }
  return entities.map((entity, i) => ({ $id: String(i + 1), ...entity }));
}

function ipEntity(facts: AddressFacts, time: number): Record<string, unknown> {
  const { address, location, autonomousSystem, cloudRegion } = facts;
  const where: Record<string, unknown> = {
    ...(location && { countryCode: location.countryCode, countryName: location.countryName }),
    ...(location?.city !== undefined && { city: location.city }),
    ...(location?.latitude !== undefined && { latitude: location.latitude, longitude: location.longitude }),
    ...(autonomousSystem && { asn: autonomousSystem.number, organization: autonomousSystem.organization }),
    ...(cloudRegion && { cloudProvider: cloudRegion.provider, systemService: cloudRegion.region }),
  };
  const threats = validListings(facts, time).map(threatOf);
  return {
    type: 'ip',
    address,
    ...(Object.keys(where).length > 0 && { location: where }),
    ...(threats.length > 0 && { threatIntelligence: threats }),
  };
}

function threatOf({ name, kind, note, confidence }: Listing): Record<string, unknown> {
  return {
    providerName: name,
    threatType: kind === 'tor' ? 'Tor exit' : 'Threat',
    ...(note !== undefined && { threatName: note }),
    ...(confidence !== undefined && { confidence }),
  };
}
