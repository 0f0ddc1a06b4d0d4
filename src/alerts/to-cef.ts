import type { Alert } from '../model/alert.ts';
import { TECHNIQUES, type TechniqueId } from '../model/attack.ts';
import type { Engine } from '../model/resource.ts';
import type { Severity } from '../model/severity.ts';
import { type AlertFacts, factsOf } from './alert-facts.ts';
import { type CefExtension, toCefLine } from './cef/to-cef-line.ts';
import { EXTENDED } from './extended-properties.ts';

/** CEF: 0 to 3 are low, 4 to 6 medium, 7 and 8 high, 9 and 10 very high. */
const SEVERITY: Record<Severity, number> = { Informational: 1, Low: 3, Medium: 5, High: 8 };
/** A number, so that rules can ask for "at least medium". */
const CONFIDENCE: Readonly<Record<string, number>> = { low: 1, medium: 2, high: 3 };
const APPLICATION_PROTOCOL: Record<Engine, string> = { postgresql: 'PostgreSQL', cosmosdb: 'Cosmos DB' };
/** Rows of the baseline told: the alert itself holds all. */
const MAX_ROWS = 5;

/**
 * An alert in ArcSight's Common Event Format, version 0: one line without its end. What is short and searched for
 * comes first, so that a receiver that cuts long lines cuts what can be looked up.
 *
 * @param version of Vedette
 */
export function toCef(alert: Alert, version: string): string {
  const { properties } = alert;
  const facts = factsOf(alert);
  const header = {
    vendor: properties.vendorName,
    product: properties.productName,
    version,
    eventClass: properties.alertType,
    name: properties.alertDisplayName,
    severity: SEVERITY[properties.severity],
  };
  return toCefLine(header, {
    ...occurrence(alert, facts),
    ...parties(alert, facts),
    ...judgement(alert, facts),
    msg: properties.description,
    ...evidenceOf(facts),
  });
}

/** Times are milliseconds since the epoch, UTC. The UUID at the end of the name fits CEF's 40 characters. */
function occurrence({ name, properties }: Alert, facts: AlertFacts): CefExtension {
  return {
    rt: Date.parse(properties.timeGeneratedUtc),
    start: Date.parse(properties.startTimeUtc),
    end: Date.parse(properties.endTimeUtc),
    cnt: facts.extended(EXTENDED.count),
    externalId: name.slice(name.indexOf('_') + 1),
    cat: facts.extended(EXTENDED.detector),
    reason: facts.extended(EXTENDED.variant),
    ...(/^https?:\/\//.test(properties.alertUri) && { request: properties.alertUri }),
  };
}

/**
 * CEF 0 has room for IPv4 addresses only in `src`; IPv6 ones go to `c6a2`, which is meant for them.
 * The device, whose log told it, is the database server.
 */
function parties({ properties }: Alert, facts: AlertFacts): CefExtension {
  const { client, resource, principal, otherPrincipals } = facts;
  return {
    ...(client?.kind === 'ipv4' && { src: client.text }),
    ...(client?.kind === 'ipv6' && { c6a2Label: 'Source IPv6 Address', c6a2: client.text }),
    ...(client?.kind === 'name' && { shost: client.text }),
    suser: principal,
    duser: otherPrincipals.join(', '),
    dhost: properties.compromisedEntity,
    dvchost: properties.compromisedEntity,
    app: resource.engine && APPLICATION_PROTOCOL[resource.engine],
    requestClientApplication: facts.extended(EXTENDED.application),
    deviceExternalId: resource.id,
    deviceFacility: properties.productComponentName,
  };
}

function judgement({ properties }: Alert, facts: AlertFacts): CefExtension {
  const { score } = facts.evidence ?? {};
  return {
    ...labelled('flexString1', 'Status', properties.status),
    ...labelled('flexString2', 'Correlation key', properties.correlationKey),
    ...labelled('cn1', 'Confidence (1 low, 2 medium, 3 high)', CONFIDENCE[facts.extended(EXTENDED.confidence) ?? '']),
    ...(score && labelled('cfp1', `Score (${score.unit})`, score.value)),
    ...(score && labelled('cfp2', `Threshold (${score.unit})`, score.threshold)),
    ...labelled('cs1', 'Client location', placeOf(facts)),
    ...labelled('cs2', 'Database', facts.extended(EXTENDED.database)),
    ...labelled('cs3', 'MITRE ATT&CK', attackOf(properties, facts.extended(EXTENDED.attackVersion))),
  };
}

function evidenceOf({ evidence }: AlertFacts): CefExtension {
  if (evidence === undefined) {
    return {};
  }
  const { title, rows, observed, rawLines } = evidence;
  const usual = rows.slice(0, MAX_ROWS).map((row) => row.join(', '));
  const records = rawLines.map(({ source, byteOffset, text }) => `${source} at byte ${byteOffset}: ${text}`);
  return {
    ...labelled(
      'cs4',
      'Observed',
      Object.entries(observed)
        .map(([name, value]) => `${name}: ${value}`)
        .join('; '),
    ),
    ...labelled('cs5', 'Baseline', usual.length === 0 ? undefined : `${title}: ${usual.join('; ')}`),
    ...labelled('cs6', 'Log records', records.join('\n')),
  };
}

/** A custom key says nothing without its label: it comes first, so that no long value keeps it from arriving. */
function labelled(key: string, label: string, value: string | number | undefined): CefExtension {
  return value === undefined || value === '' ? {} : { [`${key}Label`]: label, [key]: value };
}

/** `Recife, Brazil; AS28573 Claro NXT; Branch; Azure brazilsouth`, as far as known. */
function placeOf(facts: AlertFacts): string {
  const names = [EXTENDED.location, EXTENDED.network, EXTENDED.namedNetwork, EXTENDED.cloudRegion];
  return names.flatMap((name) => facts.extended(name) ?? []).join('; ');
}

/** `CredentialAccess, T1110.001 Brute Force: Password Guessing (ATT&CK 19)`. */
function attackOf({ intent, techniques, subTechniques }: Alert['properties'], version: string | undefined): string {
  const without = techniques.filter((id) => !subTechniques.some((sub) => sub.startsWith(`${id}.`)));
  const named = [...subTechniques, ...without].map((id) =>
    Object.hasOwn(TECHNIQUES, id) ? `${id} ${TECHNIQUES[id as TechniqueId].name}` : id,
  );
  return [intent, ...named].join(', ') + (version === undefined ? '' : ` (ATT&CK ${version})`);
}
