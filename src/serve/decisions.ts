import type { Detector } from '../detectors/detector.ts';
import type { LivePlan } from '../live/live-plan.ts';
import type { ResourceRow } from '../store/resource-store.ts';
import type { Store } from '../store/store.ts';
import { type Decisions, protectedPlan } from './protected-plan.ts';

/** Other processes change settings, too: the store is asked this often. */
const ASK_MS = 500;

/** A resource as the file has it. */
export interface Configured {
  plan: LivePlan;
  row: ResourceRow;
}

export async function readDecisions({ settings }: Store): Promise<Decisions> {
  const [overrides, policies] = await Promise.all([settings.overrides(), settings.policies()]);
  return { overrides, policies };
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
  let revision = -1;
  let asking: Promise<void> | undefined;

  async function ask(): Promise<void> {
    const now = await store.settings.revision();
    if (now === revision) {
      return;
    }
    const decisions = await readDecisions(store);
    for (const { plan, row } of configured()) {
      const next = protectedPlan(plan, row, decisions, detectors);
      if (known.get(plan.resource.key) !== textOf(next)) {
        await change(next);
        known.set(plan.resource.key, textOf(next));
      }
    }
    revision = now;
  }

  function askSoon(): void {
    asking ??= ask()
      .catch(() => undefined)
      .finally(() => {
        asking = undefined;
      });
  }

  askSoon();
  const stopWatching = store.settings.watch(askSoon);
  const timer = setInterval(askSoon, ASK_MS);
  return () => {
    stopWatching();
    clearInterval(timer);
  };
}

function textOf({ isOn, settings }: LivePlan): string {
  return JSON.stringify([isOn, settings]);
}
