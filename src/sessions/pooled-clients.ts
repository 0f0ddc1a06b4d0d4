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
export class PooledClients {
  private readonly clients = new PairTable();
  private readonly poolOfClient: Pool[] = [];
  private readonly addressOfClient: Id[] = [];
  private readonly links = new PairTable();
  private readonly poolOfLink: Pool[] = [];
  private readonly pools = new Map<string, Pool>();

  /** A client asked for a pool; `high` and `low` name its connection. */
  arrive(high: number, low: number, name: string, address: Id, time: number): void {
    this.leave(high, low, time, true);
    const pool = this.poolNamed(name);
    if (this.clients.size >= MAX_CLIENTS) {
      pool.isBlind = true;
      return;
    }
    const slot = this.clients.add(high, low);
    this.poolOfClient[slot] = pool;
    this.addressOfClient[slot] = address;
    const presence = pool.presences.get(address) ?? { clients: 0, until: Number.NEGATIVE_INFINITY };
    presence.clients++;
    pool.presences.set(address, presence);
  }

  /**
   * A client's connection ended.
   *
   * @param wasServed it may have been: a client that was refused never was
   */
  leave(high: number, low: number, time: number, wasServed: boolean): void {
    const slot = this.clients.find(high, low);
    if (slot === 0) {
      return;
    }
    const { presences } = this.poolOfClient[slot]!;
    const address = this.addressOfClient[slot]!;
    const presence = presences.get(address)!;
    presence.clients--;
    presence.until = wasServed ? time + LINGER_MS : presence.until;
    if (presence.clients === 0 && presence.until < time) {
      presences.delete(address);
    }
    this.clients.remove(slot);
  }

  /** The pooler connected to a server from this address and port. */
  link(name: string, address: Id, port: number): void {
    const { links } = this;
    const known = links.find(address, port);
    if (known === 0 && links.size >= MAX_LINKS) {
      removeAll(links);
    }
    const slot = known === 0 ? links.add(address, port) : known;
    this.poolOfLink[slot] = this.poolNamed(name);
  }

  /** The pool that a connection from this address and port is of. */
  poolAt(address: Id, port: number): Pool | undefined {
    return this.poolOfLink[this.links.find(address, port)];
  }

  /** The pooler was started anew: all of its connections have ended. */
  restart(): void {
    removeAll(this.clients);
    removeAll(this.links);
    this.pools.clear();
  }

  hold(holder: { address(id: Id): void }): void {
    for (const { presences } of this.pools.values()) {
      for (const address of presences.keys()) {
        holder.address(address);
      }
    }
    this.clients.forEach((slot) => {
      holder.address(this.addressOfClient[slot]!);
    });
    this.links.forEach((slot) => {
      holder.address(this.links.first(slot));
    });
  }

  private poolNamed(name: string): Pool {
    const { pools } = this;
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
}

function removeAll(table: PairTable): void {
  table.forEach((slot) => {
    table.remove(slot);
  });
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
