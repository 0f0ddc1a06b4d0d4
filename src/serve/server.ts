import type { Engine } from '../live/engine.ts';
import type { Store } from '../store/store.ts';
import type { Configured } from './decisions.ts';
import type { Receiving } from './receiving.ts';
import type { Api } from './start-api.ts';

export interface ServeOptions {
  /** Path of `vedette.yaml`. */
  config: string;
  workers: number;
  /** Of Vedette. */
  version: string;
  /** One line for the log. */
  note: (text: string) => void;
}

/** A server that is at work. */
export interface Server {
  store: Store;
  engine: Engine;
  api: Api;
  /** The resources as the configuration has them. */
  readonly configured: readonly Configured[];
  receiving: Receiving;
  /** Reads the configuration again. Rejects with a `UserError`, changing nothing, when it is bad. */
  reload(): Promise<void>;
  /** Saves everything, then lets go of it. */
  stop(): Promise<void>;
}
