import { type RecordBytes, Sessions } from '../sessions/sessions.ts';
import type { Provenance } from './current-activity.ts';

/** Where a record comes from that a log is given. */
export type RecordOrigin = Omit<Provenance, 'sessions'>;

/** A log that is read in several places at a time: one set of sessions for all of them. */
export interface Log {
  /** The record in view, of whichever stream was turned to last. */
  readonly provenance: Provenance;
  readonly bytes: RecordBytes;
  /** Undefined as long as nobody asked for them. */
  openedSessions(): Sessions | undefined;
  turnTo(origin: RecordOrigin): void;
  /** Goes on with sessions that were saved, whose bytes are those of this log. */
  recall(sessions: Sessions | undefined): void;
  /** To be called before any of the streams loads bytes: what is needed of those in memory is copied. */
  leave(): void;
}

export function createLog(): Log {
  const place = new Place();
  return {
    provenance: place,
    bytes: place,
    openedSessions: () => place.opened,
    turnTo(origin) {
      if (origin !== place.origin) {
        place.opened?.beforeRefill();
        place.origin = origin;
      }
    },
    recall(saved) {
      place.opened = saved;
    },
    leave: () => place.opened?.beforeRefill(),
  };
}

/**
 * Where reading is. A class: it is asked for each record, and V8 looks up the members of an object that was written down
 * with accessors in a table, each time.
 */
class Place implements Provenance, RecordBytes {
  origin!: RecordOrigin;
  opened: Sessions | undefined;

  get parser() {
    return this.origin.parser;
  }

  get reader() {
    return this.origin.reader;
  }

  get source() {
    return this.origin.source;
  }

  get sessions() {
    this.opened ??= new Sessions(this);
    return this.opened;
  }

  get bytes() {
    return this.origin.reader.window.bytes;
  }

  offsetOf(position: number): number {
    return this.origin.reader.window.offsetOf(position);
  }
}
