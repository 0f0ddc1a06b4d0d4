import type { Id } from '../../model/activity.ts';
import type { Attempt } from './attempt.ts';
import { addFailure, createGuessing, type Guessing } from './guessing.ts';
import { flag, settleGuessing, tellFailure } from './tell.ts';

/** Principals noted at a time; of more the one that began first is forgotten. */
const MAX_PRINCIPALS = 256;
/** Containers that are told apart for each. */
const MAX_CONTAINERS = 32;
/** Refused kinds, and containers, from which it is no program that lacks a right: that asks for what its code says. */
const MANY_KINDS = 8;
const MANY_CONTAINERS = 3;
/** Times the failures of a burst. */
const FACTOR = 2;

/** What one principal was refused, one request after the other. Plain data. */
interface Look {
  guessing: Guessing;
  /** By container, the operations on it. */
  operations: Map<Id, Set<Id>>;
}

/** By principal of Cosmos DB. */
export type Looks = Map<Id, Look>;

/**
 * A request of Cosmos DB is refused for want of a right, from where requests are let in: who is known, and has an
 * account, tries what else it may do.
 */
export function lookAround(attempt: Attempt, looks: Looks): void {
  const { activity, rules, report, resource } = attempt;
  const { principal, operation, container, time } = activity;
  if (principal === 0 || container === 0) {
    return;
  }
  let look = looks.get(principal);
  if (look === undefined || time - look.guessing.lastFailureTime > rules.burst.windowMs) {
    look = { guessing: createGuessing('client', activity, resource), operations: new Map() };
    begin(looks, principal, look, attempt);
  }
  const { guessing, operations } = look;
  addFailure(guessing, activity, attempt.keep);
  if (operations.size < MAX_CONTAINERS || operations.has(container)) {
    operations.set(container, (operations.get(container) ?? new Set()).add(operation));
  }
  const kinds = [...operations.values()].reduce((sum, { size }) => sum + size, 0);
  guessing.refused = { kinds, containers: operations.size };
  const isWide = kinds >= MANY_KINDS && operations.size >= MANY_CONTAINERS;
  if (guessing.brokenRule === undefined && isWide && guessing.failures >= FACTOR * rules.refused.failureCount) {
    flag(guessing, rules.burst, guessing.failures);
  }
  if (guessing.brokenRule !== undefined) {
    tellFailure(guessing, activity, report);
  }
}

function begin(looks: Looks, principal: Id, look: Look, { report }: Attempt): void {
  const [oldest] = looks.keys();
  const given = looks.has(principal) ? principal : looks.size === MAX_PRINCIPALS ? oldest : undefined;
  if (given !== undefined) {
    settleGuessing(looks.get(given)!.guessing, report);
    looks.delete(given);
  }
  looks.set(principal, look);
}
