import type { Store } from './store.ts';

/** How long and how much is kept. */
export interface RetentionLimits {
  /** Alerts that ended longer ago are removed, days; 0: never. */
  alertDays: number;
  /** Messages that were sent or given up, days. */
  outboxDays: number;
  /** When the rows take more, the alerts that ended first are removed. Bytes; 0: no limit. */
  maxBytes: number;
  /** When what was learned takes more, that of the resources silent for longest is removed. Bytes; 0: no limit. */
  maxStateBytes: number;
}

/** Days for which alerts of single resources are kept, by key, where people decided that; 0: for ever. */
export type OwnDays = () => Promise<ReadonlyMap<string, number>>;

const DAY_MS = 86_400_000;
/** Nothing that is learned is remembered for longer; what is pinned is in the state. */
const DECISION_DAYS = 400;
/** What was learned of a resource that is gone is worth nothing afterwards, should it come back. */
const MEMORY_DAYS = 60;
/** A resource that has records is never forgotten: it would learn anew, and raise nothing meanwhile. */
const SILENT_DAYS = 7;
/** States removed between two looks at how much is left. */
const STATE_BATCH = 20;
const PASS_EVERY_MS = 3_600_000;
/** Rows of one transaction: others never wait long. */
const BATCH = 500;
/** Rounds that one pass tries to get below the size; what is left is left to the next pass. */
const ROUNDS = 5;

/** Passes once now and then every hour, beside everything else. A store that is away is tried again at the next pass. */
export function startRetention(
  store: Store,
  limits: RetentionLimits,
  note: (text: string) => void,
  ownDays: OwnDays = async () => new Map(),
): () => void {
  const pass = (): void => {
    void retain(store, limits, Date.now(), ownDays).then(
      (removed) => removed > 0 && note(`retention: removed ${removed} alerts`),
      () => note('retention: the store is away; trying again in an hour'),
    );
  };
  pass();
  const timer = setInterval(pass, PASS_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** One pass; returns how many alerts were removed. */
export async function retain(
  store: Store,
  limits: RetentionLimits,
  now: number,
  ownDays: OwnDays = async () => new Map(),
): Promise<number> {
  const { outbox, identity } = store;
  const byAge = await removeOld(store, limits.alertDays, await ownDays(), now);
  await inBatches(() => store.decisions.prune(now - DECISION_DAYS * DAY_MS, BATCH));
  await inBatches(() => outbox.prune(now - limits.outboxDays * DAY_MS, BATCH));
  await inBatches(() => store.state.prune(now - MEMORY_DAYS * DAY_MS, BATCH));
  await shrinkStates(store, limits.maxStateBytes, now);
  await identity.sessions.prune(now);
  await identity.keys.prune(now);
  const bySize = limits.maxBytes > 0 ? await shrink(store, limits.maxBytes) : 0;
  if (byAge + bySize > 0) {
    await store.reclaim();
  }
  return byAge + bySize;
}

/** What people decided about single resources goes before what holds for all. */
async function removeOld(
  { alerts }: Pick<Store, 'alerts'>,
  alertDays: number,
  ownDays: ReadonlyMap<string, number>,
  now: number,
): Promise<number> {
  const except = [...ownDays.keys()];
  let removed = 0;
  for (const [days, keys] of [
    [alertDays, { except }] as const,
    ...[...Map.groupBy(except, (key) => ownDays.get(key)!)].map(([own, only]) => [own, { only }] as const),
  ]) {
    removed += days > 0 ? await inBatches(() => alerts.prune(now - days * DAY_MS, BATCH, keys)) : 0;
  }
  return removed;
}

/** Removes as large a part of the alerts as there is too much. */
async function shrink({ alerts, bytes }: Pick<Store, 'alerts' | 'bytes'>, maxBytes: number): Promise<number> {
  let removed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const used = await bytes();
    const count = (await alerts.count({})).reduce((sum, group) => sum + group.count, 0);
    if (used <= maxBytes || count === 0) {
      break;
    }
    let excess = Math.ceil(count * (1 - maxBytes / used));
    removed += await inBatches(async () => {
      const pruned = excess > 0 ? await alerts.pruneOldest(Math.min(BATCH, excess)) : 0;
      excess -= pruned;
      return pruned;
    });
  }
  return removed;
}

/** Forgets what was learned of silent resources, the longest silent first, until the rest fits. */
async function shrinkStates({ state }: Pick<Store, 'state'>, maxBytes: number, now: number): Promise<void> {
  let isLess = maxBytes > 0;
  while (isLess && (await state.bytes()) > maxBytes) {
    isLess = (await state.pruneOldest(now - SILENT_DAYS * DAY_MS, STATE_BATCH)) > 0;
  }
}

async function inBatches(remove: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const removed = await remove();
    if (removed === 0) {
      return total;
    }
    total += removed;
  }
}
