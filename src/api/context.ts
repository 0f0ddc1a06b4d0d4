import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Identity } from '../identity/identity.ts';
import type { ProtectionSettings } from '../model/protection-settings.ts';
import type { Store } from '../store/store.ts';

/** What people are told of a detector. */
export interface DetectorFacts {
  id: string;
  title: string;
  settings: z.ZodObject;
}

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
  /** Detectors that there are; absent: nobody says. */
  catalogue?: readonly DetectorFacts[];
  /** Named networks, of the file and of people; absent: nobody says. */
  networks?: () => readonly { name: string }[];
  /** For Prometheus; absent: none. */
  metrics?: { contentType: string; text(): Promise<string> };
  /** Why the server does not do its work yet: a sentence each. */
  notReady?: () => readonly string[];
  /** Adds the route by which records are pushed, which knows its tokens itself; absent: nothing can be pushed. */
  ingest?: (app: FastifyInstance) => void;
  /** Folder of the built portal; absent: there is none. */
  portalDirectory?: string;
}
