import { DAY_MS, START } from '../fleet/calendar.ts';
import type { Kind } from '../fleet/label.ts';
import type { ToldAlert } from '../scoring/told-alert.ts';
import type { Fact } from './facts.ts';
import { hourOf, LEARNED, type PlaceOf, type Rival, tell } from './rival.ts';

/** Defaults of `detect_anomalous_new_entity_fl`. */
const DECAY = 0.95;
const MIN_SCORE = 0.9;
const MAX_ENTITIES = 60;
/** Defaults of `detect_anomalous_spike_fl`: Z and Q above these, over at least so many slices. */
const Z_THRESHOLD = 3;
const Q_THRESHOLD = 2;
const MIN_SLICES = 20;

/** Microsoft's published functions for Azure Data Explorer: a new entity by rate, a spike by Z and by quantiles. */
export const kustoFunctions: Rival = {
  name: "Microsoft's new-entity and spike functions",
  judge: (resource, facts, placeOf) => [...newEntities(resource, facts, placeOf), ...spikes(resource, facts)],
};

/** Entities of the whole resource, as in the documented use: scope is the account, entity what is new to it. */
function newEntities(resource: string, facts: readonly Fact[], placeOf: PlaceOf): ToldAlert[] {
  const kinds: readonly (readonly [Kind, (fact: Fact) => string])[] = [
    ['unfamiliar-principal', ({ principal }) => principal],
    ['unusual-location', ({ address }) => placeOf(address).country],
    ['harmful-application', ({ application }) => application],
    ['key-extraction', ({ kind, principal }) => (kind === 'keys' ? principal : '')],
  ];
  const tracks = kinds.map(([kind, entityOf]) => ({
    kind,
    entityOf,
    seen: new Set<string>(),
    days: new Map<number, number>(),
  }));
  const alerts: ToldAlert[] = [];
  for (const fact of facts.filter(({ kind }) => kind === 'login' || kind === 'request' || kind === 'keys')) {
    const day = Math.floor((fact.time - START) / DAY_MS);
    for (const { kind, entityOf, seen, days } of tracks) {
      const entity = entityOf(fact);
      if (entity === '' || seen.has(entity)) {
        continue;
      }
      if (fact.time >= LEARNED && seen.size <= MAX_ENTITIES && Math.exp(-rate(days, day)) >= MIN_SCORE) {
        alerts.push(tell(resource, fact, kind, `new: ${entity}`));
      }
      seen.add(entity);
      days.set(day, (days.get(day) ?? 0) + 1);
    }
  }
  return alerts;
}

/** λ: new entities of each day, decayed by its age, over the greatest age. */
function rate(days: ReadonlyMap<number, number>, today: number): number {
  const oldest = Math.min(...days.keys());
  const weighted = [...days].reduce((sum, [day, count]) => sum + count * DECAY ** (today - day), 0);
  return weighted / Math.max(1, today - oldest);
}

/** Failures by address, and volume by principal, in slices of an hour. */
function spikes(resource: string, facts: readonly Fact[]): ToldAlert[] {
  const failures = facts.filter(({ kind }) => kind === 'failure');
  return [
    ...spikesOf(
      resource,
      facts,
      'data-exfiltration',
      ({ principal, volume }) => ({ entity: principal, value: volume }),
      500,
    ),
    ...spikesOf(resource, failures, 'brute-force', () => ({ entity: resource, value: 1 }), 10),
  ];
}

function spikesOf(
  resource: string,
  facts: readonly Fact[],
  kind: Kind,
  measure: (fact: Fact) => { entity: string; value: number },
  floor: number,
): ToldAlert[] {
  const alerts: ToldAlert[] = [];
  const slices = new Map<string, { hour: number; value: number; past: number[]; isTold: boolean }>();
  for (const fact of facts) {
    const { entity, value } = measure(fact);
    const hour = hourOf(fact.time);
    const known = slices.get(entity) ?? { hour, value: 0, past: [], isTold: false };
    slices.set(entity, known);
    if (known.hour !== hour) {
      known.past.push(known.value);
      Object.assign(known, { hour, value: 0, isTold: false });
    }
    known.value += value;
    if (!known.isTold && fact.time >= LEARNED && known.value >= floor && isSpike(known.value, known.past)) {
      known.isTold = true;
      alerts.push(tell(resource, fact, kind, `${known.value} in an hour`));
    }
  }
  return alerts;
}

function isSpike(value: number, past: readonly number[]): boolean {
  if (past.length < MIN_SLICES) {
    return false;
  }
  const mean = past.reduce((sum, one) => sum + one, 0) / past.length;
  const deviation = Math.sqrt(past.reduce((sum, one) => sum + (one - mean) ** 2, 0) / past.length);
  const sorted = [...past].sort((a, b) => a - b);
  const low = sorted[Math.floor(sorted.length * 0.25)]!;
  const high = sorted[Math.floor(sorted.length * 0.9)]!;
  return (value - mean) / (deviation + 1) > Z_THRESHOLD && (value - high) / (high - low + 1) > Q_THRESHOLD;
}
