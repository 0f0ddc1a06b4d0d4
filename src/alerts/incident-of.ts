import { counted, duration, minute, named } from '../lib/wording.ts';
import { TACTICS } from '../model/attack.ts';
import type { EvidenceTable, Finding, FindingEntities } from '../model/finding.ts';
import type { Resource } from '../model/resource.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import type { MergedAlert } from './access-alerts.ts';
import type { AlertRecord } from './alert-book.ts';
import { alertName } from './alert-name.ts';
import type { GradedAlert as Step } from './severity-rules.ts';

/** Where an intrusion with as many stages is an incident. */
const MIN_STAGES = 2;
/** Steps that the sentence names, that the table has, and entities and lines that are shown. */
const MAX_NAMED_STEPS = 6;
const MAX_STEPS = 50;
const MAX_ENTITIES = 20;
const MAX_LINES = 12;
const MAX_GUIDANCE = 20;

/** What stands for the detector of an incident, which several have a part in. */
const DETECTOR = 'incident';

/**
 * The incident that the alerts of one intrusion make, which tells them in order; undefined where they are of one
 * stage (tactic of ATT&CK) only. Its name is that of the intrusion's first alert, made anew: it stays when others join.
 *
 * @param steps in the order in which the alerts were opened
 */
export function incidentOf(steps: readonly Step[], resource: Resource): AlertRecord | undefined {
  const serious = steps.filter(({ severity }) => severity !== 'Informational');
  const turn = serious.find(({ alert }) => stageOf(alert) !== stageOf(serious[0]!.alert));
  if (turn === undefined) {
    return undefined;
  }
  const story = serious.toSorted((a, b) => a.alert.startTime - b.alert.startTime);
  const first = serious[0]!.alert;
  const times = {
    startTime: story[0]!.alert.startTime,
    endTime: story.reduce((latest, { alert }) => Math.max(latest, alert.endTime), 0),
    count: story.reduce((sum, { alert }) => sum + alert.count, 0),
  };
  const changes = story.reduce((latest, { alert }) => Math.max(latest, alert.changes), 0);
  return {
    ...times,
    detector: DETECTOR,
    resource,
    name: alertName(DETECTOR, resource.key, first.name, first.startTime),
    finding: { ...times, ...findingOf(story, resource, times), dedupKey: first.name },
    openedTime: turn.alert.openedTime,
    changedTime: story.reduce((latest, { alert }) => Math.max(latest, alert.changedTime), 0),
    changes,
  };
}

function stageOf({ finding }: MergedAlert): string {
  return TACTICS[finding.attack.tactic].name;
}

/** In the order of the steps. */
function stagesOf(steps: readonly Step[]): string[] {
  return [...new Set(steps.map(({ alert }) => stageOf(alert)))];
}

type Head = 'startTime' | 'endTime' | 'count' | 'dedupKey';

function findingOf(
  story: readonly Step[],
  resource: Resource,
  { startTime, endTime }: Pick<Finding, 'startTime' | 'endTime'>,
): Omit<Finding, Head> {
  const findings = story.map(({ alert }) => alert.finding);
  const gravest = story.reduce((worst, step) => (level(step.severity) >= level(worst.severity) ? step : worst));
  const stages = stagesOf(story);
  const entities = entitiesOf(findings, gravest.alert.finding);
  return {
    alertType: 'Vedette_Incident',
    variant: stages.join(', '),
    displayName: `Incident: ${counted(story.length, 'alert')} of one intrusion`,
    summary: `${whoOf(entities)} went through ${counted(stages.length, 'stage')} of an attack on ${resource.name} ${duration(endTime - startTime)}: ${told(story)}.`,
    severity: gravest.severity,
    confidence: findings.some(({ confidence }) => confidence === 'high') ? 'high' : 'medium',
    attack: gravest.alert.finding.attack,
    entities,
    score: { value: stages.length, threshold: MIN_STAGES, unit: 'stages of an attack' },
    baseline: tableOf(story),
    observed: {
      Alerts: String(story.length),
      Stages: stages.join(', '),
      'First and last (UTC)': `${minute(startTime)} – ${minute(endTime)}`,
    },
    rawLines: findings.flatMap(({ rawLines }) => rawLines.slice(0, 1)).slice(0, MAX_LINES),
    guidance: {
      causes: unique(findings.flatMap(({ guidance }) => guidance.causes)),
      investigation: unique(findings.flatMap(({ guidance }) => guidance.investigation)),
      remediation: unique(findings.flatMap(({ guidance }) => guidance.remediation)),
    },
    isLate: findings.some(({ isLate }) => isLate),
  };
}

/** `203.0.113.7 as analyst`, or who is known of the two. */
function whoOf({ principal, address, otherAddresses }: FindingEntities): string {
  const rest = otherAddresses?.length ?? 0;
  const from =
    address && named(address.address) + (rest > 0 ? ` and ${counted(rest, 'other address', 'other addresses')}` : '');
  const as = principal && named(principal);
  return from !== undefined && as !== undefined ? `${from}, as ${as},` : (from ?? as ?? 'Somebody');
}

/** `Suspected brute force attack (2026-11-17 02:14 UTC), then Log on from an unusual location (02:15)`. */
function told(story: readonly Step[]): string {
  const steps = story.map(({ alert }, i) => {
    const [date, time] = minute(alert.startTime).split(' ');
    const isSameDay = i > 0 && minute(story[i - 1]!.alert.startTime).startsWith(date!);
    return `${alert.finding.displayName} (${isSameDay ? time : `${date} ${time} UTC`})`;
  });
  const shown = steps.slice(0, MAX_NAMED_STEPS).join(', then ');
  return steps.length > MAX_NAMED_STEPS ? `${shown}, and ${steps.length - MAX_NAMED_STEPS} more` : shown;
}

function tableOf(story: readonly Step[]): EvidenceTable {
  return {
    title: 'What happened, in order',
    columns: ['Time (UTC)', 'Stage', 'Severity', 'Alert', 'Name of the alert'],
    rows: story
      .slice(0, MAX_STEPS)
      .map(({ alert, severity }) => [
        minute(alert.startTime),
        stageOf(alert),
        severity,
        alert.finding.displayName,
        alert.name,
      ]),
  };
}

/** Who the gravest alert is about, and from where the first came; the others beside them. */
function entitiesOf(findings: readonly Finding[], gravest: Finding): FindingEntities {
  const of = findings.map(({ entities }) => entities);
  const principal = gravest.entities.principal ?? of.find((entities) => entities.principal !== undefined)?.principal;
  const names = of.flatMap((entities) => [entities.principal ?? [], ...(entities.otherPrincipals ?? [])].flat());
  const addresses = new Map(
    of
      .flatMap(({ address, otherAddresses }) => [address ?? [], ...(otherAddresses ?? [])].flat())
      .map((facts) => [facts.address, facts] as const),
  );
  const [address, ...otherAddresses] = addresses.values();
  const { application, database } = gravest.entities;
  return {
    ...(principal !== undefined && { principal }),
    otherPrincipals: [...new Set(names)].filter((name) => name !== principal).slice(0, MAX_ENTITIES),
    ...(application !== undefined && { application }),
    ...(database !== undefined && { database }),
    ...(address !== undefined && { address }),
    ...(otherAddresses.length > 0 && { otherAddresses: otherAddresses.slice(0, MAX_ENTITIES) }),
  };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].slice(0, MAX_GUIDANCE);
}

function level(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
