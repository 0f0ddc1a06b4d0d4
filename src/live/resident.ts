import type { ActivityRecorder } from '../archive/activity-recorder.ts';
import type { Resource } from '../model/resource.ts';
import type { LiveJudgement } from './live-judgement.ts';
import type { ResourceStatus } from './thread-messages.ts';

/** A resource of this thread. */
export interface Resident {
  resource: Resource;
  judgement: LiveJudgement;
  /** Writes down what is judged until it is saved; outlives a judgement whose logs change. */
  recorder: ActivityRecorder;
  shard: number;
  /** Wall time at which it wants to be called; infinite: when it is woken. */
  callTime: number;
  /** Event time of its first record. */
  first: number;
  isToldOf: boolean;
  /** It was opened with what nobody has written yet. */
  isUnsaved: boolean;
}

/** How it fares, for who asks. */
export function statusOf(resident: Resident): ResourceStatus {
  const { judgement } = resident;
  const { newest, waitingBytes, counts, plan, clients } = judgement;
  resident.isToldOf = true;
  resident.first = Number.isNaN(resident.first) && Number.isFinite(newest) ? newest : resident.first;
  const { key, name } = plan.resource;
  return {
    ...{ key, name, first: resident.first, newest, waitingBytes, counts },
    gaps: judgement.takeGaps(),
    ...(clients !== undefined && { clients }),
  };
}
