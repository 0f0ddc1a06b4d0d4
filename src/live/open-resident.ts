import { type ActivityRecorder, createActivityRecorder } from '../archive/activity-recorder.ts';
import { SnapshotError } from '../lib/snapshot/snapshot-scope.ts';
import { type LiveJudgement, type LiveWorld, openLiveJudgement } from './live-judgement.ts';
import type { LivePlan } from './live-plan.ts';
import type { Resident } from './resident.ts';
import { shardOf } from './shard-of.ts';

/** How a resident is opened. */
export interface Opening {
  plan: LivePlan;
  /** Where it was saved. */
  saved: Uint8Array | undefined;
  /** Nobody has written yet what it is opened with. */
  isUnsaved: boolean;
  /** Of the judgement before. */
  recorder?: ActivityRecorder;
}

/** @param note one line for the log */
export function openResident(
  { plan, saved, isUnsaved, recorder = createActivityRecorder(plan.resource) }: Opening,
  world: LiveWorld,
  wake: (resident: Resident) => void,
  note: (text: string) => void,
): Resident {
  const { resource } = plan;
  const shard = shardOf(resource.key);
  const times = { callTime: 0, first: Number.NaN };
  const resident = { resource, shard, ...times, isToldOf: false, isUnsaved, recorder } as Resident;
  const open = (from: Uint8Array | undefined) => openLiveJudgement(plan, from, world, () => wake(resident), recorder);
  resident.judgement = orRelearn(open, saved, note);
  return resident;
}

/** What cannot be read any longer is learned again, from as much history as there is. */
function orRelearn(
  open: (saved: Uint8Array | undefined) => LiveJudgement,
  saved: Uint8Array | undefined,
  note: (text: string) => void,
): LiveJudgement {
  try {
    return open(saved);
  } catch (error) {
    if (!(error instanceof SnapshotError)) {
      throw error;
    }
    note(`learns again from its history: ${error.message}`);
    return open(undefined);
  }
}
