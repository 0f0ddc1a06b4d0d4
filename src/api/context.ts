import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Archive } from '../archive/open-archive.ts';
import type { AddedResource } from '../config/added-resources.ts';
import type { Notifications } from '../delivery/notifications.ts';
import type { GroupRole } from '../identity/external-users.ts';
import type { Identity } from '../identity/identity.ts';
import type { OidcSignIn } from '../identity/oidc.ts';
import type { SignInWatch } from '../identity/sign-in-watch.ts';
import type { Attack } from '../model/attack.ts';
import type { Learned } from '../model/learned.ts';
import type { NetworkSettings } from '../model/network-settings.ts';
import type { ProtectionSettings } from '../model/protection-settings.ts';
import type { Engine } from '../model/resource.ts';
import type { AlertWrite } from '../store/alert-store.ts';
import type { Store } from '../store/store.ts';
import type { AlertChanges } from '../tuning/alert-changes.ts';

/** What people are told of a detector. */
export interface DetectorFacts {
  id: string;
  title: string;
  /** Whether it learns what is usual before it judges. */
  learns: boolean;
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

/** The files that addresses are known by, as they lie on disk. */
export interface AddressDataFacts {
  files: readonly {
    kind: 'geo' | 'asn' | 'cloudRanges' | 'reputation';
    name: string;
    bytes: number;
    /** Milliseconds since the epoch. */
    changedTime: number;
    /** Where it is fetched. */
    publisher?: string;
  }[];
  attributions: readonly string[];
  notes: readonly string[];
}

export interface NetworksPort {
  /** Those of the file. */
  declared(): readonly NetworkSettings[];
  /** Why networks cannot hold together, in a sentence without its stop; undefined: they can. */
  problemOf(networks: readonly NetworkSettings[]): Promise<string | undefined>;
}

export interface ResourceIntakePort {
  /** Why a resource cannot be watched beside all others, in a sentence without its stop; undefined: it can. */
  problemOf(resource: AddedResource): Promise<string | undefined>;
}

export interface TuningPort {
  /** `busy`: another run is at work. `no-history`: the resource has no log that could be read again. */
  start(
    resourceKey: string,
    request: { detector?: string; settings?: ProtectionSettings['detectors']; from?: number },
  ): Promise<TuningRunFacts | 'busy' | 'no-history'>;
  /** Settings that hold by id of the detectors that judge a resource; undefined where no log of it is judged. */
  held(resourceKey: string): Promise<Readonly<Record<string, unknown>> | undefined>;
  get(id: string): TuningRunFacts | undefined;
  cancel(id: string): void;
}

export interface TuningRunFacts {
  id: string;
  resourceKey: string;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  /** 0 to 1. */
  progress: number;
  /** Alerts that the present settings raise. */
  now?: number;
  trials: readonly { detector?: string; setting?: string; now?: unknown; tried: unknown; changes: AlertChanges }[];
  problem?: string;
}

/** A marked record that is waited for. Times are milliseconds since the epoch. */
export interface SelfTestBegun {
  mark: string;
  waitingTime: number;
  way: 'file' | 'push' | 'syslog' | 'by-hand';
  place?: string;
  /** Absent: the server could not write it. */
  writtenTime?: number;
  problem?: string;
  record?: string;
}

export interface SelfTestPort {
  /**
   * Waits for a marked record, and writes it where that can be done from here.
   *
   * @param push sends records to the resource as a program would
   */
  begin(resourceKey: string, push: (record: string) => Promise<void>): Promise<SelfTestBegun | { problem: string }>;
}

/** What the routes work on. */
export interface ApiContext {
  store: Store;
  identity: Identity;
  /** What happened; absent: nothing is kept. */
  archive?: Archive;
  /** Milliseconds since the epoch. */
  clock: () => number;
  /** Origin that links in answers begin with, such as `https://vedette.example.com`; absent: the one of the request. */
  publicUrl?: string;
  /** What the file says of the resource of a key. */
  declaredSettings?: (resourceKey: string) => ProtectionSettings | undefined;
  /** Detectors that there are; absent: nobody says. */
  catalogue?: readonly DetectorFacts[];
  /** Named networks beside those that people set; absent: nobody says. */
  networks?: NetworksPort;
  /** Takes up resources that are added; absent: none can be. */
  resourceIntake?: ResourceIntakePort;
  /** Finds out how lines of a log are to be read; absent: nobody can. */
  surveyLines?: SurveyLines;
  /** What addresses are known by; absent: nobody says. */
  addressData?: () => Promise<AddressDataFacts>;
  /** Who is told of alerts; absent: nobody is told by this server. */
  notifications?: Notifications;
  /** Writes alerts that no log tells of, and has people told; absent: nobody is told. */
  raise?: (writes: readonly AlertWrite[]) => Promise<void>;
  /** Opens what is sealed of the evidence of alerts; absent: nobody can. */
  evidenceKey?: Uint8Array;
  /** Sign-in through an OpenID provider; absent: there is none. */
  oidc?: { label: string; signIn: OidcSignIn; roles: readonly GroupRole[] };
  /** Sees guessing at this server; absent: nobody looks. */
  signIns?: SignInWatch;
  /** What is usual on a resource by now, by detector; absent: nobody knows. */
  learned?: (resourceKey: string) => Promise<Readonly<Record<string, readonly Learned[]>> | undefined>;
  /** Judges histories by other settings; absent: nobody can. */
  tuning?: TuningPort;
  /** Tries the way that records go; absent: nothing is judged here. */
  selfTests?: SelfTestPort;
  /** For Prometheus; absent: none. */
  metrics?: { contentType: string; text(): Promise<string> };
  /** Why the server does not do its work yet: a sentence each. */
  notReady?: () => readonly string[];
  /** Adds the route by which records are pushed, which knows its tokens itself; absent: nothing can be pushed. */
  ingest?: (app: FastifyInstance) => void;
  /** Folder of the built portal; absent: there is none. */
  portalDirectory?: string;
}
