/**
 * A place in an input, in whatever shape its source likes: plain JSON data. It is kept with the state that came of all
 * records before it, and handed back as it was given.
 */
export type Position = Readonly<Record<string, unknown>>;

/** A growing log and how it is read. Plain data: it is sent to worker threads; shared memory may be part of it. */
export interface InputPlan {
  /** Unique among all inputs and the same after a restart: positions are kept under it. */
  id: string;
  /** Id of the source that reads it. */
  source: string;
  /** Parser id. */
  format: string;
  /** The server's `log_line_prefix`, for formats whose lines begin with it. */
  logLinePrefix?: string;
  /** IANA name of the zone that an abbreviation in the log stands for. */
  timezone?: string;
  /** What the source needs to open it. */
  options: unknown;
}

/** What was lost on the way in and can never be read: told to people. */
export interface Gap {
  /** One sentence: what happened, to which file or peer. */
  what: string;
  /** How much is missing, as far as that can be told. */
  bytes?: number;
  records?: number;
  /** Wall time at which it was noticed, epoch milliseconds. */
  noticed: number;
}

/**
 * An input that is being read. It consists of parts (files, segments, blobs), one behind the other; a record lies in one
 * part whole. Nothing throws: what cannot be read at present is waited for, what is lost is a gap.
 */
export interface InputReader {
  /** The part being read, as evidence names it: a path. Empty before the first part. */
  readonly name: string;
  /** Puts up to `length` bytes of the part at `bytes[at]` and says how many; 0: there are no more at present. */
  read(bytes: Uint8Array, at: number, length: number): number | Promise<number>;
  /** Offset in the (unpacked) part of the byte that `read` gives next. */
  readonly offset: number;
  /** Nothing is added to the part any more: once `read` gives 0, its last record is whole. */
  readonly isPartOver: boolean;
  /** Goes on to the part that follows; false when there is none yet. Called before the first, too. */
  advance(): boolean | Promise<boolean>;
  /**
   * The place of a byte of the part being read, which was read already or is read next. A reader that is opened there
   * goes on with that byte, its `offset` being the one given here.
   */
  positionAt(offset: number): Position;
  /** Bytes behind `offset` that are known to wait; undefined where the source cannot tell. */
  readonly waitingBytes: number | undefined;
  /** Bytes read so far, as they lie on disk. Absent where there is no disk. */
  readonly diskBytes?: number;
  /** Time of the first record of the part that follows, epoch milliseconds; undefined where that is not known. */
  readonly followingTime?: number | undefined;
  /** Gaps since they were last asked for. */
  takeGaps(): Gap[];
  close(): void;
}

/** One way in. Sources to which others push write what they accept into a journal, whose inputs the engine reads. */
export interface Source {
  /** Key in the configuration, metric label and page. */
  id: string;
  /**
   * Opens an input in the thread that judges it.
   *
   * @param position where an earlier reader stood; undefined: at the very beginning
   * @param wake to be called, at any time and as often as it likes, when there may be more: within 100 ms of its arrival
   */
  open(plan: InputPlan, position: Position | undefined, wake: () => void): InputReader;
  /** What lies before a position is committed and never asked for again: a source that keeps copies may delete them. */
  release?(plan: InputPlan, position: Position): void;
}
