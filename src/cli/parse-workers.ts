import { UserError } from '../lib/user-error.ts';

/** As many as there are shards: more could not be busy. */
const MAX_WORKERS = 64;

export function parseWorkers(text: string): number {
  const workers = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (workers < 1 || workers > MAX_WORKERS) {
    throw new UserError(`--workers ${JSON.stringify(text)} is not a number of threads; write 1 to ${MAX_WORKERS}`);
  }
  return workers;
}
