import { stat } from 'node:fs/promises';
import type { TuningPort } from '../api/context.ts';
import type { Config } from '../config/load-config.ts';
import type { AddressData } from '../enrichers/enrichment.ts';
import { resolveFormats } from '../formats/resolve-formats.ts';
import type { ResourcePlan } from '../pipeline/plan.ts';
import type { Plugins } from '../pipeline/replay-resource.ts';
import type { Settings } from '../tuning/setting-variants.ts';
import type { Configured } from './decisions.ts';
import { createTuningRuns } from './tuning-runs.ts';

/** What tuning needs of a server that runs. */
export interface TuningSurroundings {
  /** Reads the configuration: the files of a log are found anew for each run. */
  load: () => Promise<Config>;
  plugins: Plugins;
  addressData: () => AddressData;
  configured: () => readonly Configured[];
  /** A plan with what people have decided over the file. */
  decided: (one: Configured) => Promise<Pick<ResourcePlan, 'settings' | 'expected'>>;
}

/** Lets people try settings on the files that a resource's logs lie in. */
export function createTuning(surroundings: TuningSurroundings): TuningPort & { stop(): Promise<void> } {
  const { load, plugins, addressData, configured, decided } = surroundings;
  const runs = createTuningRuns(addressData, plugins.detectors, bytesOf);

  async function planOf(key: string): Promise<ResourcePlan | undefined> {
    const one = configured().find(({ plan }) => plan.resource.key === key);
    const config = await load();
    const wanted = config.resources.filter(({ resource }) => resource.key === key);
    const [plan] = (await resolveFormats({ ...config, resources: wanted }, plugins)).resources;
    const sources = plan?.sources.filter(({ files }) => files.length > 0) ?? [];
    if (one === undefined || plan === undefined || sources.length === 0) {
      return undefined;
    }
    const { settings, expected } = await decided(one);
    return { ...plan, sources, settings, ...(expected !== undefined && { expected }) };
  }

  return {
    async start(key, { settings, ...request }) {
      const plan = await planOf(key);
      if (plan === undefined) {
        return 'no-history';
      }
      const tried = settings as Readonly<Record<string, Settings>> | undefined;
      return runs.start(plan, { ...request, ...(tried !== undefined && { settings: tried }) }) ?? 'busy';
    },
    async held(key) {
      const one = configured().find(({ plan }) => plan.resource.key === key);
      return one && (await decided(one)).settings;
    },
    get: (id) => runs.get(id),
    cancel: (id) => runs.cancel(id),
    stop: () => runs.stop(),
  };
}

/** Of the files as they lie on disk. */
async function bytesOf({ sources }: ResourcePlan): Promise<number> {
  const files = await Promise.all(sources.flatMap((source) => source.files.map((path) => stat(path))));
  return files.reduce((sum, { size }) => sum + size, 0);
}
