import { parentPort, Worker, workerData } from 'node:worker_threads';
import { type AddressData, createEnrichment } from '../enrichers/enrichment.ts';
import type { Plugins, ReplayOutcome, TimeRange } from './replay-resource.ts';
import type { StreamsOutcome } from './replay-streams.ts';
import { replayUnit, type Unit } from './replay-unit.ts';

interface WorkerData {
  addressData: AddressData;
  range: TimeRange;
}

type FromWorker = { bytes: number } | { outcome: ReplayOutcome | StreamsOutcome };

/** A thread that judges units, one at a time. */
export interface ReplayWorker {
  judge(unit: Unit): Promise<ReplayOutcome | StreamsOutcome>;
  stop(): Promise<void>;
}

/** Starts a thread that runs this same program, which finds out that it is a worker. */
export function startReplayWorker(
  addressData: AddressData,
  range: TimeRange,
  onBytes: (bytes: number) => void,
): ReplayWorker {
  const worker = new Worker(new URL(import.meta.resolve(MAIN)), {
    workerData: { addressData, range } satisfies WorkerData,
  });
  return {
    judge(unit) {
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
        worker.postMessage(unit);
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
  const { addressData, range } = workerData as WorkerData;
  const enrichment = createEnrichment(addressData);
  const send = (message: FromWorker) => parentPort!.postMessage(message);
  parentPort!.on('message', (unit: Unit) => {
    const judged = replayUnit(unit, range, plugins, enrichment, (bytes) => send({ bytes }));
    judged.then(
      (outcome) => send({ outcome }),
      (error: unknown) => {
        throw error;
      },
    );
  });
}
