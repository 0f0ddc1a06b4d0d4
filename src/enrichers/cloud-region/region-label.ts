import type { CloudRegion } from '../../model/address-facts.ts';
import { AZURE_REGIONS } from './azure-regions.ts';
import { AWS_REGIONS, GOOGLE_REGIONS } from './other-regions.ts';

const NAMES: Readonly<Record<CloudRegion['provider'], Readonly<Record<string, string>>>> = {
  Azure: AZURE_REGIONS,
  AWS: AWS_REGIONS,
  'Google Cloud': GOOGLE_REGIONS,
};

/** What people call a region, and where it is; the provider's own name where that is all there is. */
export function regionLabel(provider: CloudRegion['provider'], region: string): string {
  const names = NAMES[provider];
  const key = provider === 'Azure' ? region.toLowerCase() : region;
  return Object.hasOwn(names, key) ? names[key] : region;
}
