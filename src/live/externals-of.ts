import type { Log } from '../pipeline/log.ts';
import type { LiveWorld } from './live-judgement.ts';
import type { LivePlan } from './live-plan.ts';

/** What states refer to: none of it is theirs. */
export function externalsOf(
  { resource }: LivePlan,
  logs: ReadonlyMap<string, Log>,
  { plugins, enrichment }: LiveWorld,
): Record<string, object> {
  return {
    resource,
    enrichment,
    ...Object.fromEntries(plugins.parsers.map((parser) => [`parser ${parser.id}`, parser])),
    ...Object.fromEntries([...logs].map(([id, log]) => [`log ${id}`, log.provenance])),
    ...Object.fromEntries([...logs].map(([id, log]) => [`bytes of ${id}`, log.bytes])),
  };
}
