import type { Sessions } from '../sessions/sessions.ts';
import type { Lane } from './lane.ts';
import { createLog, type Log, type RecordOrigin } from './log.ts';
import type { Counts } from './plan.ts';
import { LATE_MS, type SourceStream } from './source-stream.ts';

/** Hands the records of a log to the lane of a resource. */
export interface Receiver {
  /** Judges the record in view of a stream, or of what holds its records. */
  accept(stream: RecordOrigin & Pick<SourceStream, 'isLate'>): void;
  /** To be called before any of the streams loads bytes: what is needed of those in memory is copied. */
  leave(): void;
  /** Live data, to be written before the next record. */
  save(): ReceiverState;
}

export interface ReceiverState {
  sessions: Sessions | undefined;
  /** Event time of the newest record. */
  newest: number;
}

/**
 * @param counts of the lane: what came late is told there
 * @param saved of an earlier receiver of the log; its sessions have the bytes of `log`
 */
export function createReceiver(
  lane: Lane,
  counts: Counts,
  isShared: boolean,
  log: Log = createLog(),
  saved: ReceiverState = { sessions: undefined, newest: Number.NEGATIVE_INFINITY },
): Receiver {
  let { newest } = saved;
  log.recall(saved.sessions);
  if (saved.sessions !== undefined) {
    lane.know(log.provenance);
  }

  function judgeLateness(time: number): boolean {
    const isLate = time < newest - LATE_MS;
    counts.late += isLate ? 1 : 0;
    newest = Math.max(newest, time);
    return isLate;
  }

  return {
    accept(stream) {
      log.turnTo(stream);
      const { view } = stream.reader;
      lane.accept(view, log.provenance, isShared ? judgeLateness(view.time) : stream.isLate);
    },
    leave: () => log.leave(),
    save() {
      log.leave();
      return { sessions: log.openedSessions(), newest };
    },
  };
}
