import type { Alert } from '../../../src/model/alert.ts';
import type { Severity } from '../../../src/model/severity.ts';
import type { Kind } from '../fleet/label.ts';

/** What scoring asks of an alert, whoever raised it. */
export interface ToldAlert {
  /** The name of its resource, without the path. */
  resource: string;
  /** What it tells, the findings that it joins included. Empty: an incident, which only joins alerts. */
  kinds: readonly Kind[];
  severity: Severity;
  principals: readonly string[];
  addresses: readonly string[];
  /** Of the event that raised it. */
  time: number;
  /** For people. */
  text: string;
}

const KIND_OF_TYPE: readonly (readonly [RegExp, Kind])[] = [
  [/BruteForce$/, 'brute-force'],
  [/GeoAnomaly$/, 'unusual-location'],
  [/(?:DataCenter|CloudProvider)Anomaly$/, 'unusual-data-center'],
  [/(?:Principal|Domain)Anomaly$/, 'unfamiliar-principal'],
  [/HarmfulApplication$/, 'harmful-application'],
  [/DataExfiltrationAnomaly$/, 'data-exfiltration'],
  [/PotentialSqlInjection$|SqlInjection\./, 'sql-injection'],
  [/DangerousStatement$/, 'dangerous-statement'],
  [/(?:SuspiciousIp|Tor)(?:Anomaly)?$|TorAnomaly$/, 'suspicious-address'],
  [/SuspiciousListKeys/, 'key-extraction'],
];
/** Notes on what to mend; they tell of no attack and are never wrong. */
const NOTES = /WeakAuthentication$|KeyAuthentication$|VulnerabilityToSqlInjection$/;

/** Undefined for what is a note: nobody is to be told of it. */
export function toToldAlert({ properties }: Alert): ToldAlert | undefined {
  const { alertType, severity, entities, supportingEvidence, timeGeneratedUtc } = properties;
  if (severity === 'Informational' || NOTES.test(alertType)) {
    return undefined;
  }
  const others = (supportingEvidence.otherFindings ?? []) as { alertType: string }[];
  const types = [alertType, ...others.map((other) => other.alertType)];
  return {
    resource: properties.compromisedEntity,
    kinds: types.flatMap((type) => KIND_OF_TYPE.filter(([pattern]) => pattern.test(type)).map(([, kind]) => kind)),
    severity,
    principals: entitiesOf(entities, 'account', 'name'),
    addresses: entitiesOf(entities, 'ip', 'address'),
    time: Date.parse(timeGeneratedUtc),
    text: `${properties.alertDisplayName}: ${properties.description}`,
  };
}

function entitiesOf(entities: readonly Record<string, unknown>[], type: string, member: string): string[] {
  return entities.filter((entity) => entity.type === type).map((entity) => String(entity[member]));
}
