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
}

interface RoutedMember extends Member {
  /** Got records since bytes were last loaded. */
  isTouched: boolean;
}

/** Finds out whose the records of shared streams are. */
export interface ResourceRouter {
  /** Whose the record in view is; undefined for nobody's, which is counted as rejected. */
  memberOf(stream: SourceStream): Member | undefined;
  /** To be called before bytes leave memory. */
  leave(): void;
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
  const members = new Map<string, RoutedMember>();
  const owners = createRecordOwners(lookUp, ({ judgement }) => judgement.plan.resource);
  let found = 0;
  let touched: RoutedMember[] = [];

  function lookUp(resource: Resource): RoutedMember | string {
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

  function open(plan: ResourcePlan): RoutedMember {
    const judgement = createJudgement(plan, plugins, enrichment);
    const receiver = createReceiver(judgement.lane, judgement.counts, true);
    const member = { judgement, receiver, hasUnreadLogs: plan.sources.length > 0, isTouched: false };
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
      if (!entry.isTouched) {
        entry.isTouched = true;
        touched.push(entry);
      }
      return entry;
    },

    leave() {
      for (const member of touched) {
        member.receiver.leave();
        member.isTouched = false;
      }
      touched = [];
    },

    members: () => [...members.values()],
  };
}
