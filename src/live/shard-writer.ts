import { setTimeout as pause } from 'node:timers/promises';
import { faultPoint } from '../lib/fault-point.ts';
import type { AlertWrite } from '../store/alert-store.ts';
import type { NewOutboxMessage } from '../store/outbox.ts';
import type { ResourceCheckpoint, ShardCheckpoint, ShardOwner } from '../store/state-store.ts';
import type { Store } from '../store/store.ts';
import { isStoreError } from '../store/store-error.ts';
import type { Spooling } from './spooling.ts';
import type { FromThread, SavedRow } from './thread-messages.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

type Drafts = Extract<FromThread, { kind: 'alerts' }>['drafts'];

/** What is to be told of an alert, in the same transaction as the alert. */
export type MessagesOf = (write: AlertWrite) => Promise<NewOutboxMessage[]>;

/** The alert as it is written: people may want it out of the way. */
export type Suppress = (write: AlertWrite) => AlertWrite;

/** Writes what one shard has to keep, in the order in which it came. What the store cannot take now is tried again. */
export interface ShardWriter {
  alerts(drafts: Drafts): Promise<void>;
  /** False where the shard is of somebody else by now. */
  checkpoint(rows: readonly SavedRow[]): Promise<boolean>;
  /** Resolves when nothing is left to be written. */
  idle(): Promise<void>;
}

/** Writes what several shards have to keep, all of it together, in the order in which it came. */
export interface TogetherWriter {
  checkpoint(rows: readonly SavedRow[]): Promise<boolean>;
  idle(): Promise<void>;
}

/** @param note one line for the log */
export function createShardWriter(
  store: Store,
  owner: ShardOwner,
  { note, messagesOf, suppress }: { note: (text: string) => void; messagesOf: MessagesOf; suppress: Suppress },
  spooling: Spooling,
): ShardWriter {
  const { inTurn, idle } = createTurns(note, `shard ${owner.shard}`);

  return {
    async alerts(drafts) {
      const detectedTime = Date.now();
      const writes = drafts.map(({ key, isHistorical, draft: { alert, version, background } }) =>
        suppress({ alert, resourceKey: key, version, isHistorical, detectedTime, background }),
      );
      await inTurn(async () => {
        const messages = (await Promise.all(writes.map(messagesOf))).flat();
        faultPoint('upsert');
        await store.alerts.upsert(owner, writes, messages);
        faultPoint('upserted');
      });
    },
    checkpoint: (rows) => inTurn(() => checkpoint(store, spooling, [{ owner, rows }])),
    idle,
  };
}

/** @param owners by shard */
export function createTogetherWriter(
  store: Store,
  owners: readonly ShardOwner[],
  note: (text: string) => void,
  spooling: Spooling,
): TogetherWriter {
  const { inTurn, idle } = createTurns(note, 'a shard');
  return {
    checkpoint(rows) {
      const byShard = Map.groupBy(rows, ({ shard }) => shard);
      const parts = [...byShard].map(([shard, ofShard]) => ({ owner: owners[shard]!, rows: ofShard }));
      return inTurn(() => checkpoint(store, spooling, parts));
    },
    idle,
  };
}

/** Keeps what was recorded, then commits how much of it counts together with the states. */
async function checkpoint(
  { state }: Store,
  spooling: Spooling,
  parts: readonly { owner: ShardOwner; rows: readonly SavedRow[] }[],
): Promise<void> {
  const states: ShardCheckpoint[] = [];
  for (const { owner, rows } of parts) {
    const spooled = await spooling.spool(owner.shard, rows);
    states.push({ owner, resources: rows.map(stateOf), ...(spooled !== undefined && { spooled }) });
  }
  faultPoint('checkpoint');
  await state.checkpoint(states);
  faultPoint('checkpointed');
  for (const { owner, spooled } of states) {
    spooling.committed(owner.shard, spooled);
  }
}

function stateOf({ key, state, positions }: SavedRow): ResourceCheckpoint {
  return { resourceKey: key, state, positions: Buffer.from(JSON.stringify(positions)) };
}

/** One write after the other, each tried again until the store has taken it. */
function createTurns(note: (text: string) => void, what: string) {
  let tail: Promise<unknown> = Promise.resolve();
  /** Somebody else owns it by now: nothing of ours may be written any more. */
  let isLost = false;

  /** Whether it was written. */
  async function persist(write: () => Promise<unknown>): Promise<boolean> {
    for (let wait = FIRST_PAUSE_MS; !isLost; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
      try {
        await write();
        return true;
      } catch (error) {
        if (isStoreError(error, 'stale-epoch')) {
          isLost = true;
          note(`${what} belongs to another process now; this one writes nothing of it any more`);
          break;
        }
        if (wait === FIRST_PAUSE_MS) {
          note(`the store cannot be written (${messageOf(error)}); it is tried again`);
        }
        await pause((wait * (1 + Math.random())) / 2);
      }
    }
    return false;
  }

  return {
    inTurn: (write: () => Promise<unknown>): Promise<boolean> => {
      const written = tail.then(() => persist(write));
      tail = written;
      return written;
    },
    idle: async () => {
      await tail;
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
