import { z } from 'zod';
import { Habits, type Judgement } from '../../baselines/habits.ts';
import { type Activity, ActivityClass } from '../../model/activity.ts';
import type { Place } from '../../model/address-facts.ts';
import type { Finding } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { counted, describeAddress, habitTable, listed } from '../describe.ts';
import { defineDetector } from '../detector.ts';
import { type Sensitivity, sensitivity } from '../sensitivity.ts';
import { guidance } from './guidance.ts';

/** Memory of places; Microsoft documents the same 60 days for what it calls "not seen". */
const MEMORY_DAYS = 60;
/** Added to the threshold where the place is only a new network of a usual country: carriers change, people travel at home. */
const SAME_COUNTRY_NATS = 1;
/** Added where the place is usual for others on this resource. */
const PEERS_NATS = 2;
/** A surprise this far above the threshold leaves little doubt. */
const CERTAIN_NATS = 1;
const THRESHOLD_SHIFT: Record<Sensitivity, number> = { low: 0.8, medium: 0, high: -0.8 };

const settings = z.object({
  sensitivity,
  surpriseNats: z
    .number()
    .min(0)
    .default(2.3)
    .describe('Surprise from which a new place is unusual: 2.3 is a place such as is gained on one day in ten.'),
});

type Variant = 'new country' | 'new network' | 'new private network';

/**
 * A principal reaches the database from a place from which it never came.
 *
 * Judged against how often this principal gains new places at all. Blind spots: an exit inside a usual place; a
 * principal still learning; an address about which nothing is known.
 */
export const unusualLocation = defineDetector({
  id: 'unusual-location',
  title: 'Access from an unusual location',
  attack: [{ tactic: 'TA0001', technique: 'T1078' }],
  watches: ActivityClass.authentication | ActivityClass.dataAccess,
  settings,
  createState: () => new Habits(MEMORY_DAYS),

  evaluate(access, habits, options, report, resource) {
    const { principal, place, time } = access;
    if (principal === 0 || place === 0 || habits.use(principal, place, time)) {
      return;
    }
    const judgement = habits.judge(principal, place, time);
    const variant = variantOf(access, habits);
    const threshold = thresholdOf(options, variant, judgement);
    if (judgement.isLearning || judgement.surprise < threshold) {
      habits.learn(principal, place, time);
      return;
    }
    const dedupKey = `${access.directory.principal(principal)}|${access.directory.place(place).key}`;
    if (!report.again(dedupKey, time)) {
      report.finding(findingOf(access, habits, variant.name, judgement, threshold, dedupKey, resource));
    }
  },

  hold(habits, holder) {
    habits.forEachScope((principal) => holder.principal(principal));
  },
});

function variantOf(access: Activity, habits: Habits): { name: Variant; isKnownCountry: boolean } {
  const place = access.directory.place(access.place);
  if (place.kind !== 'public' && place.countryCode === undefined) {
    return { name: 'new private network', isKnownCountry: false };
  }
  const usual = habits.habitsOf(access.principal, access.time).map((habit) => access.directory.place(habit.value));
  const isKnownCountry = usual.some((known) => known.countryCode === place.countryCode);
  return { name: isKnownCountry || place.countryCode === undefined ? 'new network' : 'new country', isKnownCountry };
}

function thresholdOf(
  options: z.output<typeof settings>,
  variant: { isKnownCountry: boolean },
  judgement: Judgement,
): number {
  const base = options.surpriseNats + THRESHOLD_SHIFT[options.sensitivity];
  return base + (variant.isKnownCountry ? SAME_COUNTRY_NATS : 0) + (judgement.peers > 0 ? PEERS_NATS : 0);
}

function findingOf(
  access: Activity,
  habits: Habits,
  variant: Variant,
  judgement: Judgement,
  threshold: number,
  dedupKey: string,
  resource: Resource,
): Finding {
  const { directory, time } = access;
  const principal = directory.principal(access.principal);
  const address = directory.address(access.address);
  const label = (value: number) => directory.place(value).label;
  const usual = habits.habitsOf(access.principal, time);
  const isCertain = judgement.surprise >= threshold + CERTAIN_NATS;
  const entities = {
    principal,
    address,
    application: directory.application(access.application),
    database: directory.database(access.database),
  };
  return {
    alertType: access.engine === 'postgresql' ? 'SQL.PostgreSQL_GeoAnomaly' : 'CosmosDB_GeoAnomaly',
    variant,
    displayName: access.engine === 'postgresql' ? 'Log on from an unusual location' : 'Access from an unusual location',
    summary: summaryOf(principal, resource, address.place, describeAddress(address), usual.map((habit) => label(habit.value))),
    severity: variant === 'new country' ? 'Medium' : 'Low',
    confidence: isCertain ? 'high' : 'medium',
    attack: { tactic: 'TA0001', technique: access.engine === 'postgresql' ? 'T1078' : 'T1078.004' },
    dedupKey,
    startTime: time,
    endTime: time,
    count: 1,
    entities,
    score: { value: round(judgement.surprise), threshold: round(threshold), unit: 'nats of surprise' },
    baseline: habitTable(`Places from which ${principal} usually reaches ${resource.name}`, 'Place', usual, label),
    observed: {
      Place: address.place?.label ?? address.address,
      'Other principals for whom the place is usual': String(judgement.peers),
    },
    rawLines: access.keep().map((record) => record.show()),
    guidance: guidance(resource, entities),
    isLate: access.isLate,
  };
}

function summaryOf(principal: string, resource: Resource, place: Place | undefined, from: string, usual: string[]): string {
  const before = usual.length === 0 ? `it was not seen from anywhere in the last ${MEMORY_DAYS} days` : `usual: ${listed(usual)}`;
  const news = usual.length < 2 ? '' : ` (${counted(usual.length, 'usual place')})`;
  const never = place?.kind === 'private' ? 'a private network' : 'a place';
  return `${principal} reached ${resource.name} from ${from}, ${never} from which it did not come in the last ${MEMORY_DAYS} days; ${before}${news}.`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
