import { pass } from '../../baselines/sequential-count.ts';
import { type Activity, AuthenticationFailure, type Id } from '../../model/activity.ts';
import { type Attempt, failureOf } from './attempt.ts';
import {
  type Campaign,
  createCampaign,
  isOpen,
  isPartOf,
  joinCampaign,
  leaveCampaign,
  type Scale,
  seedCampaign,
  worthOf,
} from './campaign.ts';
import { type Client, USUAL_PER_ARRIVAL } from './client.ts';
import type { Clients } from './clients.ts';
import type { Guessing } from './guessing.ts';
import { settleGuessing } from './tell.ts';

/** Principals watched at a time; of more, the quarter of which least speaks is forgotten. */
const MAX_PRINCIPALS = 1024;
/** Principals that one client has tried; of more the oldest is forgotten. */
const MAX_FIRST_CLIENTS = 4096;

const ONE_PRINCIPAL: Scale = { usualPerDay: 0.1, minAddresses: 4, minNames: 1 };
/** Few names are told one by one. */
const WHOLE_RESOURCE: Scale = { usualPerDay: 1, minAddresses: 5, minNames: 5 };
/** Who sends a request that is refused is not known. */
const WHOLE_ACCOUNT: Scale = { ...WHOLE_RESOURCE, minNames: 1 };

/** Guessing from many addresses, each with a few failures: at one principal, or at the whole resource. */
export interface Campaigns {
  /** Of principals that more than one client has tried. */
  byPrincipal: Map<Id, Campaign>;
  /** The one client that has tried a principal so far. */
  firstClients: Map<Id, Client>;
  whole: Campaign | undefined;
}

export function createCampaigns(): Campaigns {
  return { byPrincipal: new Map(), firstClients: new Map(), whole: undefined };
}

/** Adds the failure of a client that has not been reported itself. @param weight what it adds to the evidence */
export function joinCampaigns(
  campaigns: Campaigns,
  attempt: Attempt,
  client: Client,
  clients: Clients,
  weight: number,
): void {
  const { activity, resource } = attempt;
  const { engine, time } = activity;
  const isWholeOpen = campaigns.whole !== undefined && isOpen(campaigns.whole, time);
  if (engine === 'postgresql' && !isWholeOpen && mayExist(activity)) {
    const own = campaignOf(campaigns, attempt, client, clients);
    if (own !== undefined) {
      joinCampaign(own, attempt, weight);
      if (isOpen(own, time)) {
        return; // told of this principal: no matter of the whole resource
      }
    }
  }
  const scale = engine === 'cosmosdb' ? WHOLE_ACCOUNT : WHOLE_RESOURCE;
  campaigns.whole ??= createCampaign('resource', activity, resource, scale);
  joinCampaign(campaigns.whole, attempt, weight);
}

/** The campaign at a principal; none as long as one client only has tried it, as is mostly the case. */
function campaignOf(campaigns: Campaigns, attempt: Attempt, client: Client, clients: Clients): Campaign | undefined {
  const { principal } = attempt.activity;
  const own = campaigns.byPrincipal.get(principal);
  if (own !== undefined) {
    return own;
  }
  const { firstClients } = campaigns;
  const first = firstClients.get(principal);
  if (first === undefined || first.burst.brokenRule !== undefined || clients.byKey.get(first.key) !== first) {
    if (firstClients.size === MAX_FIRST_CLIENTS) {
      const [oldest] = firstClients.keys();
      firstClients.delete(oldest);
    }
    firstClients.set(principal, client);
    return undefined;
  }
  if (first === client) {
    return undefined;
  }
  firstClients.delete(principal);
  const campaign = addPrincipal(campaigns, attempt);
  seedCampaign(campaign, first, principal);
  return campaign;
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

/** Whether what a client tries is a small part of guessing from many addresses that has been told: it is one matter. */
export function isPartOfCampaign({ byPrincipal, whole }: Campaigns, guessing: Guessing, time: number): boolean {
  if (whole !== undefined && isOpen(whole, time) && isPartOf(whole, guessing)) {
    return true;
  }
  return [...guessing.names.keys()].every((principal) => {
    const own = byPrincipal.get(principal);
    return own !== undefined && isOpen(own, time) && isPartOf(own, guessing);
  });
}

/** Somebody gets in from where nobody was known: the more do, the more mistype. */
export function arrive({ byPrincipal, whole }: Campaigns, { principal }: Activity): void {
  arriveAt(byPrincipal.get(principal));
  arriveAt(whole);
}

function arriveAt(campaign: Campaign | undefined): void {
  if (campaign !== undefined && campaign.evidence.score > 0) {
    pass(campaign.evidence, campaign.evidence.time, USUAL_PER_ARRIVAL);
  }
}

/** Takes back failures that were typing errors. */
export function leaveCampaigns(campaigns: Campaigns, login: Activity, failures: number): void {
  campaigns.firstClients.delete(login.principal);
  for (const campaign of [campaigns.byPrincipal.get(login.principal), campaigns.whole]) {
    if (campaign !== undefined && failures > 0) {
      leaveCampaign(campaign, login, failures);
    }
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
