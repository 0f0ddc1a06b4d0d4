import { ActivityClass, type Id } from '../model/activity.ts';
import type { RecordTeller, RecordView, Span } from '../parsers/parser.ts';
import { onlyAddress, type Pool, PooledClients } from '../sessions/pooled-clients.ts';
import { portBehind, SessionOrigins } from '../sessions/session-origins.ts';
import { idOf, type Provenance, type Who } from './current-activity.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Stands for the address of a client that a pooler hides. It is none, so that nothing is known about its place. */
const POOLED = '[pooled]';
/** The same as bytes, with room for the words that may be read past its end. */
const POOLED_BYTES = new DataView(new TextEncoder().encode(`${POOLED}\0\0\0\0`).buffer);

/** Gives the sessions of servers the clients behind a pooler whose log is listed beside theirs. */
export class PoolerJoin {
  private readonly vocabulary: Vocabulary;
  private readonly poolers = new Map<Provenance, PooledClients>();
  private readonly servers = new Map<Provenance, SessionOrigins>();

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** A pooler connected to a server, or was started. */
  noteLink(view: RecordView, provenance: Provenance): void {
    const { reader } = provenance;
    const clients = this.clientsOf(provenance);
    reader.findClient();
    const { address, database } = view;
    if (address.start < address.end) {
      const port = portBehind(reader.window.words, address.end, view.record.end);
      clients.link(poolOf(reader), idOf(this.vocabulary.addresses, reader, address), port);
    } else if (database.start === database.end) {
      clients.restart();
    }
  }

  /**
   * Takes note of a pooler's record, and puts the address behind a server's session into `who` where a pooler opened it.
   *
   * @param who whose record it is, as far as it tells
   */
  note(view: RecordView, provenance: Provenance, who: Who): void {
    if (provenance.parser.isPooler === true) {
      this.noteClient(view, provenance, who);
    } else if (this.poolers.size > 0) {
      this.lookBehind(view, provenance, who);
    }
  }

  hold(holder: { address(id: Id): void }): void {
    for (const clients of this.poolers.values()) {
      clients.hold(holder);
    }
    for (const origins of this.servers.values()) {
      origins.hold(holder);
    }
  }

  private clientsOf(pooler: Provenance): PooledClients {
    return existing(this.poolers, pooler, () => new PooledClients());
  }

  private poolAt(address: Id, port: number): Pool | undefined {
    for (const clients of this.poolers.values()) {
      const pool = clients.poolAt(address, port);
      if (pool !== undefined) {
        return pool;
      }
    }
    return undefined;
  }

  private noteClient(view: RecordView, provenance: Provenance, who: Who): void {
    const clients = this.clientsOf(provenance);
    const { sessionHigh: high, sessionLow: low, time } = view;
    if (view.class === ActivityClass.connection) {
      clients.arrive(high, low, poolOf(provenance.reader), who.address, time);
    } else {
      clients.leave(high, low, time, view.class === ActivityClass.disconnection);
    }
  }

  private lookBehind(view: RecordView, provenance: Provenance, who: Who): void {
    const origins = existing(this.servers, provenance, () => new SessionOrigins());
    const { sessionHigh: high, sessionLow: low, record } = view;
    const slot =
      view.class === ActivityClass.connection
        ? origins.begin(high, low, who.address, provenance.reader.window.words, record.start, record.end)
        : origins.find(high, low);
    if (slot === 0) {
      return;
    }
    const pool = this.poolAt(origins.addressOf(slot), origins.portOf(slot));
    if (pool !== undefined) {
      const { addresses } = this.vocabulary;
      who.address = onlyAddress(pool, view.time) ?? addresses.intern(POOLED_BYTES, 0, POOLED.length);
    }
    if (view.class === ActivityClass.disconnection || view.class === ActivityClass.authenticationFailure) {
      origins.end(slot);
    }
  }
}

/** The name of a pool: what a pooler keeps connections for. */
function poolOf(reader: RecordTeller): string {
  const { database, principal } = reader.view;
  return `${textOf(reader, database)}\0${textOf(reader, principal)}`;
}

function textOf(reader: RecordTeller, span: Span): string {
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
