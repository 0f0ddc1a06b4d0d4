import type { Erasure } from '../model/decision.ts';
import type { PlacedDecision } from '../pipeline/decisions.ts';
import type { StoredDecision } from '../store/decision-store.ts';
import type { Store } from '../store/store.ts';

/** Rows of a page of the store. */
const PAGE = 1000;

/** What people decide about what is judged, as the store has it. */
export interface DecisionFeed {
  /** Of every resource, by its key: all that is kept. */
  all(): Promise<ReadonlyMap<string, StoredDecision[]>>;
  /** Of one resource. */
  of(resourceKey: string): Promise<StoredDecision[]>;
  /** By resource, those made since the feed was last asked for all or for news. */
  news(): Promise<ReadonlyMap<string, StoredDecision[]>>;
  /** Notes where decisions belong: without it, they hold from the beginning of what is judged again. */
  place(placed: readonly PlacedDecision[]): Promise<void>;
  /** Whether a principal of a resource is to be forgotten, as far as was asked. */
  isErasing(resourceKey: string): boolean;
  /** The decisions about a resource up to one are part of what is saved of it: who was to be forgotten is, here, too. */
  saved(resourceKey: string, sequence: number): Promise<void>;
}

/** @param note one line for the log */
export function createDecisionFeed(
  { decisions }: Pick<Store, 'decisions'>,
  note: (text: string) => void,
): DecisionFeed {
  let latest = 0;
  /** By resource, those that still tell whom they are about. */
  const erasures = new Map<string, StoredDecision[]>();

  function noteErasures(found: readonly StoredDecision[]): void {
    for (const decision of found.filter(({ body }) => body.kind === 'erase' && body.sealed !== undefined)) {
      const known = erasures.get(decision.resourceKey) ?? [];
      if (!known.some(({ sequence }) => sequence === decision.sequence)) {
        erasures.set(decision.resourceKey, [...known, decision]);
      }
    }
  }

  async function behind(sequence: number, resourceKey?: string): Promise<StoredDecision[]> {
    const found: StoredDecision[] = [];
    for (;;) {
      const page = await decisions.after(found.at(-1)?.sequence ?? sequence, PAGE, resourceKey);
      found.push(...page);
      if (page.length < PAGE) {
        noteErasures(found);
        return found;
      }
    }
  }

  async function settle(erasure: StoredDecision): Promise<void> {
    const { resourceKey, sequence, body } = erasure;
    try {
      const { sealed: _, ...rest } = body as Erasure;
      await decisions.amend(sequence, rest);
      const left = erasures.get(resourceKey)!.filter((other) => other !== erasure);
      if (left.length > 0) {
        erasures.set(resourceKey, left);
      } else {
        erasures.delete(resourceKey);
      }
    } catch (error) {
      note(`whom a decision is about was not removed; it is tried again: ${messageOf(error)}`);
    }
  }

  async function advance(sequence: number): Promise<ReadonlyMap<string, StoredDecision[]>> {
    const found = await behind(sequence);
    latest = found.at(-1)?.sequence ?? latest;
    return Map.groupBy(found, ({ resourceKey }) => resourceKey);
  }

  return {
    all: () => advance(0),
    of: (resourceKey) => behind(0, resourceKey),
    news: () => advance(latest),
    isErasing: (resourceKey) => erasures.has(resourceKey),
    async saved(resourceKey, sequence) {
      for (const erasure of erasures.get(resourceKey) ?? []) {
        if (erasure.sequence <= sequence) {
          await settle(erasure);
        }
      }
    },
    async place(placed) {
      try {
        await Promise.all(placed.map(({ sequence, eventTime }) => decisions.place(sequence, eventTime)));
      } catch (error) {
        note(`where decisions belong was not kept: ${messageOf(error)}`);
      }
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
