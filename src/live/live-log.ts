import type { Clocks } from '../lib/clocks.ts';
import { faultPoint } from '../lib/fault-point.ts';
import type { Parser } from '../parsers/parser.ts';
import { createLog, type Log } from '../pipeline/log.ts';
import type { Counts } from '../pipeline/plan.ts';
import type { ReceiverState } from '../pipeline/receiver.ts';
import { openSourceStream, type SourceStream, type StreamState } from '../pipeline/source-stream.ts';
import type { InputPlan, InputReader, Source } from '../sources/source.ts';
import type { LogPlan } from './live-plan.ts';

/** What is kept of a log. */
export interface LogState {
  id: string;
  receiver: ReceiverState;
  streams: { id: string; state: StreamState }[];
}

/** One input that is read. */
export interface LiveStream {
  plan: InputPlan;
  stream: SourceStream;
  input: InputReader;
  /** A record is in view that was not judged yet. */
  isReady: boolean;
  /** The record in view was judged. */
  isJudged: boolean;
  /** There may be bytes to load. */
  isAwake: boolean;
  /** When it was found to have no more, and when bytes came last; by the steady clock. */
  dryTime: number;
  grownTime: number;
  /** Its last record was asked for after a silence. */
  isFlushed: boolean;
}

export interface LiveLog {
  plan: LogPlan;
  log: Log;
  streams: LiveStream[];
}

export interface LogSurroundings {
  parsers: readonly Parser[];
  sources: readonly Source[];
  counts: Counts;
  clocks: Clocks;
  wake: () => void;
}

/** @param log made before what was saved could be read: its sessions refer to it */
export function openLiveLog(plan: LogPlan, log: Log, saved: LogState | undefined, around: LogSurroundings): LiveLog {
  const streams = plan.inputs.map((input) => {
    const state = saved?.streams.find(({ id }) => id === input.id)?.state;
    return openLiveStream(input, state, around);
  });
  return { plan, log, streams };
}

export function openLiveStream(
  plan: InputPlan,
  saved: StreamState | undefined,
  around: LogSurroundings,
  isShared = false,
): LiveStream {
  const { parsers, sources, counts, clocks, wake } = around;
  const source = sources.find(({ id }) => id === plan.source)!;
  const input = source.open(plan, saved?.position, () => {
    live.isAwake = true;
    wake();
  });
  const parser = parsers.find(({ id }) => id === plan.format)!;
  const { logLinePrefix, timezone } = plan;
  const reading = { logLinePrefix, timezone };
  const options = { input, parser, reading, counts, clock: clocks.wall, isShared };
  const stream = openSourceStream({ ...options, ...(saved !== undefined && { saved }) });
  const live: LiveStream = {
    plan,
    stream,
    input,
    isReady: false,
    isJudged: false,
    isAwake: true,
    dryTime: 0,
    grownTime: clocks.steady(),
    isFlushed: true,
  };
  return live;
}

export function newLogs(ids: readonly string[]): Map<string, Log> {
  return new Map(ids.map((id) => [id, createLog()]));
}

/** Goes to the next record of a stream, if there is one. @param beforeLoad called before bytes leave memory */
export async function fill(live: LiveStream, { steady }: Clocks, beforeLoad: () => void): Promise<void> {
  const { stream } = live;
  stream.isEnded = false;
  live.isReady = live.isJudged && stream.next();
  live.isJudged = false;
  while (!live.isReady && !stream.isEnded) {
    beforeLoad();
    const before = live.input.offset;
    live.isAwake = false; // what comes from here on may not be seen by `load`, and wakes anew
    await stream.load(); // never `next` twice without it
    faultPoint('read');
    if (live.input.offset !== before) {
      live.grownTime = steady();
      live.isFlushed = false;
    }
    live.isReady = stream.next();
  }
  if (!live.isReady) {
    live.dryTime = steady();
  }
}

/** Asks a stream that has long been silent for a last record that might have gone on. @param beforeLoad as that of `fill` */
export async function flush(live: LiveStream, { steady }: Clocks, beforeLoad: () => void): Promise<void> {
  const { stream, input } = live;
  const { offset } = input;
  live.isFlushed = true;
  stream.flush();
  live.isReady = stream.next();
  while (!live.isReady && stream.isUnready()) {
    beforeLoad();
    await stream.load();
    live.isReady = stream.next();
  }
  if (input.offset !== offset) {
    live.grownTime = steady();
    live.isFlushed = false;
  }
}
