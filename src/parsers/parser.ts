import type { Engine } from '../model/resource.ts';
import type { ScanWindow } from '../scan/scan-window.ts';

/** What became of one record. */
export const Step = {
  /** More bytes are needed before anything can be said. */
  needMore: 0,
  /** Understood and relevant: `view` holds it. */
  activity: 1,
  /** Understood, and none of our business (a checkpoint, a vacuum). */
  skipped: 2,
  /** Not understood: `view.reason` tells why. */
  rejected: 3,
} as const;
export type Step = (typeof Step)[keyof typeof Step];

/** Start and end of a text as it stands in the window's bytes; equal when there is none. */
export interface Span {
  start: number;
  end: number;
  /** Stands for the text among those of many records, where somebody has looked for it there; absent or 0: nobody has. */
  number?: number;
}

/**
 * What one record says, as positions in the window. Reused for every record, and valid until the next call of `next`.
 * For each activity, every member is set but those that `findClient`, `findApplication` and `findRequest` put there.
 */
export interface RecordView {
  engine: Engine;
  /** One of `ActivityClass`. */
  class: number;
  /** Milliseconds since the epoch, UTC. Set for skipped records, too, where they have a time. */
  time: number;
  /** The whole record. */
  record: Span;
  principal: Span;
  database: Span;
  address: Span;
  application: Span;
  /** PostgreSQL: empty. Cosmos DB: what was asked for (`Query`, `ReadFeed`, `Delete`); Azure's control plane: the operation. */
  operation: Span;
  /** Cosmos DB: the container. */
  container: Span;
  /** The text of the statement that ran or broke; long ones may be cut by the server. */
  statement: Span;
  /** Id of the Azure resource that the record itself names; empty where it names none. Set for every activity. */
  resource: Span;
  /** Names the session among those open at a time; 0, 0 where the log has no sessions. */
  sessionHigh: number;
  sessionLow: number;
  /** One of `AuthenticationFailure`. */
  failure: number;
  /** PostgreSQL: the SQLSTATE as `sqlState` packs it. Cosmos DB: the HTTP status. 0 where the record does not tell. */
  status: number;
  /** The record does not tell it: it is the SQLSTATE under which servers say such messages. */
  isStatusGuessed: boolean;
  /** Bytes sent to the client; 0 where the record does not tell. */
  responseBytes: number;
  /** Why a record was rejected, from a small fixed set of sentences. */
  reason: string;
}

/** Tells of the activity in view what is not worked out for each. */
export interface RecordTeller {
  readonly window: ScanWindow;
  readonly view: RecordView;
  /** Puts who the activity in view is about into `principal`, `database` and `address` of the view. */
  findClient(): void;
  /** Puts the application of the activity in view into `view.application`; asked for seldom. */
  findApplication(): void;
  /** Puts `operation`, `container` and `statement` of the activity in view into the view; asked for by few. */
  findRequest(): void;
  /**
   * Where the bytes stand that tell the statement of the activity in view, if the same bytes tell the same statement
   * wherever they are given. Undefined where that is not so, or not known without looking at them.
   */
  recordedStatement?(): Span | undefined;
  /** What the activity in view tells of how its session is protected (see `Activity.protection`); asked for by few. */
  protection(): number;
  /**
   * The text that a span of the view stands for, without escapes. Valid until the next call.
   *
   * @param maxBytes what is longer may be cut; by default, as names are
   */
  plain(span: Span, maxBytes?: number): Span;
  /** Rows that the statement in view returned or changed; -1 where the record does not tell. Absent: none ever does. */
  rowCount?(): number;
}

/** Reads the records of one source, one after another. Never throws on bad input: the input is hostile by profession. */
export interface RecordReader extends RecordTeller {
  /**
   * Reads the next record into `view`. After `needMore` the caller refills the window and asks again.
   *
   * @param isEnd the source has no more bytes: `needMore` then means that nothing is left
   */
  next(isEnd: boolean): Step;
  /**
   * Whether the view tells all of the activity in view by itself, in texts that stand in the window without escapes: then
   * it may be looked at for as long as the bytes stay. Absent: it never does.
   */
  isSelfContained?(): boolean;
  /** Goes back to a record that was read: `position` is its start in the window. */
  rewind(position: number): void;
  /**
   * Starts on another file of the same source.
   *
   * @param offset of the first byte that will be read: not 0 where an earlier reader stopped
   */
  restart(offset?: number): void;
  /** What people should know of the log, told once each; asked for now and then. */
  takeNotes?(): string[];
  /** What it remembers of the records before `window.position`: data, to be written before the next record. */
  save(): unknown;
  /** Remembers what another reader of the source saved, to go on where that one stopped. Called behind `restart`. */
  recall(saved: unknown): void;
}

export interface ReaderOptions {
  /** IANA zone that an abbreviation in the log stands for. */
  timezone?: string | undefined;
  /** The server's `log_line_prefix`, for formats whose lines begin with it. */
  logLinePrefix?: string | undefined;
}

/** One log format. */
export interface Parser {
  /** Name of the format in the configuration. */
  id: string;
  /** What such a log can come from. */
  engines: readonly Engine[];
  /** Its records name the resource that they are of, so that several may share an input. */
  namesResources?: boolean;
  /** The `log_line_prefix` that is assumed where none is given. Absent: lines have none, or always the same. */
  defaultPrefix?: string;
  /**
   * Whether its last record goes on shows only when the next one begins; when none comes for a while, it is whole where
   * its text ends with a line, or with an object of JSON. Absent: a record tells its end itself.
   */
  openEnd?: 'line' | 'object';
  /** Its records are those of a pooler, which tell the clients that the server behind it does not see. */
  isPooler?: boolean;
  open(options: ReaderOptions): RecordReader;
  /** The record as it may be shown: secrets destroyed, literals masked. */
  redact(record: Uint8Array): string;
}
