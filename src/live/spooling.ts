import { setTimeout as pause } from 'node:timers/promises';
import { faultPoint } from '../lib/fault-point.ts';
import type { Spooled } from '../store/state-store.ts';
import type { SavedRow } from './thread-messages.ts';

/** Keeps what is archived of a shard: see `Archive`. */
export interface SpoolTarget {
  readonly id: string;
  append(shard: number, blocks: readonly Uint8Array[]): Promise<number>;
  noteCommitted(shard: number, end: number): void;
  /** Whether more can be taken. */
  hasRoom(): boolean;
  /** These blocks are not kept: counted, and shown. */
  noteLost(blocks: readonly Uint8Array[], reason: string): void;
}

/** An archive that cannot be written must not keep the judging from going on: it is tried so often. */
const TRIES = 3;
const PAUSE_MS = 100;

/** Puts what is archived beside what is saved. */
export interface Spooling {
  /** On disk, behind what is committed: the same again until that is said. Undefined where there is nothing. */
  spool(shard: number, rows: readonly SavedRow[]): Promise<Spooled | undefined>;
  committed(shard: number, spooled: Spooled | undefined): void;
}

/** @param note one line for the log. @param archive absent: what is to be archived is thrown away */
export function createSpooling(note: (text: string) => void, archive: SpoolTarget | undefined): Spooling {
  let isLosing = false;

  function lose(blocks: readonly Uint8Array[], reason: string): undefined {
    archive?.noteLost(blocks, reason);
    if (!isLosing) {
      note(`the archive cannot be written (${reason}): detection goes on, activities are not kept`);
    }
    isLosing = true;
  }

  function keepOn(): void {
    if (isLosing) {
      note('the archive can be written again: activities are kept');
    }
    isLosing = false;
  }

  return {
    async spool(shard, rows) {
      const blocks = rows.flatMap(({ activities }) => activities ?? []);
      if (archive === undefined || blocks.length === 0) {
        return undefined;
      }
      if (!archive.hasRoom()) {
        return lose(blocks, 'its spool is full');
      }
      for (let tries = 1; ; tries++) {
        try {
          const end = await archive.append(shard, blocks);
          faultPoint('spooled');
          keepOn();
          return { archive: archive.id, end };
        } catch (error) {
          if (tries === TRIES) {
            return lose(blocks, (error as Error).message);
          }
          await pause(PAUSE_MS);
        }
      }
    },
    committed(shard, spooled) {
      if (spooled !== undefined) {
        archive?.noteCommitted(shard, spooled.end);
      }
    },
  };
}
