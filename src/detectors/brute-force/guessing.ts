import {
  type Activity,
  AuthenticationFailure,
  type Directory,
  type Id,
  type KeptRecord,
} from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { failureOf } from './attempt.ts';
import type { Rule } from './rule.ts';
import { addToTimeline, createTimeline, type Timeline } from './timeline.ts';

/** Principals and addresses named of each; of more only the number of failures is kept. */
export const MAX_NAMES = 32;
export const MAX_ADDRESSES = 64;
const MAX_DATABASES = 8;
/** Failures whose raw records are kept from the start. */
const FIRST_FAILURES = 3;
/** Principals of whose first login the raw records are kept. */
const MAX_SHOWN_LOGINS = 3;
const NONE: readonly KeptRecord[] = [];

/** One name that was tried. */
export interface Guessed {
  failures: number;
  /** What is known of the role. A server that refuses outright, or asks elsewhere (LDAP, PAM), does not tell. */
  role: 'does not exist' | 'seems to exist' | 'not checked';
}

/** A principal that got in among the failures. */
export interface Entered {
  id: Id;
  principal: string;
  address: Id;
  firstTime: number;
  logins: number;
  application: string;
  database: string;
}

/** Whose failures are told together: of one client, of a program on some clients, at one principal, at the resource. */
export type Subject = 'client' | 'program' | 'principal' | 'resource';

/** Failed logins that are one matter. About 2 kB, most of it raw records; 9 kB with many names and addresses. */
export interface Guessing {
  readonly subject: Subject;
  readonly resource: Resource;
  /** What its ids mean: asked only when something is told, because most failures are harmless. */
  readonly directory: Directory;
  firstTime: number;
  lastTime: number;
  lastFailureTime: number;
  failures: number;
  readonly timeline: Timeline;
  /** Refused before a credential was looked at. */
  notAllowed: number;
  readonly names: Map<Id, Guessed>;
  /** Whether there were more names than are kept. */
  hasMoreNames: boolean;
  /** Failures by address. */
  readonly addresses: Map<Id, number>;
  hasMoreAddresses: boolean;
  logins: number;
  readonly entered: Entered[];
  readonly databases: string[];
  /** Raw records of the first failures, of the event that was reported last, and of logins. */
  readonly firstRecords: KeptRecord[];
  latestRecords: readonly KeptRecord[];
  readonly loginRecords: KeptRecord[];
  /** The rule that made it suspicious, and what it had to say. */
  brokenRule: Rule | undefined;
  score: number;
  /** Failures a day that were usual when it was reported; of a client nothing is usual. */
  usualPerDay: number;
  /** Whether it looks like a program with a wrong secret; undefined before it was looked at. */
  isMisconfigured: boolean | undefined;
  /** Whether the name had got in from there since another alert told of that. Kept since 0.1. */
  followsAlert?: boolean | undefined;
  /** Operations on containers, and containers, that were refused to somebody who is let in otherwise. */
  refused?: { kinds: number; containers: number };
  /** Failures and logins when it was last news, and when they were last told. */
  reported: number;
  told: number;
  isLate: boolean;
}

export function createGuessing(subject: Subject, activity: Activity, resource: Resource): Guessing {
  const { time, directory } = activity;
  return {
    subject,
    resource,
    directory,
    firstTime: time,
    lastTime: time,
    lastFailureTime: time,
    failures: 0,
    timeline: createTimeline(time),
    notAllowed: 0,
    names: new Map(),
    hasMoreNames: false,
    addresses: new Map(),
    hasMoreAddresses: false,
    logins: 0,
    entered: [],
    databases: [],
    firstRecords: [],
    latestRecords: NONE,
    loginRecords: [],
    brokenRule: undefined,
    score: 0,
    usualPerDay: 0,
    isMisconfigured: undefined,
    followsAlert: false,
    reported: 0,
    told: 0,
    isLate: false,
  };
}

/** @param keep gives the raw records of the failure, the same for every matter that it is added to */
export function addFailure(guessing: Guessing, activity: Activity, keep: () => KeptRecord[]): void {
  const { time, address } = activity;
  const { addresses } = guessing;
  guessing.failures++;
  addToTimeline(guessing.timeline, time);
  guessing.lastFailureTime = Math.max(guessing.lastFailureTime, time);
  guessing.lastTime = Math.max(guessing.lastTime, time);
  guessing.isLate ||= activity.isLate;
  guessing.notAllowed += failureOf(activity) === AuthenticationFailure.notAllowed ? 1 : 0;
  addName(guessing, activity);
  if (addresses.has(address) || addresses.size < MAX_ADDRESSES) {
    addresses.set(address, (addresses.get(address) ?? 0) + 1);
  } else {
    guessing.hasMoreAddresses = true;
  }
  if (guessing.failures <= FIRST_FAILURES) {
    guessing.firstRecords.push(...keep());
    if (guessing.subject === 'client') {
      addDatabase(guessing, activity);
    }
  }
}

/** Notes what a finding shows of the event that it is reported on. */
export function keepLatest(guessing: Guessing, activity: Activity): void {
  guessing.latestRecords = activity.keep();
  addDatabase(guessing, activity);
}

function addDatabase({ databases }: Guessing, activity: Activity): void {
  const database = activity.directory.database(activity.database);
  if (databases.length < MAX_DATABASES && !databases.includes(database)) {
    databases.push(database);
  }
}

function addName(guessing: Guessing, activity: Activity): void {
  const { names } = guessing;
  let guessed = names.get(activity.principal);
  if (guessed === undefined) {
    if (names.size === MAX_NAMES) {
      guessing.hasMoreNames = true;
      return;
    }
    guessed = { failures: 0, role: 'not checked' };
    names.set(activity.principal, guessed);
  }
  guessed.failures++;
  if (activity.failure === AuthenticationFailure.unknownPrincipal) {
    guessed.role = 'does not exist';
  } else if (activity.failure === AuthenticationFailure.wrongCredential) {
    guessed.role = 'seems to exist';
  }
}

export function addLogin(guessing: Guessing, activity: Activity): void {
  const { principal, address, time, directory } = activity;
  guessing.logins++;
  guessing.lastTime = Math.max(guessing.lastTime, time);
  const entered = guessing.entered.find(({ id }) => id === principal);
  if (entered !== undefined) {
    entered.logins++;
    return;
  }
  if (guessing.entered.length === MAX_NAMES) {
    return;
  }
  if (guessing.entered.length < MAX_SHOWN_LOGINS) {
    guessing.loginRecords.push(...activity.keep());
  }
  guessing.entered.push({
    id: principal,
    principal: directory.principal(principal),
    address,
    firstTime: time,
    logins: 1,
    application: directory.application(activity.application),
    database: directory.database(activity.database),
  });
}

/** One name that was tried, spelt out. */
export interface NamedGuess extends Guessed {
  name: string;
}

/** The names that were tried, those tried most first. */
export function namesOf({ names, directory }: Guessing): NamedGuess[] {
  return [...names]
    .map(([id, guessed]) => ({ name: directory.principal(id), ...guessed }))
    .sort((a, b) => b.failures - a.failures || (a.name < b.name ? -1 : 1));
}
