import { type RecordBytes, Sessions } from '../sessions/sessions.ts';
import type { Provenance } from './current-activity.ts';
import type { SourceStream } from './source-stream.ts';

/** A log that is read in several places at a time: one set of sessions for all of them. */
export interface Log {
  /** The record in view, of whichever stream was turned to last. */
  readonly provenance: Provenance;
  readonly bytes: RecordBytes;
  /** Undefined as long as nobody asked for them. */
  readonly sessions: Sessions | undefined;
  turnTo(stream: SourceStream): void;
  /** Goes on with sessions that were saved, whose bytes are those of this log. */
  recall(sessions: Sessions | undefined): void;
  /** To be called before any of the streams loads bytes: what is needed of those in memory is copied. */
  leave(): void;
}

export function createLog(): Log {
  let current!: SourceStream;
  let sessions: Sessions | undefined;
  const bytes: RecordBytes = {
    get bytes() {
      return current.reader.window.bytes;
    },
    offsetOf: (position) => current.reader.window.offsetOf(position),
  };
  const provenance: Provenance = {
    get parser() {
      return current.parser;
    },
    get reader() {
      return current.reader;
    },
    get source() {
      return current.source;
    },
    get sessions() {
      sessions ??= new Sessions(bytes);
      return sessions;
    },
  };
  return {
    provenance,
    bytes,
    get sessions() {
      return sessions;
    },
    turnTo(stream) {
      if (stream !== current) {
        sessions?.beforeRefill();
        current = stream;
      }
    },
    recall(saved) {
      sessions = saved;
    },
    leave: () => sessions?.beforeRefill(),
  };
}
