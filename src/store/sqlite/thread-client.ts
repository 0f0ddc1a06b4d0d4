import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Outcome, Unit } from '../sql/statement.ts';
import { StoreError } from '../store-error.ts';
import { CLOSE, type SqliteReply, type SqliteThreadData } from './sqlite-request.ts';

/** Beside this file, in source and in the build. */
const THREAD = new URL(`./sqlite-thread${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url);

/** The other side of a thread. */
export interface ThreadClient {
  run(unit: Unit, bare?: 'bare'): Promise<Outcome[]>;
  /** Requests without an answer yet. */
  waiting(): number;
  /** Waits for what was asked for, then ends the thread. */
  close(): Promise<void>;
}

interface Waiting {
  resolve(outcomes: Outcome[]): void;
  reject(error: StoreError): void;
}

/** A thread that dies takes what it was asked for with it (retryable), and the next request starts another. */
export function startThread(data: SqliteThreadData): ThreadClient {
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let worker: Worker | undefined;
  let drained: (() => void) | undefined;
  let isClosed = false;

  const settle = (replies: readonly SqliteReply[]): void => {
    for (const reply of replies) {
      const asked = waiting.get(reply.id);
      waiting.delete(reply.id);
      if ('error' in reply) {
        asked?.reject(new StoreError(reply.error.code, reply.error.message));
      } else {
        asked?.resolve(reply.outcomes);
      }
    }
    if (waiting.size === 0) {
      drained?.();
    }
  };
  const fail = (message: string): void => {
    worker = undefined;
    settle([...waiting.keys()].map((id) => ({ id, error: { code: 'unavailable', message } as const })));
  };
  const start = (): Worker => {
    const started = new Worker(THREAD, { workerData: data });
    started.on('message', settle);
    started.on('error', (error) => started === worker && fail(messageOf(error)));
    started.on('exit', () => started === worker && fail('The thread of the database ended.'));
    return started;
  };

  return {
    run: (unit, bare) =>
      new Promise((resolve, reject) => {
        if (isClosed) {
          reject(new StoreError('unavailable', 'The database is closed.')); // a new thread would never end
          return;
        }
        worker ??= start();
        const id = nextId++;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, unit, ...(bare && { bare: true }) });
      }),
    waiting: () => waiting.size,
    close: async () => {
      isClosed = true;
      if (waiting.size > 0) {
        await new Promise<void>((resolve) => {
          drained = resolve;
        });
      }
      const last = worker;
      worker = undefined;
      if (last !== undefined) {
        const ended = once(last, 'exit');
        last.postMessage(CLOSE);
        await ended;
      }
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
