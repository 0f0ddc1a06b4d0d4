import { autonomousSystem } from './autonomous-system/autonomous-system.ts';
import { cloudRegion } from './cloud-region/cloud-region.ts';
import type { Enricher } from './enricher.ts';
import { geolocation } from './geolocation/geolocation.ts';
import { namedNetwork } from './named-network/named-network.ts';
import { reputation } from './reputation/reputation.ts';

/** In order: an earlier one is believed before a later one. */
export const ENRICHERS: readonly Enricher[] = [namedNetwork, geolocation, autonomousSystem, cloudRegion, reputation];
