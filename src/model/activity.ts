import type { AddressFacts, CloudRegion, Place } from './address-facts.ts';
import type { Engine } from './resource.ts';

/**
 * What kind of thing happened; one bit each, so that detectors can watch several.
 * OCSF classes: Network Activity 4001, Authentication 3002, Datastore Activity 6005.
 */
export const ActivityClass = {
  /** A client opened a connection; nothing proven yet (4001 Open). */
  connection: 1,
  /** A principal proved who it is (3002 Logon, success). */
  authentication: 2,
  /** A principal did not get in (3002 Logon, failure). */
  authenticationFailure: 4,
  /** A statement ran (6005 Query, success). */
  statement: 8,
  /** A statement was refused or broke (6005 Query, failure). */
  statementError: 16,
  /** A session ended (3002 Logoff). */
  disconnection: 32,
  /** An authenticated request to a document store (6005, success or the caller's own error). */
  dataAccess: 64,
  /** A request to a document store that was refused as unauthorized (6005, failure). */
  dataAccessDenied: 128,
  /** The server accepted a credential; the session is not authorized yet (3002 Authentication Ticket). */
  credentialAccepted: 256,
  /** A record that contradicts what its session told: somebody wrote it through a name of theirs. */
  logForgery: 512,
  /** Account keys were listed or regenerated (6003 API Activity). */
  keyOperation: 1024,
  /** Protection of a resource was changed: firewall, diagnostic settings (6003 API Activity). */
  configurationChange: 2048,
  /** A pooler opened a connection of its own to the server, for its clients (4001 Open). */
  poolerLink: 4096,
  /** What a client sent before it was anybody was none of the protocol; the server hung up (4001 Fail). */
  protocolError: 8192,
  /** A principal proved who it is and asked for a database that is not there; the server hung up (4001 Refuse). */
  unknownDatabase: 16_384,
} as const;

export type ActivityClassName = keyof typeof ActivityClass;

/** Why an authentication failed. */
export const AuthenticationFailure = {
  none: 0,
  /** The credential was wrong. */
  wrongCredential: 1,
  /** No such principal, as the server's own log tells (clients cannot know). */
  unknownPrincipal: 2,
  /** Refused before any credential was looked at (PostgreSQL: no pg_hba.conf entry). */
  notAllowed: 3,
} as const;

/** How a session is protected, as its records tell; one bit each. PostgreSQL tells the method and the encryption apart. */
export const Protection = {
  unencrypted: 1,
  /** TLS, or GSSAPI with encryption. */
  encrypted: 2,
  /** No credential was asked for. */
  trust: 4,
  /** The password itself was sent. */
  password: 8,
  /** The server's rule allows MD5 hashes; a password that is stored as SCRAM is proven by that all the same. */
  md5: 16,
} as const;

/** A raw record as it stood in its source, secrets destroyed and literals masked. */
export interface RawLine {
  /** File or stream that it came from. */
  source: string;
  /** Byte offset of the record in the (uncompressed) source. */
  byteOffset: number;
  text: string;
  /** The same with its literals, sealed; absent where that would tell no more, or nothing is sealed. Never shown as it is. */
  sealed?: string;
}

/** A copy of a raw record, kept until it is known whether it must be shown. */
export interface KeptRecord {
  /** Of the activity that it was kept for, epoch milliseconds. */
  readonly time: number;
  /** Where it stands, as in `RawLine`. */
  readonly source: string;
  readonly byteOffset: number;
  show(): RawLine;
}

/** Small positive number that stands for a text of one resource; 0 is "none". */
export type Id = number;

/** What the ids of an activity stand for. Ask only when something is to be reported. */
export interface Directory {
  principal(id: Id): string;
  database(id: Id): string;
  application(id: Id): string;
  /** Of `operation` and `container`. */
  word(id: Id): string;
  address(id: Id): AddressFacts;
  /** The address as logged: much cheaper than what is known of it. */
  addressText(id: Id): string;
  /** The region of a cloud that the address lies in: nothing is looked up where no list of them is at hand. */
  cloudRegionOf(id: Id): CloudRegion | undefined;
  place(id: Id): Place;
}

/** Reads the bytes of a statement from `start` to `end`. */
export type ReadStatement<T> = (bytes: Uint8Array, start: number, end: number) => T;
/** Reads the bytes that tell a statement, from `start` to `end`. In one form, equal bytes tell equal statements. */
export type ReadRecorded<T> = (words: DataView, start: number, end: number, form: object) => T;

/**
 * One normalized thing that happened. A reused view: whoever keeps it beyond the call holds another activity.
 * Copy what is needed.
 */
export interface Activity {
  readonly engine: Engine;
  /** One of `ActivityClass`. */
  readonly class: number;
  /** Event time, milliseconds since the epoch, UTC. */
  readonly time: number;
  /** The record came later than the engine's clock allows for; judged all the same. */
  readonly isLate: boolean;
  /**
   * Of an access: the principal came from the address with the application on this day before, and nothing was found of
   * it: whatever is noted once a day has been. Of a statement: the principal sent it with the application in this hour before,
   * byte for byte, and it told nothing to anybody. Absent or false where that is not known.
   */
  readonly isRepeated?: boolean;
  /** PostgreSQL: the role. Cosmos DB: Entra object id, else resource token user, else kind of key. */
  readonly principal: Id;
  readonly database: Id;
  /** Client address; 0 for a Unix socket. */
  readonly address: Id;
  readonly application: Id;
  /** The place of the address; 0 where nothing is known about it. */
  readonly place: Id;
  /** One of `AuthenticationFailure`. */
  readonly failure: number;
  /** Bytes sent to the client; 0 where the source does not tell. */
  readonly responseBytes: number;
  /** PostgreSQL: the SQLSTATE as `sqlState` packs it. Cosmos DB: the HTTP status. 0 where the source does not tell. */
  readonly status: number;
  /** Cosmos DB and Azure's control plane: the name of the operation; 0 elsewhere. */
  readonly operation: Id;
  /** Cosmos DB: the container; 0 elsewhere. */
  readonly container: Id;
  /** What the record tells of how the session is protected: of `Protection`, or'ed; 0 where it does not tell. */
  readonly protection: number;
  /** Names the session among those of its log; 0, 0 where the log has no sessions. */
  readonly sessionHigh: number;
  readonly sessionLow: number;
  /** File or stream that the record stands in, and its byte offset in the (uncompressed) source. */
  readonly source: string;
  readonly byteOffset: number;
  readonly directory: Directory;
  /** PostgreSQL: rows that the statement returned or changed; -1 where the source does not tell. Absent: it never does. */
  rowCount?(): number;
  /** The statement that ran or broke, with its literals: for judging, never for keeping. Empty where there is none. */
  statementText(): string;
  /** Calls with the same as bytes, which are valid within the call only; four more may be read. For judging at speed. */
  readStatement<T>(read: ReadStatement<T>): T;
  /**
   * Calls with what the statement is told by, as it stands in the log, where equal bytes tell equal statements; undefined
   * where that is not known. Valid within the call; three bytes more may be read.
   */
  readRecorded<T>(read: ReadRecorded<T>): T | undefined;
  /** Tells this record from the ones before and behind it: what was worked out for it is known by that. */
  readonly serial: number;
  /** The record itself and what opened its session, oldest first. */
  keep(): KeptRecord[];
}

/** Is shown every activity of a resource once, after it was judged. */
export interface ActivityObserver {
  /** The activity is valid within the call only. Must not throw. */
  observe(activity: Activity): void;
  /** From here on, ids may stand for other texts. */
  forgetIds(): void;
}
