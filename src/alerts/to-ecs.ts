import type { Alert } from '../model/alert.ts';
import { TACTICS, type TacticId, TECHNIQUES, type TechniqueId } from '../model/attack.ts';
import { LOCAL_SUBSCRIPTION } from '../model/resource-id.ts';
import type { Severity } from '../model/severity.ts';
import { type AlertFacts, factsOf } from './alert-facts.ts';
import { EXTENDED } from './extended-properties.ts';

/** Release of the Elastic Common Schema that is written: elastic.co/guide/en/ecs. */
const ECS_VERSION = '8.17.0';
const NANOSECONDS_PER_MS = 1_000_000;
/** As Elastic's own rules count: low, medium, high. */
const SEVERITY: Record<Severity, number> = { Informational: 1, Low: 21, Medium: 47, High: 73 };
/** Log records that are told: the alert itself holds all. */
const MAX_RECORDS = 20;

/**
 * An alert in the Elastic Common Schema. What has no field there stands under `vedette`, in a fixed set of members, so
 * that an index cannot grow without bound.
 *
 * @param version of Vedette
 */
export function toEcs(alert: Alert, version: string): Record<string, unknown> {
  const { properties } = alert;
  const facts = factsOf(alert);
  const users = [facts.principal, ...facts.otherPrincipals].filter((name) => name !== undefined);
  const ip = facts.client?.kind === 'name' ? undefined : facts.client?.text;
  return {
    '@timestamp': properties.startTimeUtc,
    ecs: { version: ECS_VERSION },
    message: properties.description,
    tags: ['vedette', properties.severity.toLowerCase()],
    event: eventOf(alert, facts),
    rule: {
      id: facts.extended(EXTENDED.detector) ?? properties.alertType,
      name: properties.alertDisplayName,
      category: properties.alertType,
      ruleset: properties.productName,
    },
    observer: { vendor: properties.vendorName, product: properties.productName, type: 'ids', version },
    source: sourceOf(facts),
    user: facts.principal === undefined ? undefined : { name: facts.principal },
    service: {
      name: properties.compromisedEntity,
      id: facts.resource.id,
      type: facts.resource.engine === 'cosmosdb' ? 'azure-cosmosdb' : 'postgresql',
    },
    cloud: cloudOf(facts),
    threat: threatOf(properties),
    related: { ...(ip !== undefined && { ip: [ip] }), ...(users.length > 0 && { user: users }) },
    vedette: ownOf(alert, facts),
  };
}

function eventOf({ name, properties }: Alert, facts: AlertFacts): Record<string, unknown> {
  const [start, end] = [Date.parse(properties.startTimeUtc), Date.parse(properties.endTimeUtc)];
  return {
    kind: 'alert',
    category: ['intrusion_detection', 'database'],
    type: ['info'],
    module: 'vedette',
    dataset: 'vedette.alert',
    provider: properties.productComponentName,
    id: name,
    code: properties.alertType,
    action: facts.extended(EXTENDED.variant) ?? properties.alertType,
    reason: properties.description,
    severity: SEVERITY[properties.severity],
    risk_score: SEVERITY[properties.severity],
    start: properties.startTimeUtc,
    end: properties.endTimeUtc,
    duration: (end - start) * NANOSECONDS_PER_MS,
    ...(/^https?:\/\//.test(properties.alertUri) && { url: properties.alertUri }),
  };
}

function sourceOf({ client }: AlertFacts): Record<string, unknown> | undefined {
  if (client === undefined) {
    return undefined;
  }
  const { where, text, kind } = client;
  const hasPoint = where.latitude !== undefined && where.longitude !== undefined;
  const geo = {
    ...(where.countryCode !== undefined && { country_iso_code: where.countryCode }),
    ...(where.countryName !== undefined && { country_name: where.countryName }),
    ...(where.city !== undefined && { city_name: where.city }),
    ...(hasPoint && { location: { lat: where.latitude, lon: where.longitude } }),
  };
  return {
    address: text,
    ...(kind === 'name' ? { domain: text } : { ip: text }),
    ...(Object.keys(geo).length > 0 && { geo }),
    ...(where.asn !== undefined && {
      as: {
        number: where.asn,
        ...(where.organization !== undefined && { organization: { name: where.organization } }),
      },
    }),
  };
}

function cloudOf({ resource }: AlertFacts): Record<string, unknown> | undefined {
  const { subscriptionId } = resource;
  return subscriptionId === undefined || subscriptionId === LOCAL_SUBSCRIPTION
    ? undefined
    : { provider: 'azure', account: { id: subscriptionId } };
}

/** Parallel lists of ids and names, as the schema wants them. */
function threatOf({ intent, techniques, subTechniques }: Alert['properties']): Record<string, unknown> | undefined {
  const tactics = (Object.keys(TACTICS) as TacticId[]).filter((id) => TACTICS[id].intent === intent);
  if (tactics.length + techniques.length === 0) {
    return undefined;
  }
  return {
    framework: 'MITRE ATT&CK',
    ...(tactics.length > 0 && { tactic: { id: tactics, name: tactics.map((id) => TACTICS[id].name) } }),
    ...(techniques.length > 0 && {
      technique: {
        id: techniques,
        name: techniques.map((id) => nameOf(id)[0]),
        ...(subTechniques.length > 0 && {
          subtechnique: { id: subTechniques, name: subTechniques.map((id) => nameOf(id).at(-1)) },
        }),
      },
    }),
  };
}

/** `Brute Force: Password Guessing` are the names of a technique and of its sub-technique. */
function nameOf(id: string): readonly string[] {
  return Object.hasOwn(TECHNIQUES, id) ? TECHNIQUES[id as TechniqueId].name.split(': ') : [id];
}

function ownOf({ properties }: Alert, facts: AlertFacts): Record<string, unknown> {
  const { evidence } = facts;
  return {
    status: properties.status,
    severity: properties.severity,
    confidence: facts.extended(EXTENDED.confidence),
    variant: facts.extended(EXTENDED.variant),
    correlation_key: properties.correlationKey,
    is_incident: properties.isIncident,
    count: Number(facts.extended(EXTENDED.count) ?? 1),
    database: facts.extended(EXTENDED.database),
    application: facts.extended(EXTENDED.application),
    network: facts.extended(EXTENDED.namedNetwork),
    cloud_region: facts.extended(EXTENDED.cloudRegion),
    ...(evidence !== undefined && {
      score: evidence.score,
      observed: Object.entries(evidence.observed).map(([name, value]) => `${name}: ${value}`),
      baseline: [evidence.title, ...evidence.rows.map((row) => row.join(', '))],
      records: evidence.rawLines.slice(0, MAX_RECORDS).map(({ text }) => text),
    }),
    remediation: properties.remediationSteps,
  };
}
