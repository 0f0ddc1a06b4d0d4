import { MINUTE_MS } from '../fleet/calendar.ts';
import type { Attack, BenignCase, Kind, Truth } from '../fleet/label.ts';
import type { ToldAlert } from './told-alert.ts';

/** An attack is to be told while it lasts, or soon after. */
const GRACE_MS = 10 * MINUTE_MS;

/** One alert that was to be raised, and the delay of the first that was; absent: missed. */
export interface Wanted {
  attack: Attack;
  kind: Kind;
  delayMs?: number;
}

/** One alert that nobody wanted. */
export interface Unwanted {
  alert: ToldAlert;
  /** What it took for an attack; `everyday` for nothing special. */
  because: string;
}

export interface Verdict {
  wanted: readonly Wanted[];
  /** A kind that was told of the same attack before. */
  duplicates: readonly ToldAlert[];
  unwanted: readonly Unwanted[];
}

/**
 * The rule: an alert tells of an attack when kind and resource are right, a principal or an address is in common, and
 * the event that raised it lies between the beginning of the attack and ten minutes after its end. The first one is
 * right, each further one a duplicate. Of an attack's principals and addresses anything else may be said meanwhile.
 * All other alerts are false.
 */
export function judge({ attacks, cases }: Truth, alerts: readonly ToldAlert[]): Verdict {
  const wanted: Wanted[] = attacks.flatMap((attack) => attack.expects.map((kind) => ({ attack, kind })));
  const duplicates: ToldAlert[] = [];
  const unwanted: Unwanted[] = [];
  for (const alert of [...alerts].sort((a, b) => a.time - b.time)) {
    const told = wanted.filter(({ attack, kind }) => alert.kinds.includes(kind) && concerns(alert, attack));
    const fresh = told.filter(({ delayMs }) => delayMs === undefined);
    for (const label of fresh) {
      label.delayMs = alert.time - label.attack.from;
    }
    if (fresh.length === 0 && told.length > 0) {
      duplicates.push(alert);
    } else if (told.length === 0 && !attacks.some((attack) => concerns(alert, attack))) {
      unwanted.push({ alert, because: cases.find((one) => concerns(alert, one))?.title ?? 'everyday' });
    }
  }
  return { wanted, duplicates, unwanted };
}

function concerns(alert: ToldAlert, { resource, principals, addresses, from, to }: Attack | BenignCase): boolean {
  return (
    alert.resource === resource &&
    alert.time >= from &&
    alert.time <= to + GRACE_MS &&
    (principals.some((principal) => alert.principals.includes(principal)) ||
      addresses.some((address) => alert.addresses.includes(address)))
  );
}
