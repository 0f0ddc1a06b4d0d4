import type { Alert } from '../../model/alert.ts';
import { TACTICS, type TacticId, TECHNIQUES, type Technique } from '../../model/attack.ts';
import type { AlertFacts } from '../alert-facts.ts';
import { EXTENDED } from '../extended-properties.ts';
import { analysisOf } from './analysis-of.ts';

/** OCSF's `finding_info`: what was found, by what, when, and what it means. */
export function findingInfo({ properties }: Alert, facts: AlertFacts): Record<string, unknown> {
  const detector = facts.extended(EXTENDED.detector) ?? properties.productComponentName;
  const variant = facts.extended(EXTENDED.variant);
  const { analytic } = analysisOf(properties.alertType);
  const sources = new Set(facts.evidence?.rawLines.map(({ source }) => source));
  return {
    uid: properties.systemAlertId,
    title: properties.alertDisplayName,
    desc: properties.description,
    types: [properties.alertType],
    ...(variant !== undefined && { traits: [{ category: EXTENDED.variant, name: variant }] }),
    analytic: { uid: detector, name: detector, type_id: analytic[0], type: analytic[1] },
    attacks: attacksOf(properties, facts.extended(EXTENDED.attackVersion)),
    first_seen_time: Date.parse(properties.startTimeUtc),
    last_seen_time: Date.parse(properties.endTimeUtc),
    created_time: Date.parse(properties.timeGeneratedUtc),
    modified_time: Date.parse(properties.processingEndTimeUtc),
    product: { name: properties.productName, vendor_name: properties.vendorName },
    ...(sources.size > 0 && { data_sources: [...sources] }),
    ...(/^https?:\/\//.test(properties.alertUri) && { src_url: properties.alertUri }),
  };
}

/** One entry for each technique, or for each of its sub-techniques where the alert names some. */
function attacksOf(
  { intent, techniques, subTechniques }: Alert['properties'],
  version: string | undefined,
): Record<string, unknown>[] {
  return techniques.flatMap((technique) => {
    const subs = subTechniques.filter((id) => id.startsWith(`${technique}.`));
    return (subs.length > 0 ? subs : [undefined]).map((sub) => ({
      ...(version !== undefined && { version }),
      tactic: tacticOf(intent, sub ?? technique),
      technique: { uid: technique, name: nameOf(sub ?? technique)[0] },
      ...(sub !== undefined && { sub_technique: { uid: sub, name: nameOf(sub)[1] } }),
    }));
  });
}

/** Two tactics may share a word of Azure's: then it is the one that the technique serves. */
function tacticOf(intent: string, technique: string): Record<string, unknown> | undefined {
  const tactics = Object.keys(TACTICS) as TacticId[];
  const named = tactics.filter((id) => TACTICS[id].intent === intent);
  const served = named.find((id) => known(technique)?.tactics.includes(id)) ?? named[0];
  return served && { uid: served, name: TACTICS[served].name };
}

/** `Brute Force: Password Guessing` are the names of a technique and of its sub-technique. */
function nameOf(id: string): readonly (string | undefined)[] {
  return known(id)?.name.split(': ') ?? [];
}

function known(id: string): Technique | undefined {
  return Object.hasOwn(TECHNIQUES, id) ? TECHNIQUES[id as keyof typeof TECHNIQUES] : undefined;
}
