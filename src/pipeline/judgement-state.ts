import type { BookState } from '../alerts/book-state.ts';
import { PackedFinding } from '../alerts/packed-finding.ts';
import type { Detector } from '../detectors/detector.ts';
import { Names } from '../lib/names.ts';
import { PairTable } from '../lib/pair-table.ts';
import { decodeSnapshot, encodeSnapshot } from '../lib/snapshot/snapshot.ts';
import { SnapshotError, type SnapshotScope } from '../lib/snapshot/snapshot-scope.ts';
import { PooledClients } from '../sessions/pooled-clients.ts';
import { RecentRequests } from '../sessions/recent-requests.ts';
import { SessionOrigins } from '../sessions/session-origins.ts';
import { Sessions } from '../sessions/sessions.ts';
import { HeldStatement } from './held-statement.ts';
import { KeptCopy } from './kept-copy.ts';
import type { LaneState, SavedLane } from './lane-state.ts';
import { packState, unpackState } from './packed-state.ts';
import type { Counts } from './plan.ts';
import { PoolerJoin } from './pooler-join.ts';
import { QueryJoins } from './query-joins.ts';
import { Vocabulary } from './vocabulary.ts';

/** Of what is written. Earlier ones are read: version 1 differs in how numbers are laid out. */
const VERSION = 2;

const LANE_CLASSES = {
  HeldStatement,
  KeptCopy,
  Names,
  PackedFinding,
  PairTable,
  PooledClients,
  PoolerJoin,
  QueryJoins,
  RecentRequests,
  SessionOrigins,
  Sessions,
  Vocabulary,
};

/** All that the judgement of one resource has come to. */
export interface JudgementState {
  lane: SavedLane;
  book: BookState;
  counts: Counts;
  /** What whoever feeds the judgement must remember with it. */
  feed: unknown;
}

/** As it is written: each detector apart, so that one that has changed does not take the others with it. */
interface Written {
  version: number;
  /** Of `Core`. */
  core: Uint8Array;
  detectors: Record<string, { version: number; state: Uint8Array }>;
}

interface Core {
  lane: LaneState;
  book: BookState;
  counts: Counts;
  feed: unknown;
}

/** What was read, and which detectors must learn anew: sentences. */
export interface RestoredJudgement {
  state: JudgementState;
  lost: string[];
}

/** @param externals what the state refers to and does not own: the resource, the enrichment, parsers, logs */
export function writeJudgement(
  { lane, book, counts, feed }: JudgementState,
  detectors: readonly Detector[],
  externals: NonNullable<SnapshotScope['externals']>,
): Uint8Array {
  const core: Core = { lane: lane.state, book, counts, feed };
  const shared = { ...externals, vocabulary: lane.state.vocabulary };
  const states = detectors
    .filter(({ id }) => lane.detectors[id] !== undefined)
    .map((detector): [string, Written['detectors'][string]] => {
      const state = encodeSnapshot(lane.detectors[detector.id], scopeOf(detector, { externals: shared }));
      return [detector.id, { version: detector.stateVersion, state }];
    });
  const written: Written = {
    version: VERSION,
    core: encodeSnapshot(core, { classes: LANE_CLASSES, externals }),
    detectors: Object.fromEntries(states),
  };
  return packState(encodeSnapshot(written, { classes: {} }));
}

/** Data of a feed that belongs to no judgement, as bytes. */
export function writeFeed(feed: unknown): Uint8Array {
  return packState(encodeSnapshot({ version: VERSION, feed }, { classes: {} }));
}

/** Throws `SnapshotError` as `readJudgement` does. */
export function readFeed(bytes: Uint8Array): unknown {
  const { version, feed } = decodeSnapshot(unpackState(bytes), { classes: {} }) as { version: number; feed: unknown };
  requireVersion(version);
  return feed;
}

/** What a state refers to and does not own. */
export type Outside = Pick<SnapshotScope, 'externals' | 'standIn'>;

/** Throws `SnapshotError` when the bytes are damaged, or of a version that cannot be read. */
export function readJudgement(bytes: Uint8Array, detectors: readonly Detector[], outside: Outside): RestoredJudgement {
  const written = decodeSnapshot(unpackState(bytes), { classes: {} }) as Written;
  requireVersion(written.version);
  const core = decodeSnapshot(written.core, { classes: LANE_CLASSES, ...outside }) as Core;
  const shared = { ...outside, externals: { ...outside.externals, vocabulary: core.lane.vocabulary } };
  const states: Record<string, unknown> = {};
  const lost: string[] = [];
  for (const detector of detectors) {
    const known = written.detectors[detector.id];
    if (known === undefined) {
      continue;
    }
    try {
      states[detector.id] = readDetector(known, detector, shared);
    } catch (error) {
      if (!(error instanceof SnapshotError)) {
        throw error;
      }
      lost.push(`${detector.id} begins to learn anew: ${error.message}`);
    }
  }
  const { lane, book, counts, feed } = core;
  return { state: { lane: { state: lane, detectors: states }, book, counts, feed }, lost };
}

function requireVersion(version: number): void {
  if (version > VERSION) {
    throw new SnapshotError(`the state is of version ${version}; this program reads up to ${VERSION}`);
  }
}

function readDetector({ version, state }: Written['detectors'][string], detector: Detector, outside: Outside): unknown {
  if (version !== detector.stateVersion) {
    throw new SnapshotError(`its state is of version ${version}; this program reads ${detector.stateVersion}`);
  }
  return decodeSnapshot(state, scopeOf(detector, outside));
}

function scopeOf(detector: Detector, outside: Outside): SnapshotScope {
  return { classes: { KeptCopy, Names, PairTable, ...detector.stateClasses }, ...outside };
}
