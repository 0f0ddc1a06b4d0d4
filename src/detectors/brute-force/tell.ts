import type { Activity } from '../../model/activity.ts';
import type { Report } from '../detector.ts';
import { findingOf } from './finding-of.ts';
import { type Guessing, keepLatest } from './guessing.ts';
import type { Rule } from './rule.ts';

/** Calls failures guesses from now on. */
export function flag(guessing: Guessing, rule: Rule, score: number): void {
  guessing.brokenRule = rule;
  guessing.score = score;
}

/** Reports failures that are guesses when they are news: at first, and when they have doubled. */
export function tellFailure(guessing: Guessing, activity: Activity, report: Report): void {
  if (countOf(guessing) >= 2 * guessing.reported) {
    keepLatest(guessing, activity);
    tell(guessing, report);
  }
}

/** Reports a login among guesses: the first of a principal, and when logins have doubled. False when it is expected. */
export function tellLogin(guessing: Guessing, activity: Activity, report: Report): boolean {
  const entered = guessing.entered.find(({ id }) => id === activity.principal);
  const isNews = entered !== undefined && (entered.logins & (entered.logins - 1)) === 0;
  return isNews ? tell(guessing, report) : true;
}

/** Tells what has not been told yet. Of a misconfigured client its program is told. */
export function settleGuessing(guessing: Guessing, report: Report): void {
  if (isTold(guessing) && countOf(guessing) > guessing.reported) {
    tell(guessing, report);
  }
}

/** The same between activities: when it is news next stays as it is. */
export function tellRest(guessing: Guessing, report: Report): void {
  if (isTold(guessing) && countOf(guessing) > guessing.told) {
    guessing.told = countOf(guessing);
    report.finding(findingOf(guessing, guessing.brokenRule!));
  }
}

function isTold({ brokenRule, subject, isMisconfigured }: Guessing): boolean {
  return brokenRule !== undefined && !(subject === 'client' && isMisconfigured);
}

function tell(guessing: Guessing, report: Report): boolean {
  guessing.reported = guessing.told = countOf(guessing);
  return report.finding(findingOf(guessing, guessing.brokenRule!));
}

function countOf({ failures, logins }: Guessing): number {
  return failures + logins;
}
