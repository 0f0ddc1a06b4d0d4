import { writeJudgement } from '../pipeline/judgement-state.ts';
import type { Receiver, ReceiverState } from '../pipeline/receiver.ts';
import type { Judgement, Plugins } from '../pipeline/replay-resource.ts';
import type { Position } from '../sources/source.ts';
import type { EventClockState } from './event-clock.ts';
import type { LiveLog, LogState } from './live-log.ts';
import { withoutUnread } from './without-unread.ts';

/** What is kept of a resource. */
export interface SavedResource {
  state: Uint8Array;
  /** By input, for people and for sources that keep copies. */
  positions: Record<string, Position>;
  /** Of a resource: sequence of the last decision that holds in it. */
  decided?: number;
}

/** What feeds a judgement, as far as it must be remembered with it. */
export interface Feed {
  logs: LogState[];
  clock: EventClockState;
  /** Absent as long as no shared stream named the resource. */
  shared?: ReceiverState | undefined;
}

export function saveJudgement(
  { lane, book, counts }: Judgement,
  logs: readonly (LiveLog & { receiver: Receiver | undefined })[],
  more: Omit<Feed, 'logs'>,
  { detectors }: Plugins,
  externals: Record<string, object>,
): SavedResource {
  const saved = logs.map(
    ({ plan, receiver, streams }): LogState => ({
      id: plan.id,
      receiver: receiver!.save(),
      streams: streams.map(({ plan: { id }, stream, isReady }) => ({ id, state: stream.save(isReady) })),
    }),
  );
  const feed: Feed = { logs: saved, ...more };
  const saving = lane.save();
  const state = { lane: saving, book: book.save(), counts: withoutUnread(counts, logs), feed };
  return {
    state: writeJudgement(state, detectors, externals),
    decided: saving.state.decided ?? 0,
    positions: Object.fromEntries(
      saved.flatMap(({ streams }) => streams.map((stream) => [stream.id, stream.state.position])),
    ),
  };
}
