import type { Resource } from '../model/resource.ts';
import { emptyCounts } from '../pipeline/counts.ts';
import { readFeed, writeFeed } from '../pipeline/judgement-state.ts';
import type { Counts } from '../pipeline/plan.ts';
import { createRecordOwners } from '../pipeline/record-owners.ts';
import type { StreamState } from '../pipeline/source-stream.ts';
import type { Gap } from '../sources/source.ts';
import { inOrder, type Turn } from './in-order.ts';
import type { LiveJudgement, LiveWorld } from './live-judgement.ts';
import { openLiveStream } from './live-log.ts';
import type { StreamsPlan } from './live-plan.ts';
import type { SavedResource } from './save-judgement.ts';

/** Who gets records of shared streams; without a judgement they are passed over: nobody accepted the resource yet. */
export interface Recipient {
  resource: Resource;
  judgement: LiveJudgement | undefined;
}

/** The shared inputs of a server, for as long as it runs. */
export interface LiveStreams {
  readonly plan: StreamsPlan;
  /** Something came since it was last saved. */
  readonly isChanged: boolean;
  readonly counts: Counts;
  /** Event time of the newest record; −∞ before the first. */
  readonly newest: number;
  readonly waitingBytes: number;
  /** As that of a judgement. A record of a resource that nobody knows yet stops it, until `forgetOwners`. */
  work(until: number, records?: number): Promise<number>;
  /** To be called when there are other recipients than before. */
  forgetOwners(): void;
  takeGaps(): Gap[];
  save(): SavedResource;
  close(): void;
}

export interface StreamsOptions {
  plan: StreamsPlan;
  /** As `save` gave it; throws `SnapshotError` when it cannot be read. */
  saved: Uint8Array | undefined;
  world: LiveWorld;
  /** Called when there may be something to do. */
  wake: () => void;
  /** Who gets the records of a resource; a text says why nobody does; undefined: that is being found out. */
  recipientOf: (resource: Resource) => Recipient | string | undefined;
  /** Told before a resource gets the first record of a turn: it can still be saved without it. */
  beforeRecord(recipient: Recipient): void;
}

interface StreamsState {
  newest: number;
  counts: Counts;
  streams: { id: string; state: StreamState }[];
}

export function openLiveStreams(options: StreamsOptions): LiveStreams {
  const { plan, world, wake } = options;
  const saved = options.saved && (readFeed(options.saved) as StreamsState);
  const counts = saved?.counts ?? emptyCounts();
  const around = { ...world.plugins, counts, clocks: world.clocks, wake };
  const streams = plan.inputs.map((input) => {
    const state = saved?.streams.find(({ id }) => id === input.id)?.state;
    return openLiveStream(input, state, around, true);
  });
  const owners = createRecordOwners(options.recipientOf, ({ resource }) => resource);
  /** Who has lines in memory. */
  const touched = new Set<LiveJudgement>();
  let newest = saved?.newest ?? Number.NEGATIVE_INFINITY;
  let isChanged = false;
  const turns = inOrder(streams, world.clocks, () => {
    for (const judgement of touched) {
      judgement.leaveShared();
    }
    touched.clear();
  });

  function take({ stream: live }: Turn): boolean {
    const owner = owners.ownerOf(live.stream);
    if (owner === undefined) {
      return false;
    }
    isChanged = true;
    newest = Math.max(newest, live.stream.reader.view.time);
    if (typeof owner === 'string') {
      live.stream.refuse(owner);
    } else if (owner.judgement === undefined) {
      counts.skipped++;
    } else {
      options.beforeRecord(owner);
      owner.judgement.acceptShared(live);
      touched.add(owner.judgement);
    }
    return true;
  }

  return {
    plan,
    counts,
    get isChanged() {
      return isChanged;
    },
    get newest() {
      return newest;
    },
    get waitingBytes() {
      return streams.reduce((sum, { input }) => sum + (input.waitingBytes ?? 0), 0);
    },
    work: (until, records) => turns.take(take, until, records),
    forgetOwners: () => owners.forget(),
    takeGaps: () => streams.flatMap(({ input }) => input.takeGaps()),
    save() {
      isChanged = false;
      const states = streams.map(({ plan: { id }, stream, isReady }) => ({ id, state: stream.save(isReady) }));
      const unread = streams.filter(({ isReady }) => isReady).length;
      const bytes = streams.reduce((sum, { stream }) => sum + stream.unreadBytes(), 0);
      const read = { ...counts, records: counts.records - unread, bytes: counts.bytes - bytes };
      return {
        state: writeFeed({ newest, counts: read, streams: states } satisfies StreamsState),
        positions: Object.fromEntries(states.map(({ id, state }) => [id, state.position])),
      };
    },
    close() {
      for (const { input } of streams) {
        input.close();
      }
    },
  };
}
