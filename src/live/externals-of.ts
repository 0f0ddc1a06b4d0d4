import type { Outside } from '../pipeline/judgement-state.ts';
import { createLog, type Log } from '../pipeline/log.ts';
import type { LiveWorld } from './live-judgement.ts';
import type { LivePlan } from './live-plan.ts';

const LOG = 'log ';
const BYTES = 'bytes of ';

/** What states refer to: none of it is theirs. */
export interface Externals extends Outside {
  externals: Record<string, object>;
}

/** A state may refer to a log that the plan does not name any longer: an empty one stands in for it from then on. */
export function externalsOf(
  { resource }: LivePlan,
  logs: ReadonlyMap<string, Log>,
  { plugins, enrichment }: LiveWorld,
): Externals {
  const externals: Record<string, object> = {
    resource,
    enrichment,
    ...Object.fromEntries(plugins.parsers.map((parser) => [`parser ${parser.id}`, parser])),
  };
  for (const [id, log] of logs) {
    add(id, log);
  }

  function add(id: string, { provenance, bytes }: Log): void {
    externals[LOG + id] = provenance;
    externals[BYTES + id] = bytes;
  }

  return {
    externals,
    standIn(name) {
      const id = [LOG, BYTES].flatMap((kind) => (name.startsWith(kind) ? [name.slice(kind.length)] : []))[0];
      if (id !== undefined && externals[name] === undefined) {
        add(id, createLog());
      }
      return externals[name];
    },
  };
}
