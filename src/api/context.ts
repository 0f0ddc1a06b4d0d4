import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Notifications } from '../delivery/notifications.ts';
import type { Identity } from '../identity/identity.ts';
import type { Attack } from '../model/attack.ts';
import type { ProtectionSettings } from '../model/protection-settings.ts';
import type { Engine } from '../model/resource.ts';
import type { Store } from '../store/store.ts';

/** What people are told of a detector. */
export interface DetectorFacts {
  id: string;
  title: string;
  attack: readonly Attack[];
  settings: z.ZodObject;
}

/** Undefined where the lines fit no format. */
export type SurveyLines = (bytes: Uint8Array, engine: Engine) => Promise<LinesFacts | undefined>;

export interface LinesFacts {
  parserId: string;
  logLinePrefix?: string;
  sample?: {
    records: number;
    activities: Readonly<Record<string, number>>;
    skipped: number;
    rejected: ReadonlyMap<string, number>;
    /** Milliseconds since the epoch; NaN where no record has a time. */
    firstTime: number;
    lastTime: number;
    share: number;
  };
  gaps: readonly { text: string; sql: readonly string[] }[];
  weakness?: string;
}

export interface AddressDataFacts {
  files: readonly {
    kind: 'geo' | 'asn' | 'cloudRanges' | 'reputation';
    name: string;
    bytes: number;
    changedTime: number;
    publisher?: string;
  }[];
  attributions: readonly string[];
  notes: readonly string[];
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
  /** Finds out how lines of a log are to be read; absent: nobody can. */
  surveyLines?: SurveyLines;
  /** What addresses are known by; absent: nobody says. */
  addressData?: () => Promise<AddressDataFacts>;
  /** Who is told of alerts; absent: nobody is told by this server. */
  notifications?: Notifications;
  /** For Prometheus; absent: none. */
  metrics?: { contentType: string; text(): Promise<string> };
  /** Why the server does not do its work yet: a sentence each. */
  notReady?: () => readonly string[];
  /** Adds the route by which records are pushed, which knows its tokens itself; absent: nothing can be pushed. */
  ingest?: (app: FastifyInstance) => void;
  /** Folder of the built portal; absent: there is none. */
  portalDirectory?: string;
}
