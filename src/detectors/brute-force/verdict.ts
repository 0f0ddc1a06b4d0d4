import type { Client } from './client.ts';
import type { Clients } from './clients.ts';
import type { Guessing } from './guessing.ts';
import type { Homes } from './homes.ts';
import { isSteady, isUntold } from './pace.ts';

/** Connections that a program opens at once, of which nothing is known. */
const SMALL_POOL = 5;
/** A pool may have grown to so many times its largest. */
const POOL_GROWTH = 2;
/** Principals that one program logs in as. */
const PROGRAM_NAMES = 3;
/** Others that fail alike within this time are part of the same deployment. */
const HOUR_MS = 3_600_000;
/** More than typing errors. */
const PEER_FAILURES = 3;

/**
 * Whether failures look like a program with a wrong secret, or like somebody who mistypes: nobody needs to be woken.
 *
 * - At home, where its names log in from: in tries no larger than their pools, in a steady rhythm or not yet many; or
 *   while other clients of the place fail alike, as after a deploy. (Keys of Cosmos DB are too long to be guessed.)
 * - In a place that others log in from: one name that has never got in, in a steady rhythm.
 * - Refused before a credential is looked at: one name, in a steady rhythm, as health checks have it; of Cosmos DB, which
 *   nobody checks so, from a network that others get in from: a deployment that the firewall or a role does not know yet.
 */
export function isMisconfigured(
  client: Client,
  guessing: Guessing,
  homes: Homes,
  clients: Clients,
  fewFailures: number,
): boolean {
  const { pace } = client;
  const time = guessing.lastFailureTime;
  const names = [...guessing.names.keys()];
  if (guessing.hasMoreNames || names.length > PROGRAM_NAMES) {
    return false;
  }
  if (client.awayFailures === 0) {
    const pool = Math.max(SMALL_POOL, POOL_GROWTH * Math.max(...names.map((name) => homes.largestPool(name, time))));
    const isPaced = isSteady(pace) || isUntold(pace) || guessing.failures < fewFailures;
    const isProgram = guessing.resource.engine === 'cosmosdb' || (pace.largest <= pool && isPaced);
    return isProgram || hasPeers(client, clients, time);
  }
  if (names.length > 1 || !isSteady(pace) || pace.largest > SMALL_POOL) {
    return false;
  }
  if (isRefused(guessing)) {
    return guessing.resource.engine === 'postgresql' || homes.isFamiliar(client.place, time);
  }
  return isInside(client, guessing, homes) && !homes.exists(names[0], time);
}

/**
 * Whether others log in from the place or, where it is private, from several beside it, or it is trusted by name; of a
 * cloud's network, which is everybody's, from the very address.
 */
function isInside(client: Client, { addresses, directory, lastFailureTime }: Guessing, homes: Homes): boolean {
  const known = [...addresses.keys()];
  const { namedNetwork, cloudRegion } = directory.address(known[0]);
  if (namedNetwork === undefined && cloudRegion !== undefined) {
    return known.every((address) => homes.isShared(address, lastFailureTime));
  }
  const isKnown = homes.isFamiliar(client.place, lastFailureTime);
  return namedNetwork?.trusted === true || isKnown || homes.isInhabited({ ...client, address: known[0]!, directory });
}

/** Whether others of the same place fail as the same principal. */
function hasPeers(client: Client, { byKey }: Clients, time: number): boolean {
  for (const other of byKey.values()) {
    const isNear = other !== client && other.place === client.place && other.awayFailures === 0;
    if (isNear && other.burst.failures >= PEER_FAILURES && time - other.burst.lastFailureTime <= HOUR_MS) {
      for (const name of client.burst.names.keys()) {
        if (other.burst.names.has(name)) {
          return true;
        }
      }
    }
  }
  return false;
}

/** Whether every failure was refused before a credential was looked at. */
export function isRefused({ notAllowed, failures }: Guessing): boolean {
  return notAllowed === failures;
}
