import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { UserError } from '../lib/user-error.ts';
import type { Decision, DecisionBody } from '../model/decision.ts';
import { SEVERITIES } from '../model/severity.ts';
import type { ResourcePlan } from '../pipeline/plan.ts';

const place = { resource: z.string(), sequence: z.int(), eventTime: z.iso.datetime().optional() };
const matter = z.object({
  detector: z.string(),
  key: z.string(),
  severity: z.enum(SEVERITIES),
  score: z.number(),
  unit: z.string(),
});
const entry = z.discriminatedUnion('decision', [
  z.object({ ...place, decision: z.literal('accept'), alert: z.string(), matters: z.array(matter) }),
  z.object({
    ...place,
    decision: z.enum(['forget', 'pin', 'unpin']),
    kind: z.enum(['place', 'region', 'application', 'principal']),
    principal: z.string(),
    value: z.string(),
  }),
  z.object({ ...place, decision: z.literal('erase') }),
]);

/**
 * The resources with what people decided about them, as `vedette baseline decisions` tells it. One that no server has
 * applied yet has no place in history, and is left out. Throws a `UserError` for another file.
 */
export function withDecisions(resources: readonly ResourcePlan[], file: string): ResourcePlan[] {
  const entries = z.array(entry).safeParse(contentOf(file));
  if (!entries.success) {
    throw new UserError(`--decisions "${file}" is not what "vedette baseline decisions RESOURCE -o json" prints`);
  }
  const byResource = Map.groupBy(entries.data, ({ resource }) => resource.toLowerCase());
  return resources.map((plan) => ({
    ...plan,
    decisions: (byResource.get(plan.resource.key) ?? []).flatMap(decisionOf).sort((a, b) => a.sequence - b.sequence),
  }));
}

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError(
      `--decisions "${file}" cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Who was forgotten is told nowhere: nobody is, here. */
function decisionOf(told: z.output<typeof entry>): Decision[] {
  const { sequence, eventTime } = told;
  return eventTime === undefined || told.decision === 'erase'
    ? []
    : [{ sequence, eventTime: Date.parse(eventTime), body: bodyOf(told) }];
}

function bodyOf(told: Exclude<z.output<typeof entry>, { decision: 'erase' }>): DecisionBody {
  if (told.decision === 'accept') {
    return { kind: told.decision, alert: told.alert, matters: told.matters };
  }
  const { decision: kind, kind: about, principal, value } = told;
  return { kind, fact: { about, principal, value } };
}
