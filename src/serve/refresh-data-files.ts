import { basename } from 'node:path';
import { type Publisher, updateDataFile } from '../enrichers/update-data-file.ts';

/** After a failure; twice as long after each further one, and never longer than usual. Milliseconds. */
const FIRST_PAUSE_MS = 60_000;
/** Pauses are shorter by up to this part, so that many servers do not come at once. */
const JITTER = 0.1;

/** The files that are fetched again and again while the server runs. */
export interface Refreshing {
  /** The file of the configuration says something else by now. */
  declare(publishers: readonly Publisher[]): void;
  /** Breaks off what is being fetched. */
  stop(): Promise<void>;
}

/**
 * Asks each publisher that has a schedule for a newer file: at once, and then as often as it says. One after another, so
 * that a server whose network is back is not busy with lists. A file that cannot be fetched stays as it was.
 *
 * @param note one line for the log
 */
export function refreshDataFiles(first: readonly Publisher[], note: (text: string) => void): Refreshing {
  let declared = '';
  let rounds = new AbortController();
  let queue = Promise.resolve();
  /** By file: when it is looked at next. */
  const timers = new Map<string, NodeJS.Timeout>();

  function schedule(publisher: Publisher & { everyMs: number }, failures: number, { signal }: AbortController): void {
    const usual = failures === 0 ? publisher.everyMs : FIRST_PAUSE_MS * 2 ** (failures - 1);
    const pause = Math.min(publisher.everyMs, usual) * (1 - JITTER * Math.random());
    if (!signal.aborted) {
      timers.set(
        publisher.file,
        setTimeout(() => begin(publisher, failures), pause),
      );
    }
  }

  function begin(publisher: Publisher & { everyMs: number }, failures: number): void {
    const round = rounds;
    queue = queue.then(async () => {
      if (!round.signal.aborted) {
        const isDone = await refreshed(publisher, failures, round.signal);
        schedule(publisher, isDone ? 0 : failures + 1, round);
      }
    });
  }

  async function refreshed(publisher: Publisher, failures: number, signal: AbortSignal): Promise<boolean> {
    const name = basename(publisher.file);
    try {
      const outcome = await updateDataFile(publisher, { signal });
      if (outcome.state === 'updated' || failures > 0) {
        note(`${name}: ${outcome.state === 'updated' ? `fetched, ${outcome.bytes} bytes` : 'there is nothing newer'}`);
      }
      return true;
    } catch (error) {
      if (!signal.aborted && failures === 0) {
        note(`${name} stays as it was: ${error instanceof Error ? error.message : String(error)}`);
      }
      return false;
    }
  }

  function breakOff(): void {
    rounds.abort();
    for (const timer of timers.values()) {
      clearTimeout(timer);
    }
    timers.clear();
  }

  function declare(publishers: readonly Publisher[]): void {
    const scheduled = publishers.filter((it): it is Publisher & { everyMs: number } => it.everyMs !== undefined);
    const text = JSON.stringify(scheduled);
    if (text !== declared) {
      declared = text;
      breakOff();
      rounds = new AbortController();
      for (const publisher of scheduled) {
        begin(publisher, 0);
      }
    }
  }

  declare(first);
  return {
    declare,
    async stop() {
      breakOff();
      await queue;
    },
  };
}
