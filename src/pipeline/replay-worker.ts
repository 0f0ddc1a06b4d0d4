import { parentPort, Worker, workerData } from 'node:worker_threads';
import { type AddressData, createEnrichment } from '../enrichers/enrichment.ts';
import type { ResourcePlan } from './plan.ts';
import { type Plugins, type ResourceOutcome, replayResource } from './replay-resource.ts';

interface WorkerData {
  addressData: AddressData;
  range: { from: number; to: number };
}

type FromWorker = { bytes: number } | { outcome: ResourceOutcome };

/** A thread that judges resources, one at a time. */
export interface ReplayWorker {
  judge(plan: ResourcePlan): Promise<ResourceOutcome>;
  stop(): Promise<void>;
}

/** Starts a thread that runs this same program, which finds out that it is a worker. */
export function startReplayWorker(
  addressData: AddressData,
  range: { from: number; to: number },
  onBytes: (bytes: number) => void,
): ReplayWorker {
  const worker = new Worker(new URL(import.meta.resolve(MAIN)), {
    workerData: { addressData, range } satisfies WorkerData,
  });
  return {
    judge(plan) {
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
        worker.postMessage(plan);
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
  parentPort!.on('message', (plan: ResourcePlan) => {
    const judged = replayResource(plan, range, plugins, enrichment, (bytes) => send({ bytes }));
    judged.then(
      (outcome) => send({ outcome }),
      (error: unknown) => {
        throw error;
      },
    );
  });
}
