import {
  type Activity,
  AuthenticationFailure,
  type Directory,
  type Id,
  type KeptRecord,
} from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';

/** Principals named per source; of more only the number of failures is kept. */
const MAX_NAMES = 32;
const MAX_DATABASES = 8;
/** Failures whose raw records are kept from the start. */
const FIRST_FAILURES = 3;
/** Principals of whose first login the raw records are kept. */
const MAX_SHOWN_LOGINS = 3;

/** One name that a source tried. */
export interface Guessed {
  failures: number;
  /** What is known of the role. A server that refuses outright, or asks elsewhere (LDAP, PAM), does not tell. */
  role: 'does not exist' | 'seems to exist' | 'not checked';
}

/** A principal that got in among the failures. */
export interface Entered {
  id: Id;
  principal: string;
  firstTime: number;
  logins: number;
  application: string;
  database: string;
}

/** When failures are guesses. */
export interface Rule {
  failureCount: number;
  /** Within which they fall. */
  windowMs: number;
}

/**
 * The failed logins of one source, from the first one on until there was none for the window.
 * About 2 kB, most of it raw records; 7 kB with many names.
 */
export interface GuessSource {
  readonly resource: Resource;
  readonly address: Id;
  /** What its ids mean: asked only when something is told, because most sources are harmless. */
  readonly directory: Directory;
  readonly firstTime: number;
  lastTime: number;
  lastFailureTime: number;
  failures: number;
  /** Refused before a password was looked at. */
  notAllowed: number;
  readonly names: Map<Id, Guessed>;
  /** Whether there were more names than are kept. */
  hasMoreNames: boolean;
  /** Times of the latest failures, a ring; as many as make a source suspicious. */
  readonly times: number[];
  logins: number;
  readonly entered: Entered[];
  readonly databases: string[];
  /** Raw records of the first failures, of the event that was reported last, and of logins. */
  readonly firstRecords: KeptRecord[];
  latestRecords: KeptRecord[];
  readonly loginRecords: KeptRecord[];
  /** The rule that made it suspicious. */
  brokenRule: Rule | undefined;
  /** Failures when it was last reported. */
  reportedFailures: number;
  isLate: boolean;
}

export function createGuessSource(activity: Activity, resource: Resource): GuessSource {
  const { time, address, directory } = activity;
  return {
    resource,
    address,
    directory,
    firstTime: time,
    lastTime: time,
    lastFailureTime: time,
    failures: 0,
    notAllowed: 0,
    names: new Map(),
    hasMoreNames: false,
    times: [],
    logins: 0,
    entered: [],
    databases: [],
    firstRecords: [],
    latestRecords: [],
    loginRecords: [],
    brokenRule: undefined,
    reportedFailures: 0,
    isLate: false,
  };
}

/** @param keptTimes failures that make a source suspicious */
export function addFailure(source: GuessSource, activity: Activity, keptTimes: number): void {
  const { time, failure } = activity;
  source.times[source.failures % keptTimes] = time;
  source.failures++;
  source.lastFailureTime = Math.max(source.lastFailureTime, time);
  source.lastTime = Math.max(source.lastTime, time);
  source.isLate ||= activity.isLate;
  source.notAllowed += failure === AuthenticationFailure.notAllowed ? 1 : 0;
  addName(source, activity);
  if (source.failures <= FIRST_FAILURES) {
    source.firstRecords.push(...activity.keep());
    addDatabase(source, activity);
  }
}

/** Notes the database asked for: of the first failures, and of those that are told. */
export function addDatabase({ databases }: GuessSource, activity: Activity): void {
  const database = activity.directory.database(activity.database);
  if (databases.length < MAX_DATABASES && !databases.includes(database)) {
    databases.push(database);
  }
}

function addName(source: GuessSource, { principal, failure }: Activity): void {
  const { names } = source;
  let guessed = names.get(principal);
  if (guessed === undefined) {
    if (names.size === MAX_NAMES) {
      source.hasMoreNames = true;
      return;
    }
    guessed = { failures: 0, role: 'not checked' };
    names.set(principal, guessed);
  }
  guessed.failures++;
  if (failure === AuthenticationFailure.unknownPrincipal) {
    guessed.role = 'does not exist';
  } else if (failure === AuthenticationFailure.wrongCredential) {
    guessed.role = 'seems to exist';
  }
}

export function addLogin(source: GuessSource, activity: Activity): void {
  const { principal, time, directory } = activity;
  source.logins++;
  source.lastTime = Math.max(source.lastTime, time);
  const entered = source.entered.find(({ id }) => id === principal);
  if (entered !== undefined) {
    entered.logins++;
    return;
  }
  if (source.entered.length === MAX_NAMES) {
    return;
  }
  if (source.entered.length < MAX_SHOWN_LOGINS) {
    source.loginRecords.push(...activity.keep());
  }
  source.entered.push({
    id: principal,
    principal: directory.principal(principal),
    firstTime: time,
    logins: 1,
    application: directory.application(activity.application),
    database: directory.database(activity.database),
  });
}

/** One name that a source tried, spelt out. */
export interface NamedGuess extends Guessed {
  name: string;
}

/** The names that a source tried, those tried most first. */
export function namesOf({ names, directory }: GuessSource): NamedGuess[] {
  return [...names]
    .map(([id, guessed]) => ({ name: directory.principal(id), ...guessed }))
    .sort((a, b) => b.failures - a.failures || (a.name < b.name ? -1 : 1));
}

/** Whether the latest failures are as many, and as close together, as the rule says. */
export function breaks({ failures, times, lastFailureTime }: GuessSource, { failureCount, windowMs }: Rule): boolean {
  return failures >= failureCount && times.every((time) => time > lastFailureTime - windowMs);
}
