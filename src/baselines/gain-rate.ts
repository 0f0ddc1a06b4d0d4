/** Share of a gain's weight that is left after a day. */
export const DAILY_DECAY = 0.95;
/** What is believed of a scope before it has been watched: this many gains in `PRIOR_DAYS`. */
const PRIOR_GAINS = 0.3;
const PRIOR_DAYS = 1;

/** How much less a gain counts `days` later. */
export function decay(days: number): number {
  return days <= 0 ? 1 : DAILY_DECAY ** days;
}

/** Hours of age that are told apart: later ones add nothing. */
const MOST_HOURS = 24 * 365;
/** By hours of age, what days add up to: worked out once each. */
const daysByHours = new Float64Array(MOST_HOURS + 1);

/** Days of an age, each decayed since it was: 1 after a day, 20 after years. To the hour. */
export function decayedDays(seconds: number): number {
  const hours = Math.max(0, Math.min(MOST_HOURS, Math.floor(seconds / 3600)));
  if (daysByHours[hours] === 0) {
    daysByHours[hours] = (1 - DAILY_DECAY ** (hours / 24)) / (1 - DAILY_DECAY);
  }
  return daysByHours[hours]!;
}

/** Days for which a scope is believed to be like the others of its kind. */
const POOL_DAYS = 10;

/**
 * Surprise, in nats, of a scope gaining a new value today.
 *
 * With gains and watched days decayed alike, the rate is λ = (gains + prior) / (days + prior) a day, the chance of at
 * least one gain within a day 1 − e^−λ, and the surprise −ln of that: 3.6 for a scope that gained nothing in 14 days,
 * 4.2 after 60; 2.3 (one day in ten) for one that gains a value about every ten days; 0.5 for one a day.
 * After Microsoft's open `detect_anomalous_new_entity_fl`, which divides by undecayed days and has no prior.
 *
 * @param gains decayed number of values gained since the first day
 * @param watchedDays age of the scope
 * @param unseen values a day that are believed to have been there all along: the rate is no less
 */
export function gainSurprise(gains: number, watchedDays: number, unseen = 0): number {
  const surprise = surpriseOf(gains, (1 - DAILY_DECAY ** Math.max(0, watchedDays)) / (1 - DAILY_DECAY));
  return unseen === 0 ? surprise : Math.min(surprise, -Math.log(1 - Math.exp(-unseen)));
}

/**
 * The same for days that are decayed already.
 *
 * Where others like the scope gain values more often, the rate is (gains + 10 · theirs) / (days + 10) instead: a person
 * who has not travelled yet, among people who do, surprises nobody by it.
 *
 * @param pooled gains a day of others like it
 */
export function surpriseOf(gains: number, days: number, pooled = 0): number {
  const own = (gains + PRIOR_GAINS) / (days + PRIOR_DAYS);
  const likeOthers = (gains + POOL_DAYS * pooled) / (days + POOL_DAYS);
  return -Math.log(1 - Math.exp(-Math.max(own, likeOthers)));
}
