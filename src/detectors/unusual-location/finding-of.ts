import type { Judgement } from '../../baselines/habit-judgement.ts';
import type { Habits } from '../../baselines/habits.ts';
import type { Activity } from '../../model/activity.ts';
import type { AddressFacts, Place } from '../../model/address-facts.ts';
import type { Finding } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { day, describeAddress, habitTable, listed, named } from '../describe.ts';
import { guidance } from './guidance.ts';

/** Memory of places; Microsoft documents the same 60 days for what it calls "not seen". */
export const MEMORY_DAYS = 60;
/** A surprise this far above the threshold leaves little doubt. */
const CERTAIN_NATS = 1;
const DAY_MS = 86_400_000;

/** What is new about a place. */
export type Variant = 'new country' | 'new network' | 'new private network';

/** What was decided about an access. */
export interface Verdict {
  variant: Variant;
  judgement: Judgement;
  /** Nats. */
  threshold: number;
  dedupKey: string;
  /** Nobody is to be told of it. */
  isNote: boolean;
  /** Other principals that were reported to come from the place, and still do. */
  others: number;
}

export function findingOf(access: Activity, habits: Habits, verdict: Verdict, resource: Resource): Finding {
  const { directory, time, engine } = access;
  const { variant, judgement, threshold, dedupKey, isNote, others } = verdict;
  const principal = directory.principal(access.principal);
  const address = directory.address(access.address);
  const label = (value: number) => directory.place(value).label;
  const usual = habits.habitsOf(access.principal, time);
  const entities = {
    principal,
    address,
    application: directory.application(access.application),
    database: directory.database(access.database),
  };
  return {
    alertType: engine === 'postgresql' ? 'SQL.PostgreSQL_GeoAnomaly' : 'CosmosDB_GeoAnomaly',
    variant,
    displayName: engine === 'postgresql' ? 'Log on from an unusual location' : 'Access from an unusual location',
    summary: `${named(principal)} ${engine === 'postgresql' ? 'logged in to' : 'reached'} ${resource.name} from ${describeAddress(address)}, ${news(variant, directory.place(access.place))} from which it had not come ${since(habits.firstTimeOf(access.principal), time)}; ${usualText(usual.map((habit) => label(habit.value)))}.`,
    severity: isNote ? 'Informational' : 'Low', // unusual alone wakes nobody: what it comes with raises it
    confidence: judgement.surprise >= threshold + CERTAIN_NATS ? 'high' : 'medium',
    attack: { tactic: 'TA0001', technique: engine === 'postgresql' ? 'T1078' : 'T1078.004' },
    dedupKey,
    startTime: time,
    endTime: time,
    count: 1,
    entities,
    score: { value: round(judgement.surprise), threshold: round(threshold), unit: 'nats of surprise' },
    baseline: habitTable(
      `Places from which ${named(principal)} usually reaches ${resource.name}`,
      'Place',
      usual,
      label,
    ),
    observed: observedOf(address, judgement, others, habits.firstTimeOf(access.principal)),
    rawLines: access.keep().map((record) => record.show()),
    guidance: guidance(resource, entities),
    isLate: access.isLate,
  };
}

function news(variant: Variant, place: Place): string {
  if (variant === 'new country') {
    return 'a country';
  }
  if (variant === 'new private network') {
    return `a private network (${place.label})`;
  }
  return place.kind === 'public' && place.countryName !== undefined ? `a network in ${place.countryName}` : 'a network';
}

/** What is not remembered is not claimed. */
function since(firstTime: number | undefined, time: number): string {
  const isWhole = firstTime === undefined || time - firstTime >= MEMORY_DAYS * DAY_MS;
  return isWhole ? `in the last ${MEMORY_DAYS} days` : `since it was first seen on ${day(firstTime)}`;
}

function usualText(labels: readonly string[]): string {
  return labels.length === 0 ? 'it had not come from anywhere in that time' : `usual: ${listed(labels, 3, '; ')}`;
}

function observedOf(
  address: AddressFacts,
  { peers }: Judgement,
  others: number,
  firstTime: number | undefined,
): Record<string, string> {
  return {
    Place: address.place?.label ?? address.address,
    ...(firstTime !== undefined && { 'Principal first seen': day(firstTime) }),
    'Other principals for whom the place is usual': String(peers),
    ...(others > 0 && { 'Other principals reported from there': String(others) }),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
