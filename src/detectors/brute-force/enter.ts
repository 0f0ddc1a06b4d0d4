import type { Activity } from '../../model/activity.ts';
import type { Report } from '../detector.ts';
import { subjectOf } from './attempt.ts';
import { arrive, campaignEntered, leaveCampaigns } from './campaigns.ts';
import { type Client, forgive, SLOW_QUIET_MS } from './client.ts';
import { DOUBTFUL_FAILURES, findClient, isGuessedBy, mayBeGuessed } from './clients.ts';
import { addLogin, type Guessing } from './guessing.ts';
import { isCloud } from './homes.ts';
import type { Rules } from './rule.ts';
import type { State } from './state.ts';
import { tellLogin } from './tell.ts';

/** A principal gets in from where it has not logged in before. */
export function enter(login: Activity, state: State, rules: Rules, report: Report): void {
  const { homes } = state;
  arrive(state.campaigns, login);
  const client = findClient(state.clients, login);
  const isRaised = enterByGuessing(client, login, state, rules, report);
  if (isRaised === true) {
    homes.suspect(subjectOf(login), login.address, login.time);
    return;
  }
  if (isRaised === undefined && client !== undefined && isDoubtful(client, login, state, rules)) {
    return;
  }
  if (isRaised === false || !homes.isSuspected(login)) {
    homes.learn(login);
  }
}

/** Reports a login that follows guesses; undefined where there were none, false where it is expected. */
function enterByGuessing(
  client: Client | undefined,
  login: Activity,
  state: State,
  rules: Rules,
  report: Report,
): boolean | undefined {
  const told = client === undefined ? undefined : toldOf(client, login, rules);
  if (told !== undefined) {
    addLogin(told, login);
    return tellLogin(told, login, report);
  }
  const elsewhere =
    guessedElsewhere(state, login, rules) ?? campaignEntered(state.campaigns, login, client, rules.burst.windowMs);
  if (elsewhere === undefined || (state.homes.isHome(login) && !isCloud(login)) || state.homes.isNear(login)) {
    return undefined; // at home it is not the one who guesses elsewhere
  }
  addLogin(elsewhere, login);
  return tellLogin(elsewhere, login, report);
}

/** What has been told of a client and is not over. After slow guesses only who was guessed at is a success. */
function toldOf({ burst, slow }: Client, { time, principal, engine }: Activity, rules: Rules): Guessing | undefined {
  const told = burst.brokenRule === undefined ? slow : burst;
  if (told.brokenRule === undefined || told.isMisconfigured) {
    return undefined;
  }
  if (told.brokenRule.kind === 'window') {
    return time - told.lastFailureTime <= rules.burst.windowMs ? told : undefined;
  }
  const isGuessed = engine === 'cosmosdb' || told.hasMoreNames || told.names.has(principal);
  return isGuessed && time - told.lastFailureTime <= SLOW_QUIET_MS ? told : undefined;
}

/** The guesses of another client at this very principal, just before: a password found is tried elsewhere. */
function guessedElsewhere({ clients }: State, { principal, time, engine }: Activity, rules: Rules) {
  if (engine !== 'postgresql' || !mayBeGuessed(clients, principal)) {
    return undefined;
  }
  for (const client of clients.told) {
    const { burst } = client;
    if (time - burst.lastFailureTime > rules.burst.windowMs) {
      clients.told.delete(client);
      clients.guessed = undefined;
    } else if (burst.brokenRule !== undefined && !burst.isMisconfigured && isGuessedBy(client, principal)) {
      return burst;
    }
  }
  return undefined;
}

/** Whether so many failures went before that the login teaches nothing. A few are forgiven: they were typing errors. */
function isDoubtful(client: Client, login: Activity, state: State, rules: Rules): boolean {
  const { burst } = client;
  if (login.time - burst.lastFailureTime > rules.burst.windowMs) {
    return false;
  }
  if (burst.brokenRule === undefined) {
    addLogin(burst, login);
  }
  const isMended = client.awayFailures === 0 || burst.isMisconfigured || client.slow.isMisconfigured;
  if (burst.failures >= DOUBTFUL_FAILURES && !isMended) {
    return true;
  }
  leaveCampaigns(state.campaigns, login, forgive(client, login));
  return false;
}
