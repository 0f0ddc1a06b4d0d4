import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Store } from '../store/store.ts';
import { authorizePush } from './authorize-push.ts';
import type { IntakeGap, IntakeReport } from './intake-reports.ts';
import { createIntakes, type Incoming } from './intakes.ts';
import { type Journals, openJournals } from './journals.ts';

/** Everything that comes in otherwise than by files. */
export interface Receiving {
  journals: Journals;
  /** Starts, or goes on with another configuration. */
  run(incoming: Incoming): Promise<void>;
  /** Adds the route for pushes to an application. */
  registerIngest: (app: FastifyInstance) => void;
  /** How each input fares. */
  reports(): IntakeReport[];
  /** Gaps since they were last asked for. */
  takeGaps(): IntakeGap[];
  /** Takes nothing more; what was acknowledged is on disk. */
  stop(): Promise<void>;
  /** After `stop`, once nobody reads any more. */
  close(): Promise<void>;
}

/** @param directory of what the server keeps beside the store */
export function createReceiving(directory: string, store: Store, note: (text: string) => void): Receiving {
  const journals = openJournals(join(directory, 'journal'), note);
  const intakes = createIntakes(journals, authorizePush(store), note);
  return {
    journals,
    run: (incoming) => intakes.run(incoming),
    registerIngest: (app) => intakes.registerIngest(app),
    reports: () => intakes.reports(),
    takeGaps: () => intakes.takeGaps(),
    stop: () => intakes.stop(),
    close: () => journals.close(),
  };
}
