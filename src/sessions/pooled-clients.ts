import { PairTable } from '../lib/pair-table.ts';
import type { Id } from '../model/activity.ts';

/** Clients of one pooler remembered at a time; PgBouncer takes a hundred unless told otherwise, some people ten thousand. */
const MAX_CLIENTS = 65_536;
/** Connections to servers remembered at a time: of one address no more can be open. */
const MAX_LINKS = 65_536;
const MAX_POOLS = 4096;
/** What a client made the server do may be logged when the client has left; clocks of two machines differ, too. */
const LINGER_MS = 2000;

/** Who shares the connections that a pooler keeps for one user and database. */
export interface Pool {
  /** By address: how many clients are there, and until when one that left may still be meant. */
  presences: Map<Id, { clients: number; until: number }>;
  /** Not all of its clients are known. */
  isBlind: boolean;
}

/**
 * The clients of one pooler and its connections to servers, from its own log. Which client a connection serves at a time
 * is not logged; but when all clients that share it are at one address, that address is behind it.
 */
export interface PooledClients {
  /** A client asked for a pool; `high` and `low` name its connection. */
  arrive(high: number, low: number, pool: string, address: Id, time: number): void;
  /**
   * A client's connection ended.
   *
   * @param wasServed it may have been: a client that was refused never was
   */
  leave(high: number, low: number, time: number, wasServed: boolean): void;
  /** The pooler connected to a server from this address and port. */
  link(pool: string, address: Id, port: number): void;
  /** The pool that a connection from this address and port is of. */
  poolAt(address: Id, port: number): Pool | undefined;
  /** The pooler was started anew: all of its connections have ended. */
  restart(): void;
  hold(holder: { address(id: Id): void }): void;
}

export function createPooledClients(): PooledClients {
  const clients = new PairTable();
  const poolOfClient: Pool[] = [];
  const addressOfClient: Id[] = [];
  const links = new PairTable();
  const poolOfLink: Pool[] = [];
  const pools = new Map<string, Pool>();

  function poolNamed(name: string): Pool {
    let pool = pools.get(name);
    if (pool === undefined) {
      if (pools.size >= MAX_POOLS) {
        pools.delete(pools.keys().next().value!); // its clients keep it; a new one of its name does not know them
      }
      pool = { presences: new Map(), isBlind: pools.size >= MAX_POOLS - 1 };
      pools.set(name, pool);
    }
    return pool;
  }

  function leave(high: number, low: number, time: number, wasServed: boolean): void {
    const slot = clients.find(high, low);
    if (slot === 0) {
      return;
    }
    const { presences } = poolOfClient[slot]!;
    const address = addressOfClient[slot]!;
    const presence = presences.get(address)!;
    presence.clients--;
    presence.until = wasServed ? time + LINGER_MS : presence.until;
    if (presence.clients === 0 && presence.until < time) {
      presences.delete(address);
    }
    clients.remove(slot);
  }

  return {
    arrive(high, low, name, address, time) {
      leave(high, low, time, true);
      const pool = poolNamed(name);
      if (clients.size >= MAX_CLIENTS) {
        pool.isBlind = true;
        return;
      }
      const slot = clients.add(high, low);
      poolOfClient[slot] = pool;
      addressOfClient[slot] = address;
      const presence = pool.presences.get(address) ?? { clients: 0, until: Number.NEGATIVE_INFINITY };
      presence.clients++;
      pool.presences.set(address, presence);
    },

    leave,

    link(name, address, port) {
      const known = links.find(address, port);
      if (known === 0 && links.size >= MAX_LINKS) {
        links.forEach((slot) => {
          links.remove(slot);
        });
      }
      const slot = known === 0 ? links.add(address, port) : known;
      poolOfLink[slot] = poolNamed(name);
    },

    poolAt(address, port) {
      return poolOfLink[links.find(address, port)];
    },

    restart() {
      clients.forEach((slot) => {
        clients.remove(slot);
      });
      links.forEach((slot) => {
        links.remove(slot);
      });
      pools.clear();
    },

    hold(holder) {
      for (const { presences } of pools.values()) {
        for (const address of presences.keys()) {
          holder.address(address);
        }
      }
      clients.forEach((slot) => {
        holder.address(addressOfClient[slot]!);
      });
      links.forEach((slot) => {
        holder.address(links.first(slot));
      });
    },
  };
}

/** The one address that all clients of a pool are at; undefined when there are several, or none is known. */
export function onlyAddress(pool: Pool, time: number): Id | undefined {
  let only: Id | undefined;
  for (const [address, presence] of pool.presences) {
    if (presence.clients === 0 && presence.until < time) {
      pool.presences.delete(address);
    } else if (only !== undefined) {
      return undefined;
    } else {
      only = address;
    }
  }
  return pool.isBlind ? undefined : only;
}
