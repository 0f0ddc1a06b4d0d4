import { parentPort, Worker } from 'node:worker_threads';
import { type AddressData, createEnrichment, type Enrichment } from '../enrichers/enrichment.ts';
import type { Plugins, ReplayOutcome, TimeRange } from './replay-resource.ts';
import type { StreamsOutcome } from './replay-streams.ts';
import { replayUnit, type Unit } from './replay-unit.ts';

/** What holds for every unit that a worker judges. */
interface Situation {
  addressData: AddressData;
  range: TimeRange;
}

type ToWorker = Situation & { unit: Unit };

type FromWorker = { bytes: number } | { outcome: ReplayOutcome | StreamsOutcome };

/** A thread that judges units, one at a time. */
export interface ReplayWorker {
  judge(unit: Unit, situation: Situation, onBytes: (bytes: number) => void): Promise<ReplayOutcome | StreamsOutcome>;
  stop(): Promise<void>;
}

/** Starts a thread that runs this same program, which finds out that it is a worker. Until it judges, it keeps no process alive. */
export function startReplayWorker(): ReplayWorker {
  const worker = new Worker(new URL(import.meta.resolve(MAIN)));
  worker.unref();
  return {
    judge(unit, situation, onBytes) {
      worker.ref();
      return new Promise((resolve, reject) => {
        const onMessage = (message: FromWorker) => {
          if ('bytes' in message) {
            onBytes(message.bytes);
          } else {
            worker.off('message', onMessage).off('error', reject);
            resolve(message.outcome);
          }
        };
        worker.on('message', onMessage).once('error', reject);
        worker.postMessage({ unit, ...situation } satisfies ToWorker);
      });
    },
    stop: async () => {
      await worker.terminate();
    },
  };
}

/** The entry point beside this folder, whether it runs as source or built. */
const MAIN = `../main${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`;

/** The other side of `startReplayWorker`: what the program does when it finds itself in a worker thread. */
export function runReplayWorker(plugins: Plugins): void {
  const send = (message: FromWorker) => parentPort!.postMessage(message);
  let enrichment: Enrichment | undefined;
  parentPort!.on('message', ({ unit, addressData, range }: ToWorker) => {
    enrichment ??= createEnrichment(addressData);
    const judged = replayUnit(unit, range, plugins, enrichment, (bytes) => send({ bytes }));
    judged.then(
      (outcome) => send({ outcome }),
      (error: unknown) => {
        throw error;
      },
    );
  });
}
