import type { Config } from '../config/load-config.ts';
import type { Detector } from '../detectors/detector.ts';
import type { LivePlan } from '../live/live-plan.ts';
import { expectedRecords } from '../protection/expected-records.ts';
import type { ResourceRow } from '../store/resource-store.ts';
import type { Store } from '../store/store.ts';
import { archivedResources } from './archived-resources.ts';
import { type Decisions, protectedPlan } from './protected-plan.ts';
import { selfTestMarks } from './self-test-marks.ts';
import { watchRevision } from './watch-revision.ts';

/** A resource as the file has it. */
export interface Configured {
  plan: LivePlan;
  row: ResourceRow;
}

/** Alerts that start earlier are historical; epoch milliseconds. */
export function alertsFromOf({ alertsFrom }: Pick<Config, 'alertsFrom'>, { firstSeenTime }: ResourceRow): number {
  return typeof alertsFrom === 'number' ? alertsFrom : firstSeenTime - alertsFrom.beforeMs;
}

export async function readDecisions(store: Store): Promise<Decisions> {
  const { settings } = store;
  const [overrides, policies, expected, archived, selfTests] = await Promise.all([
    settings.overrides(),
    settings.policies(),
    expectedRecords(store),
    archivedResources(store),
    selfTestMarks(store),
  ]);
  return { overrides, policies, expected, archived, selfTests };
}

/**
 * Tells plans that people changed, within a second. What cannot be asked now is asked again.
 *
 * @param configured the resources as they are at present
 * @param started how they are judged already
 * @returns how to stop
 */
export function watchDecisions(
  store: Store,
  configured: () => readonly Configured[],
  started: readonly LivePlan[],
  detectors: readonly Detector[],
  change: (plan: LivePlan) => Promise<void>,
): () => void {
  const known = new Map(started.map((plan) => [plan.resource.key, textOf(plan)]));

  return watchRevision(store, async () => {
    const decisions = await readDecisions(store);
    for (const { plan, row } of configured()) {
      const next = protectedPlan(plan, row, decisions, detectors);
      if (known.get(plan.resource.key) !== textOf(next)) {
        await change(next);
        known.set(plan.resource.key, textOf(next));
      }
    }
  });
}

function textOf({ isOn, isArchived, settings, expected, selfTests }: LivePlan): string {
  return JSON.stringify([isOn, isArchived, settings, expected, selfTests]);
}
