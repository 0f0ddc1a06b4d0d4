import { loadAddressData } from '../enrichers/enrichment.ts';
import type { ReplayPlan } from '../pipeline/plan.ts';
import type { Config } from './load-config.ts';

/** What a replay is asked for beside its configuration: see `ReplayPlan`. */
export interface ReplayRequest {
  /** Epoch milliseconds. */
  from?: number;
  /** Epoch milliseconds. */
  to?: number;
  workers: number;
}

/**
 * Everything a replay needs, address data loaded.
 *
 * @param notes what was found out of the logs already
 */
export async function planReplay(
  config: Config,
  { from, to, workers }: ReplayRequest,
  notes: readonly string[] = [],
): Promise<ReplayPlan> {
  const addressData = await loadAddressData(config.enrichment);
  return {
    resources: config.resources,
    streams: config.streams,
    notes: [...notes, ...addressData.notes],
    addressData,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    workers,
  };
}
