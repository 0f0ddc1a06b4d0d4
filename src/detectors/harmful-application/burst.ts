import type { Activity, KeptRecord } from '../../model/activity.ts';
import type { AddressFacts } from '../../model/address-facts.ts';
import type { Resource } from '../../model/resource.ts';

/** A health check asks once a second at most: what is beyond adds up. */
const CHECKS_PER_SECOND = 1;
/** In one's own network load balancers look at each of their listeners; a scan sends all at once. */
const INSIDE_CHECKS_PER_SECOND = 5;
/** No health check speaks another protocol: of an address that does, hardly anything leaks within minutes. */
const FOREIGN_CHECKS_PER_SECOND = 1 / 60;
/** Records kept of a burst. */
export const MAX_RECORDS = 6;
/** Time for which failed logins of an address speak against it. */
const FAILURE_MEMORY_MS = 3_600_000;

/** Whose burst it is; looked up when there is something to tell. */
export interface Origin {
  resource: Resource;
  facts: AddressFacts;
}

/** What one address does without saying who it is: two leaky buckets. */
export interface Burst {
  /** Connections on which nobody has tried to log in, and packets that are none of the protocol: what has not leaked. */
  bareLevel: number;
  oddLevel: number;
  /** What leaks in a second, where that is not what one health check asks. Kept since 0.1. */
  checksPerSecond?: number;
  /** Whether it has sent what is neither PostgreSQL's protocol nor of a wrong length. Kept since 0.1. */
  isForeign?: boolean;
  /** Since the burst began. */
  connections: number;
  oddities: number;
  firstTime: number;
  lastTime: number;
  /** Time of the record judged last: one that comes late goes back. */
  clock: number;
  /** The bucket of bare connections has run over. */
  isOver: boolean;
  /** From when on nobody is waited for any longer; infinite when there is nothing to tell. */
  dueTime: number;
  /** Present once `dueTime` is set. */
  origin: Origin | undefined;
  /** Failed logins within the last hour. */
  failures: number;
  failureTime: number;
  records: KeptRecord[];
  isLate: boolean;
}

export function createBurst(time: number, isInside: boolean): Burst {
  const burst: Burst = {
    bareLevel: 0,
    oddLevel: 0,
    connections: 0,
    oddities: 0,
    firstTime: time,
    lastTime: time,
    clock: time,
    isOver: false,
    dueTime: Number.POSITIVE_INFINITY,
    origin: undefined,
    failures: 0,
    failureTime: 0,
    records: [],
    isLate: false,
  };
  if (isInside) {
    burst.checksPerSecond = INSIDE_CHECKS_PER_SECOND;
  }
  return burst;
}

/** Lets time pass, backwards too, where a log is delivered late; what has leaked away and has nothing to tell is over. */
export function leak(burst: Burst, time: number): void {
  if (burst.bareLevel !== 0 || burst.oddLevel !== 0) {
    const seconds = Math.abs(time - burst.clock) / 1000;
    const checksPerSecond = burst.checksPerSecond ?? CHECKS_PER_SECOND;
    const oddPerSecond = burst.isForeign ? FOREIGN_CHECKS_PER_SECOND : checksPerSecond;
    burst.bareLevel = Math.max(0, burst.bareLevel - seconds * checksPerSecond);
    burst.oddLevel = Math.max(0, burst.oddLevel - seconds * oddPerSecond);
  }
  burst.clock = time;
  burst.lastTime = Math.max(burst.lastTime, time);
  if (burst.bareLevel === 0 && burst.oddLevel === 0 && burst.dueTime === Number.POSITIVE_INFINITY) {
    startAfresh(burst, time);
  }
}

/** Notes a packet of another protocol: from then on odd packets add up, however slowly they are sent. */
export function noteForeign(burst: Burst): void {
  burst.isForeign = true;
  delete burst.checksPerSecond;
}

export function startAfresh(burst: Burst, time: number): void {
  burst.bareLevel = burst.oddLevel = 0;
  burst.connections = burst.oddities = 0;
  burst.firstTime = time;
  burst.isOver = false;
  delete burst.isForeign;
  burst.dueTime = Number.POSITIVE_INFINITY;
  dropRecords(burst);
  burst.isLate = false;
}

function dropRecords(burst: Burst): void {
  if (burst.records.length > 0) {
    burst.records = []; // others may hold the list
  }
}

export function keepRecord(burst: Burst, activity: Activity): void {
  burst.isLate ||= activity.isLate;
  if (burst.records.length < MAX_RECORDS) {
    burst.records.push(...activity.keep().slice(-1));
  }
}

/** Somebody from there says who they are: its connections were made for that. */
export function answer(burst: Burst): void {
  burst.bareLevel = 0;
  burst.connections = 0;
  burst.isOver = false;
  if (burst.oddities === 0) {
    burst.dueTime = Number.POSITIVE_INFINITY;
    dropRecords(burst);
  }
}

/** Whether nothing of it is left: all of its connections were for logins that did not fail. */
export function isSpent(burst: Burst, time: number): boolean {
  const isLevel = burst.bareLevel === 0 && burst.oddLevel === 0 && burst.oddities === 0;
  return isLevel && recentFailures(burst, time) === 0;
}

export function addFailure(burst: Burst, time: number): void {
  burst.failures = recentFailures(burst, time) + 1;
  burst.failureTime = time;
}

export function recentFailures({ failures, failureTime }: Burst, time: number): number {
  return time - failureTime <= FAILURE_MEMORY_MS ? failures : 0;
}
