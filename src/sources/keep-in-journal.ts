import { setTimeout as sleep } from 'node:timers/promises';
import type { PositionPatch } from '../journal/commit-log.ts';
import type { Journal } from '../journal/journal.ts';
import { JournalError } from '../journal/journal-error.ts';
import { backOffMs } from '../lib/back-off.ts';
import type { Tally } from './tally.ts';

/** Appends as soon as the journal takes it; false when the signal came first. For sources whose peers can wait. */
export async function keepInJournal(
  journal: Journal,
  bytes: Uint8Array,
  { tally, signal, positions = {} }: { tally: Tally; signal: AbortSignal; positions?: PositionPatch },
): Promise<boolean> {
  for (let failures = 1; !signal.aborted; failures++) {
    try {
      await journal.append(bytes, positions);
      if (failures > 1) {
        tally.isRunning();
      }
      return true;
    } catch (error) {
      if (!(error instanceof JournalError) || !error.retryable) {
        throw error;
      }
      tally.isWaiting('waiting', `${error.message}; it is tried again`);
      const stopped = sleep(backOffMs(failures), undefined, { signal }).catch(() => {});
      await (error.code === 'full' ? Promise.race([journal.whenRoom(bytes.length), stopped]) : stopped);
    }
  }
  return false;
}
