import type { ResourceHealth } from '../model/resource-health.ts';
import type { Store } from '../store/store.ts';
import { noticesOf } from './notices-of.ts';
import { type Observation, type Observed, observeHealth } from './observe-health.ts';
import { quietForMs } from './rhythm.ts';

const LOOK_MS = 5000;
const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;

export interface HealthWatch {
  /** As last seen, by key. */
  readonly resources: ReadonlyMap<string, ResourceHealth>;
  /** Looks now. What the store does not take is told at the next look. */
  look(): Promise<void>;
  stop(): void;
}

/** Looks every five seconds how the resources fare, and keeps it in the store with notices of what is wrong. */
export async function watchHealth(
  store: Pick<Store, 'health'>,
  observations: () => Iterable<Observation>,
  now: () => number = Date.now,
): Promise<HealthWatch> {
  const earlier = new Map((await store.health.list()).map((row) => [row.resourceKey, row]));
  const observed = new Map<string, Observed>();
  const resources = new Map<string, ResourceHealth>();
  const quiet = new Set((await store.health.notices()).filter(isQuiet).map(({ resourceKey }) => resourceKey));

  async function look(): Promise<void> {
    const time = now();
    for (const observation of observations()) {
      const { key } = observation;
      const next = observeHealth(observation, observed.get(key), earlier.get(key), time);
      observed.set(key, next);
      resources.set(key, next.health);
      await tell(next, time);
      await tellOthers(observation, time);
    }
    await store.health.put([...resources.values()]);
  }

  async function tell({ rhythm, health, newGaps }: Observed, time: number): Promise<void> {
    const { resourceKey, name } = health;
    const silence = quietForMs(rhythm, time);
    if (silence !== undefined) {
      const text = `No record of ${name} has come for ${durationText(silence)}; it was never silent for longer than ${durationText(Math.max(...rhythm.silencesMs))}.`;
      await store.health.raise({ resourceKey, kind: 'quiet', text, sinceTime: time });
      quiet.add(resourceKey);
    } else if (quiet.delete(resourceKey)) {
      await store.health.clear(resourceKey, 'quiet');
    }
    const lost = newGaps.at(-1);
    if (lost !== undefined) {
      const text = `Records of ${name} are lost: ${lost.what}.`;
      await store.health.raise({ resourceKey, kind: 'lost-input', text, sinceTime: lost.noticed });
    }
  }

  async function tellOthers(observation: Observation, time: number): Promise<void> {
    for (const { kind, text } of noticesOf(observation)) {
      if (text !== undefined) {
        await store.health.raise({ resourceKey: observation.key, kind, text, sinceTime: time });
      } else {
        await store.health.clear(observation.key, kind);
      }
    }
  }

  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS);
  timer.unref();
  return { resources, look, stop: () => clearInterval(timer) };
}

function isQuiet({ kind }: { kind: string }): boolean {
  return kind === 'quiet';
}

/** `45 min`, `3 h 20 min`. */
function durationText(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS);
  const hours = Math.floor(minutes / HOUR_MINUTES);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % HOUR_MINUTES} min`;
}
