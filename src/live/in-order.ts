import type { Clocks } from '../lib/clocks.ts';
import { fill, flush, type LiveStream } from './live-log.ts';

/** With several sources, a record waits so long for earlier ones of the others. */
const HOLD_BACK_MS = 2000;
/** A last record that might go on is whole when nothing has come for so long. */
const FLUSH_MS = 500;
/** Records between two looks at the clock. */
const LOOK_EVERY = 256;

/** A record whose turn it is: the one in view of its stream. */
export interface Turn {
  stream: LiveStream;
}

/** The records of the streams of one resource in the order of event time, as far as they have come. */
export interface InOrder {
  readonly streams: readonly LiveStream[];
  /**
   * Hands out what is there, up to a time of `performance.now()` or so many records. Gives the steady time at which to call
   * again; 0: as soon as may be; infinite: when a stream was woken.
   *
   * @param each false: it cannot take the record yet, which stays in view; whoever knows more calls again
   */
  take(each: (turn: Turn) => boolean, until: number, records?: number): Promise<number>;
  /** Steady time at which bytes came last. */
  lastArrival(): number;
}

export function inOrder(streams: readonly LiveStream[], clocks: Clocks, beforeLoad: () => void): InOrder {
  const turn: { stream: LiveStream } = { stream: streams[0]! };

  /** The record judged last stays in view until here: what is saved between is saved behind it. */
  async function fillAll(): Promise<void> {
    for (const stream of streams) {
      if (!stream.isReady && (stream.isAwake || stream.isJudged)) {
        await fill(stream, clocks, beforeLoad);
      }
    }
  }

  /** The earliest record in view; of equal times, that of the stream named first. */
  function earliest(): LiveStream | undefined {
    let first: LiveStream | undefined;
    for (const stream of streams) {
      if (stream.isReady && (first === undefined || timeOf(stream) < timeOf(first))) {
        first = stream;
      }
    }
    return first;
  }

  /** Until when a record must wait for streams that have nothing at present. */
  function heldUntil(first: LiveStream): number {
    const logged = clocks.steady() - (clocks.wall() - timeOf(first));
    const due = Math.min(logged, first.grownTime) + HOLD_BACK_MS;
    const isWaiting = streams.some((other) => !other.isReady && other.dryTime < due);
    return isWaiting ? due : 0;
  }

  /** Asks streams that have long been silent for what might have gone on. True when there was something. */
  async function flushSilent(): Promise<boolean> {
    const now = clocks.steady();
    let isMore = false;
    for (const live of streams) {
      if (!live.isReady && !live.isFlushed && now - live.grownTime >= FLUSH_MS) {
        await flush(live, clocks, beforeLoad);
        isMore ||= live.isReady;
      }
    }
    return isMore;
  }

  async function take(
    each: (turn: Turn) => boolean,
    until: number,
    records = Number.POSITIVE_INFINITY,
  ): Promise<number> {
    for (let taken = 0; ; ) {
      await fillAll();
      const first = earliest();
      if (first === undefined) {
        if (await flushSilent()) {
          continue;
        }
        return flushTime();
      }
      const held = streams.length > 1 ? heldUntil(first) : 0;
      if (held > clocks.steady()) {
        return Math.min(held, flushTime());
      }
      if (held > 0) {
        await lookAgain();
        continue;
      }
      turn.stream = first;
      if (!each(turn)) {
        return Number.POSITIVE_INFINITY;
      }
      first.isReady = false;
      first.isJudged = true;
      if (++taken >= records || (taken % LOOK_EVERY === 0 && performance.now() > until)) {
        return 0;
      }
    }
  }

  /** The wait is over: whoever has nothing now has nothing earlier. */
  async function lookAgain(): Promise<void> {
    for (const stream of streams) {
      if (!stream.isReady) {
        await fill(stream, clocks, beforeLoad);
      }
    }
  }

  function flushTime(): number {
    return streams.reduce(
      (first, { isFlushed, isReady, grownTime }) =>
        isFlushed || isReady ? first : Math.min(first, grownTime + FLUSH_MS),
      Number.POSITIVE_INFINITY,
    );
  }

  return {
    streams,
    take,
    lastArrival: () => streams.reduce((latest, { grownTime }) => Math.max(latest, grownTime), 0),
  };
}

function timeOf({ stream }: LiveStream): number {
  return stream.reader.view.time;
}
