import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config/load-config.ts';
import type { Detector } from '../detectors/detector.ts';
import type { LivePlan } from '../live/live-plan.ts';
import type { Resource } from '../model/resource.ts';
import { BEYOND_FOUND, MAX_FOUND } from '../pipeline/resource-router.ts';
import { allResources } from '../store/all-resources.ts';
import type { ResourceRow } from '../store/resource-store.ts';
import type { Store } from '../store/store.ts';
import { alertsFromOf, type Configured, readDecisions } from './decisions.ts';
import { protectedPlan } from './protected-plan.ts';

/** A store that is away is asked again after this; until then the streams wait. */
const RETRY_MS = 500;

/** Resources that only shared streams name. Off until somebody accepts them, or a policy does. */
export interface Discovery {
  readonly resources: readonly Configured[];
  /** A record names a resource that is not known: how it is judged, or why it is not. */
  found(resource: Resource): Promise<LivePlan | string>;
  /** Another configuration holds; what it names itself is discovered no more. */
  reconfigure(config: Config, configured: readonly Configured[]): void;
}

export async function openDiscovery(
  store: Store,
  config: Config,
  configured: readonly Configured[],
  detectors: readonly Detector[],
  note: (text: string) => void,
): Promise<Discovery> {
  let current = config;
  let resources = (await allResources(store, { origins: ['discovered'] })).map(judgedAs);
  reconfigure(config, configured);

  function judgedAs(row: ResourceRow): Configured {
    const { settings, expected } = current.streams;
    const plan: LivePlan = {
      resource: row.resource,
      settings,
      ...(expected !== undefined && { expected }),
      logs: [],
      alertsFrom: alertsFromOf(current, row),
      isOn: false,
      isArchived: current.archive.enabled,
    };
    return { plan, row };
  }

  function reconfigure(next: Config, all: readonly Configured[]): void {
    current = next;
    const own = new Set(all.map(({ row }) => row.resource.key));
    resources = resources.filter(({ row }) => !own.has(row.resource.key)).map(({ row }) => judgedAs(row));
  }

  async function discover(resource: Resource): Promise<LivePlan | string> {
    const fresh = { resource, origin: 'discovered' as const, time: Date.now() };
    const added = await store.resources.discover([fresh], MAX_FOUND);
    let row = await store.resources.get(resource.key);
    if (row === undefined) {
      return BEYOND_FOUND;
    }
    if (row.origin === 'configured') {
      row = await store.resources.put(fresh); // an earlier file named it
    }
    const found = judgedAs(row);
    resources = [...resources.filter((one) => one.row.resource.key !== resource.key), found];
    const plan = protectedPlan(found.plan, row, await readDecisions(store), detectors);
    if (added.length > 0) {
      note(`${resource.id} was found in a stream; its protection is ${plan.isOn ? 'on by policy' : 'off'}`);
    }
    return plan;
  }

  return {
    get resources() {
      return resources;
    },
    async found(resource) {
      for (;;) {
        try {
          return await discover(resource);
        } catch {
          await pause(RETRY_MS);
        }
      }
    },
    reconfigure,
  };
}
