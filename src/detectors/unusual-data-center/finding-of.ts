import type { Judgement } from '../../baselines/habit-judgement.ts';
import type { Habit } from '../../baselines/habit-list.ts';
import type { Habits } from '../../baselines/habits.ts';
import type { Activity } from '../../model/activity.ts';
import type { CloudRegion } from '../../model/address-facts.ts';
import type { Finding } from '../../model/finding.ts';
import type { Engine, Resource } from '../../model/resource.ts';
import { day, describeAddress, habitTable, listed, named } from '../describe.ts';
import { type DataCentres, regionText } from './data-centres.ts';
import { guidance } from './guidance.ts';

/** Memory of data centres; Microsoft documents the same 60 days for cloud providers "not seen". */
export const MEMORY_DAYS = 60;
/** A surprise this far above the threshold leaves little doubt. */
const CERTAIN_NATS = 1;
const DAY_MS = 86_400_000;

/** What is new: the provider, or a region of a usual provider. */
export type Variant = 'provider' | 'region';

/** What was decided about an access. */
export interface Verdict {
  variant: Variant;
  region: CloudRegion;
  judgement: Judgement;
  /** Nats. */
  threshold: number;
  dedupKey: string;
}

export function findingOf(
  access: Activity,
  habits: Habits,
  dataCentres: DataCentres,
  verdict: Verdict,
  resource: Resource,
): Finding {
  const { directory, time, engine } = access;
  const { variant, region, judgement, threshold, dedupKey } = verdict;
  const principal = directory.principal(access.principal);
  const address = directory.address(access.address);
  const label = (number: number) => regionText(dataCentres.region(number));
  const usual = habits.habitsOf(access.principal, time);
  const firstTime = habits.firstTimeOf(access.principal);
  const entities = {
    principal,
    address,
    application: directory.application(access.application),
    database: directory.database(access.database),
  };
  return {
    alertType: alertTypeOf(engine, variant),
    variant,
    displayName: displayNameOf(engine, variant, region),
    summary: `${named(principal)} ${engine === 'postgresql' ? 'logged in to' : 'reached'} ${resource.name} from ${describeAddress(address)} in ${regionText(region)}, ${news(variant, region)} from which it had not come ${since(firstTime, time)}; ${usualText(usual, label)}.`,
    severity: 'Low', // unusual alone wakes nobody: what it comes with raises it
    confidence: judgement.surprise >= threshold + CERTAIN_NATS ? 'high' : 'medium',
    attack: { tactic: 'TA0001', technique: engine === 'postgresql' ? 'T1078' : 'T1078.004' },
    dedupKey,
    startTime: time,
    endTime: time,
    count: 1,
    entities,
    score: { value: round(judgement.surprise), threshold: round(threshold), unit: 'nats of surprise' },
    baseline: habitTable(
      `Data centres from which ${named(principal)} usually reaches ${resource.name}`,
      'Data centre',
      usual,
      label,
    ),
    observed: {
      'Cloud provider': region.provider,
      'Data centre': regionText(region),
      ...(firstTime !== undefined && { 'Principal first seen': day(firstTime) }),
      'Other principals for whom it is usual': String(judgement.peers),
    },
    rawLines: access.keep().map((record) => record.show()),
    guidance: guidance(resource, entities, region),
    isLate: access.isLate,
  };
}

function alertTypeOf(engine: Engine, variant: Variant): string {
  const prefix = engine === 'postgresql' ? 'SQL.PostgreSQL_' : 'CosmosDB_';
  return `${prefix}${variant === 'provider' ? 'CloudProviderAnomaly' : 'DataCenterAnomaly'}`;
}

function displayNameOf(engine: Engine, variant: Variant, { provider }: CloudRegion): string {
  const access = engine === 'postgresql' ? 'Log on' : 'Access';
  return variant === 'provider'
    ? `${access} from an unusual cloud provider`
    : `${access} from an unusual ${provider} data center`;
}

function news(variant: Variant, { provider }: CloudRegion): string {
  return variant === 'provider' ? 'a cloud provider' : `a region of ${provider}`;
}

/** What is not remembered is not claimed. */
function since(firstTime: number | undefined, time: number): string {
  const isWhole = firstTime === undefined || time - firstTime >= MEMORY_DAYS * DAY_MS;
  return isWhole ? `in the last ${MEMORY_DAYS} days` : `since it was first seen on ${day(firstTime)}`;
}

function usualText(usual: readonly Habit[], label: (number: number) => string): string {
  return usual.length === 0
    ? 'it had not come from anywhere in that time'
    : `usual: ${listed(
        usual.map(({ value }) => label(value)),
        3,
        '; ',
      )}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
