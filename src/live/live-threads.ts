import { Worker } from 'node:worker_threads';
import type { FromThread, LiveThreadData, ToThread } from './thread-messages.ts';

/** A thread that judges, as the main thread sees it. */
export interface ThreadHandle {
  send(message: ToThread): void;
  /** Resolves when it has sent all that it had to save. */
  stop(): Promise<void>;
  terminate(): Promise<void>;
}

/** The entry point beside this folder, whether it runs as source or built. */
const MAIN = `../main${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`;

/** Starts a thread that runs this same program, which finds out that it judges live. */
export function startLiveThread(data: LiveThreadData, onMessage: (message: FromThread) => void): ThreadHandle {
  const worker = new Worker(new URL(import.meta.resolve(MAIN)), { workerData: data });
  const stopped = Promise.withResolvers<void>();
  worker.on('message', (message: FromThread) => {
    if (message.kind === 'stopped') {
      stopped.resolve();
    }
    onMessage(message);
  });
  worker.on('error', (error) => {
    throw error; // a mistake of ours: the process ends, and goes on from its last checkpoint when it is started again
  });
  return {
    send: (message) => worker.postMessage(message),
    async stop() {
      worker.postMessage({ kind: 'stop' } satisfies ToThread);
      await stopped.promise;
    },
    async terminate() {
      await worker.terminate();
    },
  };
}
