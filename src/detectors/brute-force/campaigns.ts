import { pass } from '../../baselines/sequential-count.ts';
import { type Activity, AuthenticationFailure, type Id } from '../../model/activity.ts';
import type { Report } from '../detector.ts';
import { type Attempt, failureOf } from './attempt.ts';
import { type Campaign, createCampaign, isOpen, joinCampaign, leaveCampaign, type Scale, worthOf } from './campaign.ts';
import { type Client, USUAL_PER_ARRIVAL } from './client.ts';
import type { Guessing } from './guessing.ts';
import { settleGuessing } from './tell.ts';

/** Principals watched at a time; of more, the quarter of which least speaks is forgotten. */
const MAX_PRINCIPALS = 1024;

const ONE_PRINCIPAL: Scale = { usualPerDay: 0.1, minAddresses: 4, minNames: 1 };
/** Few names are told one by one. */
const WHOLE_RESOURCE: Scale = { usualPerDay: 1, minAddresses: 5, minNames: 5 };
/** Who sends a request that is refused is not known. */
const WHOLE_ACCOUNT: Scale = { ...WHOLE_RESOURCE, minNames: 1 };

/** Guessing from many addresses, each with a few failures: at one principal, or at the whole resource. */
export interface Campaigns {
  byPrincipal: Map<Id, Campaign>;
  whole: Campaign | undefined;
}

export function createCampaigns(): Campaigns {
  return { byPrincipal: new Map(), whole: undefined };
}

/** Adds the failure of a client that has not been reported itself. @param weight what it adds to the evidence */
export function joinCampaigns(campaigns: Campaigns, attempt: Attempt, weight: number): void {
  const { activity, resource } = attempt;
  const { principal, engine, time } = activity;
  const isWholeOpen = campaigns.whole !== undefined && isOpen(campaigns.whole, time);
  if (engine === 'postgresql' && !isWholeOpen && mayExist(activity)) {
    const own = campaigns.byPrincipal.get(principal) ?? addPrincipal(campaigns, attempt);
    joinCampaign(own, attempt, weight);
    if (isOpen(own, time)) {
      return; // told of this principal: no matter of the whole resource
    }
  }
  const scale = engine === 'cosmosdb' ? WHOLE_ACCOUNT : WHOLE_RESOURCE;
  campaigns.whole ??= createCampaign('resource', activity, resource, scale);
  joinCampaign(campaigns.whole, attempt, weight);
}

/**
 * The guesses that a login follows: as the principal that was guessed at, from an address that took part or from
 * anywhere and soon; or as any principal that its own client tried for the whole resource.
 */
export function campaignEntered(
  { byPrincipal, whole }: Campaigns,
  { principal, address, time, engine }: Activity,
  client: Client | undefined,
  windowMs: number,
): Guessing | undefined {
  const own = byPrincipal.get(principal);
  if (own !== undefined && isOpen(own, time)) {
    const { guessing } = own;
    const isSoon = time - guessing.lastFailureTime <= windowMs;
    return isSoon || guessing.addresses.has(address) ? guessing : undefined;
  }
  if (whole === undefined || client === undefined || !isOpen(whole, time) || !whole.guessing.addresses.has(address)) {
    return undefined;
  }
  const isTried = engine === 'cosmosdb' || client.burst.names.has(principal) || client.slow.names.has(principal);
  return isTried ? whole.guessing : undefined;
}

/** Somebody gets in from where nobody was known: the more do, the more mistype. */
export function arrive({ byPrincipal, whole }: Campaigns, { principal }: Activity): void {
  for (const campaign of [byPrincipal.get(principal), whole]) {
    if (campaign !== undefined) {
      pass(campaign.evidence, campaign.evidence.time, USUAL_PER_ARRIVAL);
    }
  }
}

/** Takes back failures that were typing errors. */
export function leaveCampaigns(campaigns: Campaigns, login: Activity, weight: number, failures: number): void {
  for (const campaign of [campaigns.byPrincipal.get(login.principal), campaigns.whole]) {
    if (campaign !== undefined) {
      leaveCampaign(campaign, login, weight, failures);
    }
  }
}

export function settleCampaigns(campaigns: Campaigns, report: Report): void {
  for (const { guessing } of allOf(campaigns)) {
    settleGuessing(guessing, report);
  }
}

export function allOf({ byPrincipal, whole }: Campaigns): Campaign[] {
  return whole === undefined ? [...byPrincipal.values()] : [...byPrincipal.values(), whole];
}

/** Clients are not told whether a role exists; the log may be. */
function mayExist(activity: Activity): boolean {
  return activity.principal !== 0 && failureOf(activity) !== AuthenticationFailure.unknownPrincipal;
}

function addPrincipal({ byPrincipal }: Campaigns, { activity, report, resource }: Attempt): Campaign {
  if (byPrincipal.size === MAX_PRINCIPALS) {
    const least = [...byPrincipal]
      .map(([id, campaign]) => ({ id, campaign, worth: worthOf(campaign, activity.time) }))
      .sort((a, b) => a.worth - b.worth || a.campaign.evidence.time - b.campaign.evidence.time);
    for (const { id, campaign } of least.slice(0, MAX_PRINCIPALS / 4)) {
      settleGuessing(campaign.guessing, report);
      byPrincipal.delete(id);
    }
  }
  const campaign = createCampaign('principal', activity, resource, ONE_PRINCIPAL);
  byPrincipal.set(activity.principal, campaign);
  return campaign;
}
