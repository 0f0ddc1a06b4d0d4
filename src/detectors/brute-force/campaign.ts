import {
  createSequentialCount,
  observe,
  pass,
  type SequentialCount,
  scoreAt,
  sizeWeight,
  usualOf,
} from '../../baselines/sequential-count.ts';
import {
  countAt,
  createWeeklyRate,
  usualBetween,
  usualPerDay,
  type WeeklyRate,
  withdraw,
} from '../../baselines/weekly-rate.ts';
import type { Activity, Id } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import type { Attempt } from './attempt.ts';
import { type Client, SLOW_QUIET_MS } from './client.ts';
import { addFailure, createGuessing, type Guessing, type Subject } from './guessing.ts';
import { removeFailures, restartGuessing } from './restart-guessing.ts';
import { flag, settleGuessing, tellFailure } from './tell.ts';

/** Failures of one address that count: who fails more is told by himself. */
const MAX_COUNTED = 8;

/** What is usual before anything is known, and how many must take part so that it is no matter of one client. */
export interface Scale {
  usualPerDay: number;
  minAddresses: number;
  minNames: number;
}

/** Failures from many addresses at one principal, or at the resource, beside how many are usual. 4 kB at most. */
export interface Campaign {
  guessing: Guessing;
  readonly evidence: SequentialCount;
  /** Learned from the second failure on that has something to do with one before: most have not. */
  rate: WeeklyRate | undefined;
  readonly scale: Scale;
}

export function createCampaign(subject: Subject, activity: Activity, resource: Resource, scale: Scale): Campaign {
  return {
    guessing: createGuessing(subject, activity, resource),
    evidence: createSequentialCount(activity.time),
    rate: undefined,
    scale,
  };
}

/** Adds a failure and reports when there are more than usual. @param weight what it adds to the evidence */
export function joinCampaign(campaign: Campaign, attempt: Attempt, weight: number): void {
  const { evidence, scale } = campaign;
  const { activity, report, rules } = attempt;
  const { time, address } = activity;
  pass(evidence, time, usualSince(campaign, time));
  restartWhenOver(campaign, attempt);
  const { guessing } = campaign;
  addFailure(guessing, activity, attempt.keep);
  if (guessing.brokenRule !== undefined) {
    tellFailure(guessing, activity, report);
    return;
  }
  if (guessing.failures > 1) {
    campaign.rate ??= createWeeklyRate(time, scale.usualPerDay);
  }
  if (campaign.rate !== undefined) {
    countAt(campaign.rate, time, weight);
  }
  if ((guessing.addresses.get(address) ?? 0) <= MAX_COUNTED) {
    observe(evidence, weight);
  }
  const isWide = guessing.addresses.size >= scale.minAddresses && guessing.names.size >= scale.minNames;
  if (isWide && evidence.score >= rules.slow.nats && guessing.failures >= rules.slow.failureCount) {
    open(campaign, attempt);
  }
}

function open(campaign: Campaign, { activity, report, rules }: Attempt): void {
  const { guessing, evidence, rate } = campaign;
  if (rate !== undefined) {
    withdraw(rate, guessing.firstTime);
  }
  guessing.usualPerDay = perDayOf(campaign);
  flag(guessing, rules.slow, evidence.score);
  tellFailure(guessing, activity, report);
}

function usualSince({ rate, evidence, scale }: Campaign, time: number): number {
  return rate === undefined
    ? usualOf(scale.usualPerDay, time - evidence.time)
    : usualBetween(rate, evidence.time, time);
}

function perDayOf({ rate, scale }: Campaign): number {
  return rate === undefined ? scale.usualPerDay : usualPerDay(rate);
}

/** A reported one ends with a quiet time, another one when nothing speaks for it anymore. */
function restartWhenOver(campaign: Campaign, { activity, report, resource }: Attempt): void {
  const { guessing, evidence } = campaign;
  if (guessing.brokenRule === undefined) {
    if (evidence.score === 0 && guessing.failures > 0) {
      restartGuessing(guessing, activity);
    }
  } else if (!isOpen(campaign, activity.time)) {
    settleGuessing(guessing, report);
    campaign.guessing = createGuessing(guessing.subject, activity, resource);
    evidence.score = 0;
  }
}

/** Whether it has been reported and goes on. */
export function isOpen({ guessing }: Campaign, time: number): boolean {
  return guessing.brokenRule !== undefined && time - guessing.lastFailureTime <= SLOW_QUIET_MS;
}

/** Whether a client takes part with as many names, tried there but for the latest, and does no more than its share. */
export function isPartOf({ guessing, scale }: Campaign, { failures, names, addresses }: Guessing): boolean {
  const others = [...names.keys()].filter((name) => !guessing.names.has(name)).length;
  const isNear = [...addresses.keys()].some((address) => guessing.addresses.has(address));
  return (
    isNear && names.size - others >= scale.minNames && others <= 1 && failures * scale.minAddresses <= guessing.failures
  );
}

/** Takes back failures that were typing errors. */
export function leaveCampaign(campaign: Campaign, login: Activity, failures: number): void {
  if (campaign.guessing.brokenRule === undefined && campaign.guessing.addresses.has(login.address)) {
    const weight = sizeWeight(failures);
    observe(campaign.evidence, -weight);
    if (campaign.rate !== undefined) {
      countAt(campaign.rate, login.time, -weight);
    }
    removeFailures(campaign.guessing, login.principal, login.address, failures);
  }
}

/** Takes over the failures of the one client that has tried a principal so far. */
export function seedCampaign(campaign: Campaign, { slow, clumpStart }: Client, principal: Id): void {
  const failures = slow.names.get(principal)?.failures ?? 0;
  const [address] = slow.addresses.keys();
  if (failures === 0 || address === undefined) {
    return;
  }
  const { guessing, evidence } = campaign;
  guessing.firstTime = slow.firstTime;
  guessing.failures = failures;
  guessing.names.set(principal, { ...slow.names.get(principal)! });
  guessing.addresses.set(address, failures);
  guessing.firstRecords.push(...slow.firstRecords);
  evidence.time = clumpStart;
  observe(evidence, sizeWeight(Math.min(failures, MAX_COUNTED)));
}

/** How much speaks for it now, in nats; infinite while it is reported. */
export function worthOf(campaign: Campaign, time: number): number {
  return isOpen(campaign, time) ? Number.POSITIVE_INFINITY : scoreAt(campaign.evidence, time, perDayOf(campaign));
}
