import { type Activity, AuthenticationFailure, type Id, type KeptRecord } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import type { Report } from '../detector.ts';
import type { Rules } from './rule.ts';

const FORBIDDEN = 403;
/** Stands for whoever it is. */
export const ANYBODY: Id = 0;

/**
 * Whose attempt it is. Of a request that Cosmos DB refused nobody knows who made it, so there what counts is whether
 * anybody gets in from an address.
 */
export function subjectOf({ engine, principal }: Activity): Id {
  return engine === 'cosmosdb' ? ANYBODY : principal;
}

/** Why it failed. Cosmos DB: 401 is a credential that is wrong or has expired, 403 one that is not let in from there. */
export function failureOf(activity: Activity): number {
  if (activity.engine !== 'cosmosdb') {
    return activity.failure;
  }
  return isForbidden(activity) ? AuthenticationFailure.notAllowed : AuthenticationFailure.wrongCredential;
}

/** A request of Cosmos DB whose credential was accepted, and that was refused all the same. */
export function isForbidden({ engine, status }: Activity): boolean {
  return engine === 'cosmosdb' && status === FORBIDDEN;
}

/** A failure that is being judged. */
export interface Attempt {
  activity: Activity;
  resource: Resource;
  rules: Rules;
  report: Report;
  /** Its raw records, kept once. */
  keep: () => KeptRecord[];
}

export function createAttempt(activity: Activity, resource: Resource, rules: Rules, report: Report): Attempt {
  let records: KeptRecord[] | undefined;
  return {
    activity,
    resource,
    rules,
    report,
    keep: () => {
      records ??= activity.keep();
      return records;
    },
  };
}
