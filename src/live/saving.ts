import { STREAMS_KEY } from './live-plan.ts';
import type { LiveStreams } from './live-streams.ts';
import type { Resident } from './resident.ts';
import { shardOf } from './shard-of.ts';
import type { SavedRow } from './thread-messages.ts';

/** Between two savings: a crash costs the judging of so much again, and at most twice this. Tests of crashes want it shorter. */
const SAVE_MS = Number(process.env.VEDETTE_SAVE_MS ?? 4000);

/** Saves what has changed: one resource at a time, so that judging goes on between. */
export interface Saving {
  /** Asks for it when it is time. */
  look(now: number): void;
  /** Begins as soon as what was begun before is done. */
  begin(): void;
  /** To be called before a resource gets a record of a shared stream. */
  beforeRecord(resident: Resident): void;
  /** Saves one resource that waits; false when there is none. */
  saveOne(): boolean;
  saveAll(): void;
}

export interface SavingOptions {
  residents: ReadonlyMap<string, Resident>;
  streams: () => LiveStreams | undefined;
  /** Told before a resource is saved: its alerts must be on disk first. */
  publish: (resident: Resident) => void;
  /** Rows that are written together or not at all. */
  write: (rows: SavedRow[]) => void;
}

/**
 * Without shared streams, resources of a shard are written together. With them, all are: each is saved as it was when the
 * streams were, if need be just before it gets its next record of them. So what is written belongs to one place in them.
 */
export function createSaving({ residents, streams, publish, write }: SavingOptions): Saving {
  let queue: Resident[] = [];
  /** Those of the queue that were not saved early. */
  let waiting = new Set<Resident>();
  let rows: SavedRow[] = [];
  let isAsked = false;
  let nextTime = 0;

  function begin(): void {
    isAsked = false;
    const shared = streams();
    if (shared?.isChanged === true) {
      rows.push({ key: STREAMS_KEY, shard: shardOf(STREAMS_KEY), ...shared.save() });
    }
    const changed = [...residents.values()].filter(({ judgement, isUnsaved }) => judgement.isChanged || isUnsaved);
    queue = changed.sort((a, b) => a.shard - b.shard);
    waiting = new Set(queue);
  }

  function save(resident: Resident): void {
    waiting.delete(resident);
    const { key } = resident.resource;
    if (residents.get(key) === resident) {
      publish(resident);
      resident.isUnsaved = false;
      const activities = resident.recorder.take();
      const archived = activities === undefined ? {} : { activities };
      rows.push({ key, shard: resident.shard, ...resident.judgement.save(), ...archived });
    }
  }

  /** The last of a shard, or of all, was saved. */
  function writeWhenDone(shard: number | undefined): void {
    const isDone = queue.length === 0 || (streams() === undefined && queue[0]!.shard !== shard);
    if (isDone && rows.length > 0) {
      write(rows);
      rows = [];
    }
  }

  function saveOne(): boolean {
    if (queue.length === 0 && isAsked) {
      begin();
    }
    const resident = queue.shift();
    if (resident !== undefined && waiting.has(resident)) {
      save(resident);
    }
    const isSaved = resident !== undefined || rows.length > 0;
    writeWhenDone(resident?.shard);
    return isSaved;
  }

  return {
    look(now) {
      if (now >= nextTime) {
        nextTime = now + SAVE_MS;
        isAsked = true;
      }
    },
    begin() {
      isAsked = true;
    },
    beforeRecord(resident) {
      if (waiting.has(resident)) {
        save(resident);
      }
    },
    saveOne,
    saveAll() {
      while (saveOne()) {
        // what was begun earlier
      }
      isAsked = true;
      while (saveOne()) {
        // one after the other
      }
    },
  };
}
