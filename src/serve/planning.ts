import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../config/load-config.ts';
import { type ResolvedInputs, resolveFormats } from '../formats/resolve-formats.ts';
import { STREAMS_KEY } from '../live/live-plan.ts';
import type { Resource } from '../model/resource.ts';
import type { ResourcePlan, SourcePlan } from '../pipeline/plan.ts';
import type { Plugins } from '../pipeline/replay-resource.ts';
import { matchingFiles } from '../sources/file-tail/matching-files.ts';
import type { Source } from '../sources/source.ts';
import type { ResourceRow } from '../store/resource-store.ts';
import type { Store } from '../store/store.ts';
import { alertsFromOf, type Configured } from './decisions.ts';
import { journalStart } from './journal-start.ts';
import type { Journals } from './journals.ts';
import { openKnownFormats } from './known-formats.ts';
import { livePlanOf } from './live-plans.ts';

/** Between two looks at logs that tell too little yet: they are read from their beginning all the same. */
const LOOK_MS = 250;
/** A log to which nothing was added for so long may tell enough. */
const QUIET_MS = 1000;

/** What a configuration comes to. */
export interface Planned {
  resources: readonly Configured[];
  /** The shared streams, formats found out. */
  streams: readonly SourcePlan[];
}

/** Makes of a configuration what is judged live. */
export interface Planning {
  /** Everything; the store learns of the resources. Tells what was found out, and what is waited for. */
  plan(config: Config): Promise<Planned>;
  streams(config: Config): Promise<readonly SourcePlan[]>;
  /** The logs of a resource, or the shared streams, as they are read; `isPending`: they tell too little yet. */
  sourcesOf(owner: string): readonly { source: SourcePlan; isPending: boolean }[];
  /** What the configuration says of a way in that is no file. */
  settingsOf(inputId: string): object | undefined;
  /** Tells a resource with a log that had told too little before. Returns how to stop. */
  watch(changed: (one: Configured) => Promise<void>): () => void;
}

export interface PlanningOptions {
  store: Store;
  plugins: Plugins & { sources: readonly Source[] };
  journals: Journals;
  /** One line for the log. */
  note: (text: string) => void;
}

export async function createPlanning({ store, plugins, journals, note }: PlanningOptions): Promise<Planning> {
  const known = await openKnownFormats(store);
  let current: Config | undefined;
  let pending: ResolvedInputs['pending'] = [];
  /** How logs are read that tell enough, by owner. */
  const resolvedOf = new Map<string, readonly SourcePlan[]>();
  /** How a pending log looked when it was last tried. */
  const tried = new Map<SourcePlan, string>();

  async function resolve(inputs: Pick<Config, 'resources' | 'streams'>): Promise<ResolvedInputs> {
    const resolved = await resolveFormats(inputs, plugins, {
      knownOf: known.of,
      startOf: (source) => journalStart(source, journals, plugins.sources),
      now: Date.now(),
    });
    await known.remember(resolved.settled);
    for (const text of resolved.notes) {
      note(text);
    }
    return resolved;
  }

  async function configure(plan: ResourcePlan, config: Config): Promise<Configured> {
    resolvedOf.set(plan.resource.key, plan.sources);
    const { tags = {}, isAdded } = config.declared.get(plan.resource.key) ?? {};
    const row = await rowOf(plan.resource, tags, isAdded === true);
    const decided = { alertsFrom: alertsFromOf(config, row), isOn: true, isArchived: config.archive.enabled };
    return { plan: await livePlanOf(plan, plugins.parsers, journals, decided), row };
  }

  /** Written only where it says something new: there may be thousands, and each would wait for the disk. */
  async function rowOf(
    resource: Resource,
    tags: Readonly<Record<string, string>>,
    isAdded: boolean,
  ): Promise<ResourceRow> {
    const row = await store.resources.get(resource.key);
    const isSame = isAdded || (row?.origin === 'configured' && isDeepStrictEqual(row.tags, tags));
    return row !== undefined && isSame
      ? row
      : store.resources.put({ resource, origin: 'configured', tags, time: Date.now() });
  }

  /** How a log looks from outside; another text: it may tell more. */
  async function looksOf(source: SourcePlan): Promise<string> {
    const files = source.pattern === undefined ? [] : matchingFiles(source.pattern);
    const parts = files.map(({ path, stats }) => ({
      path,
      size: stats.size,
      time: Math.max(stats.mtimeMs, stats.ctimeMs),
    }));
    if (source.intake !== undefined) {
      const { bytes, modified } = await journalStart(source, journals, plugins.sources);
      parts.push({ path: '', size: bytes.length, time: modified });
    }
    return JSON.stringify(parts.map((part) => ({ ...part, isQuiet: Date.now() - part.time >= QUIET_MS })));
  }

  async function mayTellMore(source: SourcePlan): Promise<boolean> {
    const looks = await looksOf(source);
    const isNew = looks !== tried.get(source);
    tried.set(source, looks);
    return isNew;
  }

  /** Tries the logs of a resource again; undefined when they tell no more than before. */
  async function settle(config: Config, key: string): Promise<{ one: Configured; left: SourcePlan[] } | undefined> {
    const waiting = pending.filter(({ owner }) => owner === key).map(({ source }) => source);
    const looks = await Promise.all(waiting.map(mayTellMore));
    const plan = config.resources.find(({ resource }) => resource.key === key);
    if (plan === undefined || !looks.includes(true)) {
      return undefined;
    }
    const sources = plan.sources.map((source) => (waiting.includes(source) ? withFiles(source) : source));
    const streams = { ...config.streams, sources: [] };
    const resolved = await resolve({ resources: [{ ...plan, sources }], streams });
    const left = waiting.filter((source) => resolved.pending.some((one) => isSame(one.source, source)));
    if (left.length === waiting.length || config !== current) {
      return undefined;
    }
    return { one: await configure(resolved.resources[0]!, config), left };
  }

  return {
    async plan(config) {
      const resolved = await resolve(config);
      const resources: Configured[] = [];
      for (const plan of resolved.resources) {
        resources.push(await configure(plan, config));
      }
      ({ pending } = resolved);
      resolvedOf.set(STREAMS_KEY, resolved.streams.sources);
      current = config;
      tried.clear();
      for (const { owner, source } of pending) {
        note(`${nameOf(config, owner)}: ${source.pattern ?? source.intake!.id} does not tell yet how it is to be read`);
      }
      return { resources, streams: resolved.streams.sources };
    },
    streams: async (config) => (await resolve({ resources: [], streams: config.streams })).streams.sources,
    sourcesOf(owner) {
      const waiting = pending.filter((one) => one.owner === owner);
      return [
        ...(resolvedOf.get(owner) ?? []).map((source) => ({ source, isPending: false })),
        ...waiting.map(({ source }) => ({ source, isPending: true })),
      ];
    },
    settingsOf(inputId) {
      const sources = current?.resources.flatMap((plan) => plan.sources) ?? [];
      return sources.find(({ intake }) => intake?.id === inputId)?.intake?.settings;
    },
    watch(changed) {
      let isBusy = false;
      let told = '';

      async function look(): Promise<void> {
        for (const key of new Set(pending.map(({ owner }) => owner))) {
          const settled = current && (await settle(current, key));
          if (settled !== undefined) {
            await changed(settled.one);
            pending = pending.filter(({ owner, source }) => owner !== key || settled.left.includes(source));
          }
        }
      }

      const timer = setInterval(() => {
        if (!isBusy) {
          isBusy = true;
          void look()
            .catch((error: Error) => {
              if (error.message !== told) {
                told = error.message;
                note(`a log is not read yet: ${error.message}`);
              }
            })
            .finally(() => {
              isBusy = false;
            });
        }
      }, LOOK_MS);
      return () => clearInterval(timer);
    },
  };
}

function withFiles(source: SourcePlan): SourcePlan {
  return source.pattern === undefined
    ? source
    : { ...source, files: matchingFiles(source.pattern).map(({ path }) => path) };
}

function isSame(a: SourcePlan, b: SourcePlan): boolean {
  return a.pattern === b.pattern && a.intake?.id === b.intake?.id && a.format === b.format;
}

function nameOf({ resources }: Config, key: string): string {
  return resources.find(({ resource }) => resource.key === key)?.resource.name ?? key;
}
