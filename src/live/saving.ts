import type { Resident } from './live-thread.ts';
import type { SavedRow } from './thread-messages.ts';

/** Between two savings: a crash costs the judging of so much again, and at most twice this. Tests of crashes want it shorter. */
const SAVE_MS = Number(process.env.VEDETTE_SAVE_MS ?? 4000);

/** Saves what has changed: one resource at a time, so that judging goes on between; those of a shard together. */
export interface Saving {
  /** Begins when it is time. */
  look(now: number): void;
  begin(): void;
  /** Saves one resource that waits; false when there is none. */
  saveOne(): boolean;
  saveAll(): void;
}

/**
 * @param publish told before a resource is saved: its alerts must be on disk first
 * @param write the rows of one shard
 */
export function createSaving(
  residents: ReadonlyMap<string, Resident>,
  publish: (resident: Resident) => void,
  write: (shard: number, rows: SavedRow[]) => void,
): Saving {
  let queue: [string, Resident][] = [];
  let rows: SavedRow[] = [];
  let nextTime = 0;

  function begin(): void {
    const waiting = new Set(queue.map(([key]) => key));
    const changed = [...residents].filter(([key, { judgement }]) => judgement.isChanged && !waiting.has(key));
    queue = [...queue, ...changed].sort(([, a], [, b]) => a.shard - b.shard);
  }

  function saveOne(): boolean {
    const next = queue.shift();
    if (next === undefined) {
      return false;
    }
    const [key, resident] = next;
    if (residents.get(key) === resident) {
      publish(resident);
      rows.push({ key, ...resident.judgement.save() });
    }
    if (queue[0]?.[1].shard !== resident.shard && rows.length > 0) {
      write(resident.shard, rows);
      rows = [];
    }
    return true;
  }

  return {
    look(now) {
      if (now >= nextTime && queue.length === 0) {
        nextTime = now + SAVE_MS;
        begin();
      }
    },
    begin,
    saveOne,
    saveAll() {
      begin();
      while (saveOne()) {
        // one after the other
      }
    },
  };
}
