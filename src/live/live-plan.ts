import type { ResourcePlan } from '../pipeline/plan.ts';
import type { InputPlan } from '../sources/source.ts';

/** One log of a resource: its inputs share their sessions. */
export interface LogPlan {
  /** Unique within the resource, the same after a restart. */
  id: string;
  inputs: readonly InputPlan[];
}

/** All that the judgement of a resource needs to know as long as it lives. Plain data: it is sent to worker threads. */
export interface LivePlan extends Omit<ResourcePlan, 'sources'> {
  logs: readonly LogPlan[];
  /** Alerts that start earlier are historical: shown, never sent. Epoch milliseconds. */
  alertsFrom: number;
  /** Nothing is judged or learned as long as it is off; what comes is passed over. */
  isOn: boolean;
  /** What is judged is kept in the archive. */
  isArchived: boolean;
  /** Records with one of these in them are self-tests; absent: nobody runs any. */
  selfTests?: readonly string[];
}

/** Shared inputs: each record is judged with the resource that it names. Plain data. */
export interface StreamsPlan {
  inputs: readonly InputPlan[];
}

/** In place of a resource's key, for what is kept and told of the shared inputs. */
export const STREAMS_KEY = 'streams';
