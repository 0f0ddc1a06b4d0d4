import { ActivityClass, type Id } from '../model/activity.ts';
import type { RecordReader, RecordView, Span } from '../parsers/parser.ts';
import { createPooledClients, onlyAddress, type Pool, type PooledClients } from '../sessions/pooled-clients.ts';
import { createSessionOrigins, portBehind, type SessionOrigins } from '../sessions/session-origins.ts';
import { idOf, type Provenance, type Who } from './current-activity.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Stands for the address of a client that a pooler hides. It is none, so that nothing is known about its place. */
const POOLED = '[pooled]';
/** The same as bytes, with room for the words that may be read past its end. */
const POOLED_BYTES = new DataView(new TextEncoder().encode(`${POOLED}\0\0\0\0`).buffer);

/** Gives the sessions of servers the clients behind a pooler whose log is listed beside theirs. */
export interface PoolerJoin {
  /** A pooler connected to a server, or was started. */
  noteLink(view: RecordView, provenance: Provenance): void;
  /**
   * Takes note of a pooler's record, and puts the address behind a server's session into `who` where a pooler opened it.
   *
   * @param who whose record it is, as far as it tells
   */
  note(view: RecordView, provenance: Provenance, who: Who): void;
  hold(holder: { address(id: Id): void }): void;
}

export function createPoolerJoin(vocabulary: Vocabulary): PoolerJoin {
  const poolers = new Map<Provenance, PooledClients>();
  const servers = new Map<Provenance, SessionOrigins>();

  function clientsOf(pooler: Provenance): PooledClients {
    return existing(poolers, pooler, createPooledClients);
  }

  function poolAt(address: Id, port: number): Pool | undefined {
    for (const clients of poolers.values()) {
      const pool = clients.poolAt(address, port);
      if (pool !== undefined) {
        return pool;
      }
    }
    return undefined;
  }

  function noteClient(view: RecordView, provenance: Provenance, who: Who): void {
    const clients = clientsOf(provenance);
    const { sessionHigh: high, sessionLow: low, time } = view;
    if (view.class === ActivityClass.connection) {
      clients.arrive(high, low, poolOf(provenance.reader), who.address, time);
    } else {
      clients.leave(high, low, time, view.class === ActivityClass.disconnection);
    }
  }

  function lookBehind(view: RecordView, provenance: Provenance, who: Who): void {
    const origins = existing(servers, provenance, createSessionOrigins);
    const { sessionHigh: high, sessionLow: low, record } = view;
    const slot =
      view.class === ActivityClass.connection
        ? origins.begin(high, low, who.address, provenance.reader.window.words, record.start, record.end)
        : origins.find(high, low);
    if (slot === 0) {
      return;
    }
    const pool = poolAt(origins.addressOf(slot), origins.portOf(slot));
    if (pool !== undefined) {
      who.address = onlyAddress(pool, view.time) ?? vocabulary.addresses.intern(POOLED_BYTES, 0, POOLED.length);
    }
    if (view.class === ActivityClass.disconnection || view.class === ActivityClass.authenticationFailure) {
      origins.end(slot);
    }
  }

  return {
    noteLink(view, provenance) {
      const { reader } = provenance;
      const clients = clientsOf(provenance);
      reader.findClient();
      const { address, database } = view;
      if (address.start < address.end) {
        const port = portBehind(reader.window.words, address.end, view.record.end);
        clients.link(poolOf(reader), idOf(vocabulary.addresses, reader, address), port);
      } else if (database.start === database.end) {
        clients.restart();
      }
    },

    note(view, provenance, who) {
      if (provenance.parser.isPooler === true) {
        noteClient(view, provenance, who);
      } else if (poolers.size > 0) {
        lookBehind(view, provenance, who);
      }
    },

    hold(holder) {
      for (const clients of poolers.values()) {
        clients.hold(holder);
      }
      for (const origins of servers.values()) {
        origins.hold(holder);
      }
    },
  };
}

/** The name of a pool: what a pooler keeps connections for. */
function poolOf(reader: RecordReader): string {
  const { database, principal } = reader.view;
  return `${textOf(reader, database)}\0${textOf(reader, principal)}`;
}

function textOf(reader: RecordReader, span: Span): string {
  const { start, end } = reader.plain(span);
  return decoder.decode(reader.window.bytes.slice(start, end));
}

const decoder = new TextDecoder();

function existing<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const known = map.get(key);
  if (known !== undefined) {
    return known;
  }
  const made = create();
  map.set(key, made);
  return made;
}
