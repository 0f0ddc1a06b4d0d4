import {
  clumpWeight,
  createSequentialCount,
  observe,
  pass,
  type SequentialCount,
  scoreAt,
  sizeWeight,
  usualOf,
} from '../../baselines/sequential-count.ts';
import { type Activity, AuthenticationFailure, type Id } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { type Attempt, failureOf } from './attempt.ts';
import { addFailure, createGuessing, type Guessing } from './guessing.ts';
import { addToPace, createPace, type Pace } from './pace.ts';
import { removeFailures } from './restart-guessing.ts';
import type { WindowRule } from './rule.ts';

/** Failures that are believed of a client from elsewhere, three a month; and of one that others log in from. */
const USUAL_PER_DAY = 0.1;
const SHARED_USUAL_PER_DAY = 1;
/** Failures that are usual for each login from where nobody was known. */
export const USUAL_PER_ARRIVAL = 0.5;
/** Quiet after which slow guessing that was reported is over. */
export const SLOW_QUIET_MS = 3 * 86_400_000;

/** One client that fails: an address, or a /64 of IPv6, through which a client can walk. */
export interface Client {
  readonly key: string;
  readonly isNetwork: boolean;
  /** Addresses by which it is found at once. */
  knownAddresses: number;
  /** Where it is; 0 where nothing is known of that. */
  readonly place: Id;
  /** Whether that is the network of a cloud; undefined before anybody had to know. */
  isCloud: boolean | undefined;
  /** The failures since there was none for the window, and those since the score was nil; may be the same. */
  burst: Guessing;
  slow: Guessing;
  readonly evidence: SequentialCount;
  /** Failures a day that are usual of it. */
  usualPerDay: number;
  /** Times of the latest failures, a ring; as many as make a client suspicious. */
  readonly times: number[];
  pace: Pace;
  /** Failures under names that are not at home where it is. */
  awayFailures: number;
  /** The window in hand and its failures: many of one window are one clump. */
  clumpStart: number;
  clumpSize: number;
}

export function createClient(activity: Activity, resource: Resource, key: string): Client {
  const { time, place } = activity;
  const burst = createGuessing('client', activity, resource);
  return {
    key,
    isNetwork: key.includes('/'),
    place,
    isCloud: undefined,
    knownAddresses: 0,
    burst,
    slow: burst,
    evidence: createSequentialCount(time),
    usualPerDay: USUAL_PER_DAY,
    times: [],
    pace: createPace(time),
    awayFailures: 0,
    clumpStart: time,
    clumpSize: 0,
  };
}

/** Begins a new burst after a quiet window, and a new slow matter when nothing speaks for the old one. */
export function startBurst(client: Client, activity: Activity, resource: Resource): void {
  const { time } = activity;
  const isOver =
    client.slow.brokenRule?.kind === 'sequential'
      ? time - client.slow.lastFailureTime > SLOW_QUIET_MS
      : client.burst.brokenRule !== undefined || scoreOf(client, time) === 0;
  client.burst = createGuessing('client', activity, resource);
  if (isOver) {
    client.slow = client.burst;
    client.evidence.score = 0;
    client.pace = createPace(time);
    client.awayFailures = 0;
  }
  client.times.length = 0;
}

export function scoreOf({ evidence, usualPerDay }: Client, time: number): number {
  return scoreAt(evidence, time, usualPerDay);
}

/** Notes whether others log in from the address of a client: then some of them mistype. */
export function noteShared(client: Client, isShared: boolean): void {
  client.usualPerDay = isShared ? SHARED_USUAL_PER_DAY : USUAL_PER_DAY;
}

/** Adds a failure and gives its weight: what it adds to the evidence of slow guessing. */
export function addAttempt(client: Client, attempt: Attempt, isHome: boolean, rule: WindowRule): number {
  const { activity, keep } = attempt;
  const { time } = activity;
  client.times[client.burst.failures % rule.failureCount] = time;
  addFailure(client.burst, activity, keep);
  if (client.slow !== client.burst) {
    addFailure(client.slow, activity, keep);
  }
  addToPace(client.pace, time);
  client.awayFailures += isHome ? 0 : 1;
  if (failureOf(activity) === AuthenticationFailure.notAllowed) {
    return 0; // nothing can be learned from guessing at a closed door
  }
  const weight = weigh(client, time, rule.windowMs);
  pass(client.evidence, time, usualOf(client.usualPerDay, time - client.evidence.time));
  if (client.burst.brokenRule === undefined && client.slow.brokenRule === undefined) {
    observe(client.evidence, weight);
  }
  return weight;
}

function weigh(client: Client, time: number, windowMs: number): number {
  if (time >= client.clumpStart + windowMs || time < client.clumpStart) {
    client.clumpStart = time;
    client.clumpSize = 0;
  }
  return clumpWeight(++client.clumpSize);
}

/** Takes back the failures of a name that got in after a few: they were typing errors. Gives how many. */
export function forgive(client: Client, login: Activity): number {
  const { burst, slow, evidence } = client;
  const failures = login.engine === 'cosmosdb' ? burst.failures : (burst.names.get(login.principal)?.failures ?? 0);
  observe(evidence, -sizeWeight(failures));
  pass(evidence, evidence.time, USUAL_PER_ARRIVAL);
  if (slow !== burst && slow.brokenRule === undefined) {
    removeFailures(slow, login.principal, login.address, failures);
  }
  return failures;
}

/** Whether the latest failures are as many, and as close together, as the rule says. */
export function breaks({ burst, times }: Client, { failureCount, windowMs }: WindowRule): boolean {
  return burst.failures >= failureCount && times.every((time) => time > burst.lastFailureTime - windowMs);
}
