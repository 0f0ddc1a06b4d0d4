import type { Config } from '../config/load-config.ts';
import type { Plugins } from '../pipeline/replay-resource.ts';
import type { Store } from '../store/store.ts';
import { alertsFromOf, type Configured } from './decisions.ts';
import type { Journals } from './journals.ts';
import { livePlanOf } from './live-plans.ts';

/** The configured resources as they are judged live; the store learns of them. */
export async function configure(
  config: Config,
  { parsers }: Plugins,
  { resources }: Store,
  journals: Journals,
): Promise<Configured[]> {
  const all: Configured[] = [];
  for (const plan of config.resources) {
    const tags = config.declared.get(plan.resource.key)?.tags ?? {};
    const row = await resources.put({ resource: plan.resource, origin: 'configured', tags, time: Date.now() });
    const alertsFrom = alertsFromOf(config, row);
    all.push({
      plan: await livePlanOf(plan, parsers, journals, { alertsFrom, isOn: true, isArchived: config.archive.enabled }),
      row,
    });
  }
  return all;
}
