import { parseArgs } from 'node:util';
import type { FleetPlan } from './fleet/write-fleet.ts';

/** Of the published figures; never looked at while something is tuned. */
const PUBLISHED: FleetPlan = { seed: 4711, servers: 30, accounts: 10, days: 42 };
const TUNED: FleetPlan = { seed: 1, servers: 20, accounts: 8, days: 42 };

export interface Options {
  plan: FleetPlan;
  hasRivals: boolean;
  isListed: boolean;
  isPublished: boolean;
  /** A tag, branch or commit to compare with; empty: the previous tag. */
  against: string | undefined;
}

export function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      servers: { type: 'string' },
      accounts: { type: 'string' },
      days: { type: 'string' },
      /** Tries the plain rivals, too. */
      rivals: { type: 'boolean', default: false },
      /** Prints each miss and each false alarm. */
      list: { type: 'boolean', default: false },
      /** Writes docs/quality.md. */
      publish: { type: 'boolean', default: false },
      against: { type: 'string' },
    },
  });
  const { publish, rivals, list, against, ...sizes } = values;
  const given = Object.entries(sizes).map(([name, text]) => [name, Number(text)] as const);
  return {
    plan: { ...(publish ? PUBLISHED : TUNED), ...Object.fromEntries(given) },
    hasRivals: rivals || publish,
    isListed: list,
    isPublished: publish,
    against,
  };
}
