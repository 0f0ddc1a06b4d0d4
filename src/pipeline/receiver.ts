import { Sessions } from '../sessions/sessions.ts';
import type { Provenance } from './current-activity.ts';
import type { Lane } from './lane.ts';
import type { Counts } from './plan.ts';
import { LATE_MS, type SourceStream } from './source-stream.ts';

/** What a lane knows of a log that is read in several places at a time: one set of sessions for all of them. */
export interface Receiver {
  /** Judges the record in view of a stream. */
  accept(stream: SourceStream): void;
  /** To be called before any of the streams loads bytes: what is needed of those in memory is copied. */
  leave(): void;
}

/** @param counts of the lane: what came late is told there */
export function createReceiver(lane: Lane, counts: Counts, isShared: boolean): Receiver {
  let current!: SourceStream;
  let sessions: Sessions | undefined;
  let newest = Number.NEGATIVE_INFINITY;
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
      sessions ??= new Sessions({
        get bytes() {
          return current.reader.window.bytes;
        },
        offsetOf: (position) => current.reader.window.offsetOf(position),
      });
      return sessions;
    },
  };

  function judgeLateness(time: number): boolean {
    const isLate = time < newest - LATE_MS;
    counts.late += isLate ? 1 : 0;
    newest = Math.max(newest, time);
    return isLate;
  }

  return {
    accept(stream) {
      if (stream !== current) {
        sessions?.beforeRefill();
        current = stream;
      }
      const { view } = stream.reader;
      lane.accept(view, provenance, isShared ? judgeLateness(view.time) : stream.isLate);
    },
    leave: () => sessions?.beforeRefill(),
  };
}
