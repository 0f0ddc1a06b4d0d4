import type { Activity } from '../../model/activity.ts';
import { ANYBODY, type Attempt, failureOf } from './attempt.ts';
import { isPartOfCampaign, joinCampaigns } from './campaigns.ts';
import { addAttempt, breaks, type Client, noteShared } from './client.ts';
import { clientOf, noteGuess, noteTold } from './clients.ts';
import type { Guessing } from './guessing.ts';
import { isCloud } from './homes.ts';
import { noteProgram } from './programs.ts';
import { windowRuleFor } from './rule.ts';
import type { State } from './state.ts';
import { flag, tellFailure } from './tell.ts';
import { isMisconfigured } from './verdict.ts';

/** Failures after which a client that looked harmless is looked at again. */
const LOOK_AGAIN = 8;

/** A failure of somebody who has not logged in from there before. */
export function judgeFailure(attempt: Attempt, state: State): void {
  const { activity, rules, report, resource } = attempt;
  const { homes, clients, campaigns } = state;
  const client = clientOf(clients, activity, rules.burst.windowMs, report, resource);
  const isHome = (homes.isHome(activity) && !isInCloud(client, activity)) || homes.isNear(activity);
  const rule = windowRuleFor(failureOf(activity), rules);
  noteShared(client, homes.isShared(activity.address, activity.time));
  const weight = addAttempt(client, attempt, isHome, rule);
  noteGuess(clients, client, activity.principal);
  judgeClient(client, attempt, state);
  const isTold = client.burst.brokenRule !== undefined || client.slow.brokenRule !== undefined;
  if (!isHome && !isTold && weight > 0) {
    joinCampaigns(campaigns, attempt, client, clients, weight);
  }
}

function isInCloud(client: Client, activity: Activity): boolean {
  client.isCloud ??= isCloud(activity);
  return client.isCloud;
}

/** Fast guessing is told of the burst, slow guessing of all that the client did; what is told goes on as it began. */
function judgeClient(client: Client, { activity, rules, report }: Attempt, state: State): void {
  const { burst, slow, evidence } = client;
  if (slow.brokenRule === undefined && burst.brokenRule === undefined) {
    const windowRule = windowRuleFor(failureOf(activity), rules);
    const isFast = breaks(client, windowRule);
    const isSlow = evidence.score >= rules.slow.nats && slow.failures >= rules.slow.failureCount;
    if (!(isFast || isSlow) || isPartOfCampaign(state.campaigns, isFast ? burst : slow, activity.time)) {
      return;
    }
    flag(isFast ? burst : slow, isFast ? windowRule : rules.slow, isFast ? burst.failures : evidence.score);
    noteTold(state.clients, client);
    suspectEntered(burst.brokenRule === undefined ? slow : burst, activity, state);
  }
  const told = burst.brokenRule === undefined ? slow : burst;
  const isFirst = told.isMisconfigured === undefined;
  told.followsAlert = isFirst ? state.homes.isSuspected(activity) : told.followsAlert;
  if (isFirst || (told.isMisconfigured && told.failures % LOOK_AGAIN === 0)) {
    told.isMisconfigured = isMisconfigured(client, told, state.homes, state.clients, 2 * rules.burst.failureCount);
  }
  if (told.isMisconfigured) {
    noteProgram(state.programs, client, told, activity, told.brokenRule!, isFirst, report);
  } else {
    tellFailure(told, activity, report);
  }
}

/** Who got in before the guesses were too many is suspected after the event. */
function suspectEntered({ entered }: Guessing, activity: Activity, { homes }: State): void {
  for (const { id, address } of entered) {
    homes.suspect(activity.engine === 'cosmosdb' ? ANYBODY : id, address, activity.time);
  }
}
