import type { Enrichment } from '../enrichers/enrichment.ts';
import type { Resource } from '../model/resource.ts';
import type { ResourcePlan } from './plan.ts';
import { createReceiver, type Receiver } from './receiver.ts';
import { createRecordOwners } from './record-owners.ts';
import { createJudgement, type Judgement, type Plugins } from './replay-resource.ts';
import type { SourceStream } from './source-stream.ts';

/** Resources that only streams name: each takes memory, and who writes the input may invent them. */
export const MAX_FOUND = 10_000;
/** What is said of records of others. */
export const BEYOND_FOUND = `a record of a resource beyond the first ${MAX_FOUND} that streams name`;

/** A resource that a stream named. */
export interface Member {
  judgement: Judgement;
  /** Gets its records of all streams. */
  receiver: Receiver;
  /** It is configured with logs of its own, which have not been opened. */
  hasUnreadLogs: boolean;
  /** Its records that wait, by the numbers under which they are held. */
  waiting: number[];
  /** Got records since bytes last left memory. */
  isTouched: boolean;
}

/** Finds out whose the records of shared streams are. */
export interface ResourceRouter {
  /** Whose the record in view is; undefined for nobody's, which is counted as rejected. */
  memberOf(stream: SourceStream): Member | undefined;
  /** All resources that were named, in the order in which they were first named. */
  members(): readonly Member[];
}

/** @param common what holds for resources that are not configured, too */
export function createResourceRouter(
  configured: readonly ResourcePlan[],
  common: Pick<ResourcePlan, 'settings' | 'expected'>,
  plugins: Plugins,
  enrichment: Enrichment,
): ResourceRouter {
  const plans = new Map(configured.map((plan) => [plan.resource.key, plan]));
  const members = new Map<string, Member>();
  const owners = createRecordOwners(lookUp, ({ judgement }) => judgement.plan.resource);
  let found = 0;

  function lookUp(resource: Resource): Member | string {
    const member = members.get(resource.key);
    if (member !== undefined) {
      return member;
    }
    const plan = plans.get(resource.key);
    if (plan === undefined && ++found > MAX_FOUND) {
      return BEYOND_FOUND;
    }
    return open(plan ?? { ...common, resource, sources: [] });
  }

  function open(plan: ResourcePlan): Member {
    const judgement = createJudgement(plan, plugins, enrichment);
    const receiver = createReceiver(judgement.lane, judgement.counts, true);
    const hasUnreadLogs = plan.sources.length > 0;
    const member = { judgement, receiver, hasUnreadLogs, waiting: [], isTouched: false };
    members.set(plan.resource.key, member);
    return member;
  }

  return {
    memberOf(stream) {
      const entry = owners.ownerOf(stream)!; // all is known at once here
      if (typeof entry === 'string') {
        stream.refuse(entry);
        return undefined;
      }
      return entry;
    },

    members: () => [...members.values()],
  };
}
