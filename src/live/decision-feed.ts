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
}

/** @param note one line for the log */
export function createDecisionFeed(
  { decisions }: Pick<Store, 'decisions'>,
  note: (text: string) => void,
): DecisionFeed {
  let latest = 0;

  async function behind(sequence: number, resourceKey?: string): Promise<StoredDecision[]> {
    const found: StoredDecision[] = [];
    for (;;) {
      const page = await decisions.after(found.at(-1)?.sequence ?? sequence, PAGE, resourceKey);
      found.push(...page);
      if (page.length < PAGE) {
        return found;
      }
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
    async place(placed) {
      try {
        await Promise.all(placed.map(({ sequence, eventTime }) => decisions.place(sequence, eventTime)));
      } catch (error) {
        note(`where decisions belong was not kept: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  };
}
