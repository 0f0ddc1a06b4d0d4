import { type Activity, ActivityClass, type Id } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import type { Report } from '../detector.ts';
import {
  addFailure,
  answer,
  type Burst,
  createBurst,
  isSpent,
  keepRecord,
  leak,
  noteForeign,
  recentFailures,
} from './burst.ts';
import type { Callers } from './callers.ts';
import type { Limits } from './settings.ts';
import { createTold, follow, noteLogin, openProbe, settleTold, type Told, tellBurst, tellProbe } from './told.ts';

/** Addresses watched at a time; of more, the quarter that has been quiet for longest is forgotten. */
const MAX_BURSTS = 4096;
/** Between two looks at who is not waited for any longer. */
const LOOK_EVERY_MS = 10_000;

/** What addresses do without saying who they are. */
export interface Sources {
  bursts: Map<Id, Burst>;
  told: Told;
  /** When to look next at who is not waited for any longer. */
  lookTime: number;
}

/** What is needed beside the activity. */
export interface Circumstances {
  limits: Limits;
  report: Report;
  resource: Resource;
}

export function createSources(): Sources {
  return { bursts: new Map(), told: createTold(), lookTime: Number.POSITIVE_INFINITY };
}

/** Where somebody has logged in from there before, connections without a login say nothing. */
export function noteConnection(sources: Sources, activity: Activity, callers: Callers, around: Circumstances): void {
  const { address, time } = activity;
  callers.open(address, time);
  if (callers.isKnown(address, time)) {
    return;
  }
  callers.wait(address);
  const burst = burstOf(sources, activity, around);
  burst.connections++;
  burst.bareLevel++;
  burst.isLate ||= activity.isLate;
  if (burst.bareLevel > 1) {
    keepRecord(burst, activity); // most connections are followed by a login
  }
  if (!follow(sources.told, activity, burst, around.report) && hasRunOver(burst.bareLevel, around)) {
    burst.isOver = true;
    waitFor(sources, burst, activity, around);
  }
}

/** A packet that is none of the protocol: no client of PostgreSQL sends one, so many need not be waited for. */
export function noteOddPacket(sources: Sources, activity: Activity, around: Circumstances): void {
  const burst = burstOf(sources, activity, around);
  burst.oddities++;
  burst.oddLevel++;
  keepRecord(burst, activity);
  if (activity.status !== 0) {
    noteForeign(burst); // health checks only have a wrong length
  }
  if (follow(sources.told, activity, burst, around.report)) {
    return;
  }
  if (hasRunOver(burst.oddLevel, around)) {
    const facts = activity.directory.address(activity.address);
    tellProbe(sources.told, activity.address, burst, { facts, resource: around.resource }, around);
  } else if (isNews(activity)) {
    waitFor(sources, burst, activity, around);
  }
}

/** A login from there, tried or done. */
export function noteAttempt(sources: Sources, activity: Activity, callers: Callers, around: Circumstances): void {
  const isIn = activity.class === ActivityClass.authentication;
  const isWaitedFor = callers.answer(activity.address);
  if (!isIn) {
    const burst = burstOf(sources, activity, around);
    answer(burst);
    addFailure(burst, activity.time);
  } else if (isWaitedFor) {
    const burst = sources.bursts.get(activity.address);
    if (burst !== undefined) {
      answer(burst);
      if (isSpent(burst, activity.time)) {
        sources.bursts.delete(activity.address); // a new one would be the same
      }
    }
  }
  noteLogin(sources.told, activity, around.report);
}

/** How often logins from there have failed within the hour, and whether it was probing. */
export function recordOf(
  { bursts, told }: Sources,
  { address, time }: Activity,
): { failures: number; isProbing: boolean } {
  const burst = bursts.get(address);
  return {
    failures: burst === undefined ? 0 : recentFailures(burst, time),
    isProbing: openProbe(told, address, time) !== undefined,
  };
}

/** Tells what is not waited for any longer. */
export function tellDue(sources: Sources, time: number, around: Omit<Circumstances, 'resource'>): void {
  let next = Number.POSITIVE_INFINITY;
  for (const [address, burst] of sources.bursts) {
    if (time >= burst.dueTime) {
      tellBurst(sources.told, address, burst, around);
    }
    next = Math.min(next, burst.dueTime);
  }
  sources.lookTime = Math.max(next, time + LOOK_EVERY_MS);
}

/** Brings alerts up to date. @param time until which was waited; infinite: nobody is waited for any longer */
export function settleSources(sources: Sources, time: number, around: Omit<Circumstances, 'resource'>): void {
  if (time === Number.POSITIVE_INFINITY) {
    for (const [address, burst] of sources.bursts) {
      if (burst.dueTime !== Number.POSITIVE_INFINITY) {
        tellBurst(sources.told, address, burst, around);
      }
    }
  } else if (time >= sources.lookTime) {
    tellDue(sources, time, around);
  }
  settleTold(sources.told, around.report);
}

/** What leaks away within a second does not make one more. */
function hasRunOver(level: number, { limits }: Circumstances): boolean {
  return Math.ceil(level) >= limits.probeCount;
}

function waitFor(sources: Sources, burst: Burst, { time, address, directory }: Activity, around: Circumstances): void {
  if (burst.dueTime === Number.POSITIVE_INFINITY) {
    burst.dueTime = time + around.limits.probeWaitMs;
    burst.origin = { resource: around.resource, facts: directory.address(address) };
    sources.lookTime = Math.min(sources.lookTime, burst.dueTime);
  }
}

/** Load balancers and monitors of one's own network speak HTTP to the port, or hang up: that is no news. */
function isNews(activity: Activity): boolean {
  return activity.status !== 0 || !isInside(activity);
}

function isInside({ place, directory }: Activity): boolean {
  return place !== 0 && directory.place(place).kind !== 'public';
}

function burstOf({ bursts, told }: Sources, activity: Activity, around: Circumstances): Burst {
  const { address, time } = activity;
  const known = bursts.get(address);
  if (known !== undefined) {
    leak(known, time);
    return known;
  }
  if (bursts.size === MAX_BURSTS) {
    const byAge = [...bursts].sort(([, a], [, b]) => a.lastTime - b.lastTime);
    for (const [id, burst] of byAge.slice(0, MAX_BURSTS / 4)) {
      if (burst.dueTime !== Number.POSITIVE_INFINITY) {
        tellBurst(told, id, burst, around);
      }
      bursts.delete(id);
    }
  }
  const burst = createBurst(time, isInside(activity));
  bursts.set(address, burst);
  return burst;
}
