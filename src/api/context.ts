import type { FastifyInstance } from 'fastify';
import type { Identity } from '../identity/identity.ts';
import type { ProtectionSettings } from '../model/protection-settings.ts';
import type { Store } from '../store/store.ts';

/** What the routes work on. */
export interface ApiContext {
  store: Store;
  identity: Identity;
  /** Milliseconds since the epoch. */
  clock: () => number;
  /** Origin that links in answers begin with, such as `https://vedette.example.com`; absent: the one of the request. */
  publicUrl?: string;
  /** What the file says of the resource of a key. */
  declaredSettings?: (resourceKey: string) => ProtectionSettings | undefined;
  /** For Prometheus; absent: none. */
  metrics?: { contentType: string; text(): Promise<string> };
  /** Why the server does not do its work yet: a sentence each. */
  notReady?: () => readonly string[];
  /** Adds the route by which records are pushed, which knows its tokens itself; absent: nothing can be pushed. */
  ingest?: (app: FastifyInstance) => void;
  /** Folder of the built portal; absent: there is none. */
  portalDirectory?: string;
}
