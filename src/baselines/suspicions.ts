import { decay } from './gain-rate.ts';

const DAY_S = 86_400;
/** A suspicion that nobody answers lapses so long after its last use; it has taught nothing. */
const LAPSE_S = 30 * DAY_S;
/** Uses that leave no longer gap are one matter, and told once. */
const GAP_S = 7 * DAY_S;
/** A reported gain tells how often a scope gains values from then on: who is reported makes the next one no less odd. */
const DELAY_S = 7 * DAY_S;
/** Where many have moved to, they still are: others who have not come for so long were visitors. */
const STAY_S = 7 * DAY_S;
const MAX_SUSPICIONS = 4096;

/** A value that was reported of a scope. Compact times. */
interface Suspicion {
  firstUse: number;
  lastUse: number;
}

/** What was reported and is not answered, by scope and value. Plain data; at most `MAX_SUSPICIONS` values. */
export type Suspicions = Map<number, Map<number, Suspicion>>;

/** Notes a reported value, or a further use of one. */
export function suspect(suspicions: Suspicions, scope: number, value: number, seconds: number): void {
  const known = suspicions.get(scope)?.get(value);
  if (known && !isLapsed(known, seconds)) {
    known.lastUse = Math.max(known.lastUse, seconds);
    return;
  }
  makeRoom(suspicions, seconds);
  const values = suspicions.get(scope) ?? new Map<number, Suspicion>();
  values.set(value, { firstUse: seconds, lastUse: seconds });
  suspicions.set(scope, values);
}

/** How it stands with a value: `recent` was used without a gap of a week since it was reported, `open` is not lapsed. */
export type Suspected = 'no' | 'open' | 'recent';

export function isSuspected(suspicions: Suspicions, scope: number, value: number, seconds: number): Suspected {
  const known = suspicions.get(scope)?.get(value);
  if (known === undefined || isLapsed(known, seconds)) {
    return 'no';
  }
  return seconds - known.lastUse <= GAP_S ? 'recent' : 'open';
}

/** Other scopes that were reported with the value, are not answered, and go on using it. */
export function othersSuspected(suspicions: Suspicions, scope: number, value: number, seconds: number): number {
  let count = 0;
  for (const [other, values] of suspicions) {
    const known = other === scope ? undefined : values.get(value);
    count += known !== undefined && seconds - known.lastUse <= STAY_S ? 1 : 0;
  }
  return count;
}

/** Of most scopes nothing was ever reported. */
const NO_GAINS = { weight: 0, count: 0 };

/**
 * Reported gains of a scope that count by now, decayed like those that were learned; and their number.
 *
 * None count for a value that was reported itself, and is not answered: it is as odd as it was.
 *
 * @param judged a value that is judged
 */
export function reportedGains(
  suspicions: Suspicions,
  scope: number,
  seconds: number,
  judged?: number,
): Readonly<typeof NO_GAINS> {
  const values = suspicions.get(scope);
  const own = judged === undefined ? undefined : values?.get(judged);
  if (values === undefined || (own !== undefined && !isLapsed(own, seconds))) {
    return NO_GAINS;
  }
  let weight = 0;
  let count = 0;
  for (const { firstUse } of values.values()) {
    const age = seconds - firstUse;
    if (age >= DELAY_S) {
      weight += decay(age / DAY_S);
      count++;
    }
  }
  return { weight, count };
}

/** Takes away what fits, and gives it: somebody has answered. */
export function takeSuspected(
  suspicions: Suspicions,
  fits: (scope: number, value: number) => boolean,
): { scope: number; value: number }[] {
  const taken: { scope: number; value: number }[] = [];
  for (const [scope, values] of suspicions) {
    for (const value of values.keys()) {
      if (fits(scope, value)) {
        values.delete(value);
        taken.push({ scope, value });
      }
    }
    if (values.size === 0) {
      suspicions.delete(scope);
    }
  }
  return taken;
}

function isLapsed({ lastUse }: Suspicion, seconds: number): boolean {
  return seconds - lastUse > LAPSE_S;
}

/** Forgets what has lapsed, and everything where that is not enough. */
function makeRoom(suspicions: Suspicions, seconds: number): void {
  let size = 0;
  for (const { size: values } of suspicions.values()) {
    size += values;
  }
  if (size < MAX_SUSPICIONS) {
    return;
  }
  for (const [scope, values] of suspicions) {
    for (const [value, suspicion] of values) {
      if (isLapsed(suspicion, seconds)) {
        values.delete(value);
        size--;
      }
    }
    if (values.size === 0) {
      suspicions.delete(scope);
    }
  }
  if (size >= MAX_SUSPICIONS) {
    suspicions.clear();
  }
}
