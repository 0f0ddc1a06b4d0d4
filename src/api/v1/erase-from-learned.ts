import { setTimeout as pause } from 'node:timers/promises';
import { sealEvidence } from '../../lib/evidence-seal.ts';
import { type Renaming, renameIn } from '../../lib/renaming.ts';
import { ERASURE, type Erasure } from '../../model/decision.ts';
import { allResources } from '../../store/all-resources.ts';
import type { DecisionStore, StoredDecision } from '../../store/decision-store.ts';
import type { ApiContext } from '../context.ts';

/** Decisions of a page, and those that are made at a time. */
const PAGE = 500;
/** What was learned of a resource is saved every few seconds; waited for so long. */
const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 200;
/** Everything else that is known by a key is no resource. */
const OF_RESOURCE = '/';

/** Who forgets, and whom. */
interface Forgetting {
  principal: string;
  erasure: Pick<Erasure, 'instead' | 'isKept'>;
  /** Who wants it. */
  by: string;
}

/**
 * Has those who judge resources forget a principal: as a decision, so that it holds once, whatever is killed.
 *
 * @returns on how many resources it is forgotten, and on how many it is not yet
 */
export async function eraseFromLearned(
  context: Pick<ApiContext, 'store' | 'evidenceKey' | 'clock'>,
  keys: readonly string[],
  { principal, erasure, by }: Forgetting,
): Promise<{ resources: number; pending: number }> {
  const { store, evidenceKey, clock } = context;
  const sealed = evidenceKey && sealEvidence(principal, ERASURE, evidenceKey);
  if (sealed === undefined || keys.length === 0) {
    return { resources: 0, pending: 0 }; // nothing is judged here
  }
  const made: StoredDecision[] = [];
  for (let i = 0; i < keys.length; i += PAGE) {
    const body = { kind: 'erase', sealed, ...erasure } as const;
    const some = keys.slice(i, i + PAGE).map((resourceKey) => ({ resourceKey, body, by, time: clock() }));
    made.push(...(await Promise.all(some.map((decision) => store.decisions.append(decision)))));
  }
  const pending = await untilForgotten(store.decisions, made);
  return { resources: keys.length - pending, pending };
}

/** How many are not forgotten when patience is over. */
async function untilForgotten(decisions: DecisionStore, made: readonly StoredDecision[]): Promise<number> {
  const first = made.reduce((least, { sequence }) => Math.min(least, sequence), Number.POSITIVE_INFINITY);
  const ours = new Set(made.map(({ sequence }) => sequence));
  for (const end = performance.now() + PATIENCE_MS; ; await pause(LOOK_EVERY_MS)) {
    let left = 0;
    for await (const { sequence, body } of decisionsAfter(decisions, first - 1)) {
      left += ours.has(sequence) && body.kind === 'erase' && body.sealed !== undefined ? 1 : 0;
    }
    if (left === 0 || performance.now() > end) {
      return left;
    }
  }
}

async function* decisionsAfter(decisions: DecisionStore, sequence: number): AsyncGenerator<StoredDecision> {
  let last = sequence;
  let page: StoredDecision[];
  do {
    page = await decisions.after(last, PAGE);
    yield* page;
    last = page.at(-1)?.sequence ?? last;
  } while (page.length === PAGE);
}

/** Puts another name in the place of a principal's in what people decided about resources. */
export async function eraseFromDecisions(
  { decisions }: ApiContext['store'],
  keys: readonly string[],
  renaming: Renaming,
): Promise<void> {
  const meant = new Set(keys);
  for await (const { resourceKey, sequence, body } of decisionsAfter(decisions, 0)) {
    const renamed = renameIn(body, renaming);
    if (meant.has(resourceKey) && body.kind !== 'erase' && renamed !== body) {
      await decisions.amend(sequence, renamed);
    }
  }
}

/** The resources of which something is, or will be, learned. */
export async function learnedResources({ store }: Pick<ApiContext, 'store'>): Promise<string[]> {
  const saved = await store.state.sizes(Number.MAX_SAFE_INTEGER);
  const named = await allResources(store, { origins: ['configured', 'added'] });
  const keys = [...saved.map(({ resourceKey }) => resourceKey), ...named.map(({ resource }) => resource.key)];
  return [...new Set(keys.filter((key) => key.startsWith(OF_RESOURCE)))];
}
