import { formatCidr, parseIp, prefixOf } from '../../lib/ip.ts';
import type { Activity, Id } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import type { Report } from '../detector.ts';
import { type Client, createClient, scoreOf, startBurst } from './client.ts';
import { settleGuessing } from './tell.ts';

/** Clients watched at a time; of more, the quarter of which least speaks is forgotten. */
const MAX_CLIENTS = 4096;
/** Addresses by which a client is found at once: one, unless it walks through its network. */
const MAX_KNOWN_ADDRESSES = 8;
/** What one customer of a provider gets, and may walk through (RFC 6177: at least that). */
const IPV6_CLIENT_BITS = 64;
/** From so many failures on a login is not taken for a habit: what may be an attack teaches nothing. */
export const DOUBTFUL_FAILURES = 5;
/** How much a reported client is worth remembering, in nats: more than any that is not. */
const REPORTED_WORTH = 1000;
/** Since when a failure is recent. */
const RECENT_MS = 24 * 3_600_000;

export interface Clients {
  byKey: Map<string, Client>;
  byAddress: Map<Id, Client>;
  /** Those that have been reported lately; may hold others. */
  told: Set<Client>;
  /** Keys of whole networks that have been reported. */
  toldNetworks: Set<string>;
  /** Principals that those have tried often enough for a login to be doubtful; may hold others. Absent: not worked out. */
  guessed?: Set<Id> | undefined;
}

export function createClients(): Clients {
  return { byKey: new Map(), byAddress: new Map(), told: new Set(), toldNetworks: new Set() };
}

/** The client behind an address that has failed before, or lies in a network that has been reported. */
export function findClient({ byKey, byAddress, toldNetworks }: Clients, activity: Activity): Client | undefined {
  const client = byAddress.get(activity.address);
  return client === undefined && toldNetworks.size > 0 ? byKey.get(keyOf(activity)) : client;
}

/** Notes that a client has been reported. */
export function noteTold({ told, toldNetworks, guessed }: Clients, client: Client): void {
  told.add(client);
  if (guessed !== undefined) {
    for (const principal of guessedBy(client)) {
      guessed.add(principal);
    }
  }
  if (client.isNetwork) {
    toldNetworks.add(client.key);
  }
}

/** Notes that a client has failed once more. */
export function noteGuess({ told, guessed }: Clients, client: Client, principal: Id): void {
  if (guessed !== undefined && told.has(client) && isGuessedBy(client, principal)) {
    guessed.add(principal);
  }
}

/** Whether a client that has been reported may have tried a principal often: most principals none has. */
export function mayBeGuessed(clients: Clients, principal: Id): boolean {
  if (clients.told.size === 0) {
    return false;
  }
  clients.guessed ??= new Set([...clients.told].flatMap(guessedBy));
  return clients.guessed.has(principal);
}

function guessedBy(client: Client): Id[] {
  return [...client.burst.names.keys()].filter((principal) => isGuessedBy(client, principal));
}

export function isGuessedBy({ burst }: Client, principal: Id): boolean {
  return (burst.names.get(principal)?.failures ?? 0) >= DOUBTFUL_FAILURES;
}

function forgetTold({ told, toldNetworks }: Clients, client: Client): void {
  told.delete(client);
  toldNetworks.delete(client.key);
}

/** The client of a failure, its burst begun afresh when it had none for the window. */
export function clientOf(
  clients: Clients,
  activity: Activity,
  windowMs: number,
  report: Report,
  resource: Resource,
): Client {
  const client = clients.byAddress.get(activity.address) ?? lookUp(clients, activity, report, resource);
  if (activity.time - client.burst.lastFailureTime > windowMs) {
    settleClient(client, report);
    startBurst(client, activity, resource);
    if (client.slow.brokenRule === undefined) {
      forgetTold(clients, client);
    }
  }
  return client;
}

function settleClient(client: Client, report: Report): void {
  settleGuessing(client.burst, report);
  if (client.slow !== client.burst) {
    settleGuessing(client.slow, report);
  }
}

function lookUp(clients: Clients, activity: Activity, report: Report, resource: Resource): Client {
  const key = keyOf(activity);
  const client = clients.byKey.get(key) ?? addClient(clients, key, activity, report, resource);
  if (client.knownAddresses < MAX_KNOWN_ADDRESSES) {
    client.knownAddresses++;
    clients.byAddress.set(activity.address, client);
  }
  return client;
}

function addClient(clients: Clients, key: string, activity: Activity, report: Report, resource: Resource): Client {
  if (clients.byKey.size === MAX_CLIENTS) {
    forgetLeast(clients, activity.time, report);
  }
  const client = createClient(activity, resource, key);
  clients.byKey.set(key, client);
  return client;
}

/** A quarter at a time, so that a flood of made-up addresses costs a sort for many, not a search for each. */
function forgetLeast(clients: Clients, time: number, report: Report): void {
  const all = [...clients.byKey.values()];
  const worths = new Float64Array(all.length);
  for (let i = 0; i < all.length; i++) {
    worths[i] = worthOf(all[i], time);
  }
  const limit = worths.toSorted()[MAX_CLIENTS / 4];
  let left = MAX_CLIENTS / 4;
  for (let i = 0; i < all.length && left > 0; i++) {
    if (worths[i] <= limit) {
      settleClient(all[i], report);
      clients.byKey.delete(all[i].key);
      forgetTold(clients, all[i]);
      left--;
    }
  }
  for (const [address, { key }] of clients.byAddress) {
    if (!clients.byKey.has(key)) {
      clients.byAddress.delete(address);
    }
  }
}

/** Those that have failed most, and lately, are remembered: a flood of others does not wash them away. */
function worthOf(client: Client, time: number): number {
  const { burst, slow } = client;
  const score = scoreOf(client, time);
  if (time - burst.lastFailureTime > RECENT_MS) {
    return score;
  }
  const isReported = burst.brokenRule !== undefined || slow.brokenRule !== undefined;
  return score + Math.log2(burst.failures) + (isReported ? REPORTED_WORTH : 0);
}

function keyOf({ address, directory }: Activity): string {
  const text = directory.addressText(address);
  const ip = parseIp(text);
  return ip === undefined || ip.lanes.length === 1
    ? (ip?.text ?? text)
    : formatCidr(prefixOf(ip.lanes, IPV6_CLIENT_BITS));
}
