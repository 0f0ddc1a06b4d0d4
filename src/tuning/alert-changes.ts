import type { Alert } from '../model/alert.ts';

/** Alerts above Informational that one of two judgements of the same history raised, and the other did not. */
export interface AlertChanges {
  before: number;
  after: number;
  /** Raised before, and no longer (or as a note only). */
  gone: readonly Alert[];
  added: readonly Alert[];
  /** Raised by both, with another severity. */
  changed: readonly { before: Alert; after: Alert }[];
}

/** Notes are no alarms: what becomes one is gone. Names of alerts are the same wherever they begin with the same event. */
export function changesOf(before: readonly Alert[], after: readonly Alert[]): AlertChanges {
  const [raisedBefore, raisedAfter] = [before.filter(isRaised), after.filter(isRaised)];
  const counterparts = new Map<Alert, Alert>();
  pairUp(raisedBefore, raisedAfter, counterparts, ({ name }) => name);
  pairUp(raisedBefore, raisedAfter, counterparts, matterOf);
  const paired = new Set(counterparts.values());
  return {
    before: raisedBefore.length,
    after: raisedAfter.length,
    gone: raisedBefore.filter((alert) => !counterparts.has(alert)),
    added: raisedAfter.filter((alert) => !paired.has(alert)),
    changed: [...counterparts]
      .map(([one, other]) => ({ before: one, after: other }))
      .filter((pair) => pair.before.properties.severity !== pair.after.properties.severity),
  };
}

/** Each alert is the counterpart of one other at most. */
function pairUp(
  before: readonly Alert[],
  after: readonly Alert[],
  counterparts: Map<Alert, Alert>,
  keyOf: (alert: Alert) => string,
): void {
  const taken = new Set(counterparts.values());
  const free = Map.groupBy(
    after.filter((alert) => !taken.has(alert)),
    keyOf,
  );
  for (const alert of before.filter((one) => !counterparts.has(one))) {
    const counterpart = free.get(keyOf(alert))?.shift();
    if (counterpart) {
      counterparts.set(alert, counterpart);
    }
  }
}

/** What an alert is about, on which day: it may begin with another event when it is told sooner or later. */
function matterOf({ properties }: Alert): string {
  const { alertType, compromisedEntity, entities, startTimeUtc } = properties;
  const who = entities.filter(({ type }) => type === 'ip' || type === 'account').map((one) => one.address ?? one.name);
  return JSON.stringify([alertType, compromisedEntity, startTimeUtc.slice(0, 10), who]);
}

function isRaised({ properties }: Alert): boolean {
  return properties.severity !== 'Informational';
}
