import type { Activity, Id, KeptRecord } from '../../model/activity.ts';
import { AuthenticationFailure } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import type { AddressFacts } from '../../model/address-facts.ts';

/** Principals named per source; of more only the number is kept. */
const MAX_NAMES = 64;
/** Failures whose raw records are kept from the start. */
const FIRST_FAILURES = 3;
const MAX_SUCCESS_RECORDS = 9;
/** Failure times kept to count those within the window. */
const MAX_TIMES = 256;

/** One name that a source tried. */
export interface Guessed {
  name: string;
  failures: number;
  isUnknown: boolean;
}

/** A login that worked among the failures. */
export interface Success {
  principal: string;
  time: number;
  application: string;
  database: string;
}

/**
 * The failed logins of one source, from the first one on until it has been quiet for the window.
 * About 2 kB, most of it raw records; 10 kB with many names.
 */
export interface GuessSource {
  address: AddressFacts;
  firstTime: number;
  lastTime: number;
  failures: number;
  /** Refused before a password was looked at. */
  notAllowed: number;
  names: Map<Id, Guessed>;
  /** Failures of names beyond those kept. */
  otherFailures: number;
  /** Latest failure times, a ring. */
  times: number[];
  successes: Success[];
  /** Raw records of the first failures. */
  firstRecords: KeptRecord[];
  /** Raw records of the latest event that was reported, and of each success. */
  latestRecords: KeptRecord[];
  successRecords: KeptRecord[];
  databases: Set<string>;
  isReported: boolean;
  /** Failures when it was last reported. */
  reportedFailures: number;
  /** Failures that make a source suspicious, and the resource: what a report needs beside the source. */
  threshold: number;
  resource: Resource;
  isLate: boolean;
}

export function createGuessSource(activity: Activity, resource: Resource, threshold: number): GuessSource {
  return {
    address: activity.directory.address(activity.address),
    firstTime: activity.time,
    lastTime: activity.time,
    failures: 0,
    notAllowed: 0,
    names: new Map(),
    otherFailures: 0,
    times: [],
    successes: [],
    firstRecords: [],
    latestRecords: [],
    successRecords: [],
    databases: new Set(),
    isReported: false,
    reportedFailures: 0,
    threshold,
    resource,
    isLate: false,
  };
}

export function addFailure(source: GuessSource, activity: Activity): void {
  const { principal, time, directory } = activity;
  source.times[source.failures % MAX_TIMES] = time;
  source.failures++;
  source.lastTime = Math.max(source.lastTime, time);
  source.isLate ||= activity.isLate;
  if (activity.failure === AuthenticationFailure.notAllowed) {
    source.notAllowed++;
  }
  const guessed = source.names.get(principal);
  if (guessed !== undefined) {
    guessed.failures++;
  } else if (source.names.size < MAX_NAMES) {
    const isUnknown = activity.failure === AuthenticationFailure.unknownPrincipal;
    source.names.set(principal, { name: directory.principal(principal), failures: 1, isUnknown });
  } else {
    source.otherFailures++;
  }
  if (source.databases.size < 8) {
    source.databases.add(directory.database(activity.database));
  }
  if (source.failures <= FIRST_FAILURES) {
    source.firstRecords.push(...activity.keep());
  }
}

export function addSuccess(source: GuessSource, activity: Activity): void {
  const { directory, time } = activity;
  source.lastTime = Math.max(source.lastTime, time);
  if (source.successes.length < MAX_NAMES) {
    source.successes.push({
      principal: directory.principal(activity.principal),
      time,
      application: directory.application(activity.application),
      database: directory.database(activity.database),
    });
    if (source.successRecords.length < MAX_SUCCESS_RECORDS) {
      source.successRecords.push(...activity.keep());
    }
  }
}

/** Failures within `windowMs` before the latest event; 256 stands for that many or more. */
export function failuresWithin(source: GuessSource, windowMs: number): number {
  let count = 0;
  for (const time of source.times) {
    if (time > source.lastTime - windowMs) {
      count++;
    }
  }
  return count;
}
