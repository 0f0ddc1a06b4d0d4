import type { AddressFacts } from '../model/address-facts.ts';
import type { Alert } from '../model/alert.ts';
import { ATTACK_VERSION, TACTICS } from '../model/attack.ts';
import type { Finding } from '../model/finding.ts';
import type { AlertRecord } from './alert-book.ts';
import { correlationKey } from './alert-name.ts';
import { EXTENDED } from './extended-properties.ts';

const PLANS = {
  postgresql: 'Vedette for PostgreSQL',
  cosmosdb: 'Vedette for Azure Cosmos DB',
} as const;

/** The canonical form of an alert: Azure's alert resource of api-version 2022-01-01. */
export function toAzureAlert(record: AlertRecord): Alert {
  const { resource, finding, name } = record;
  const { subscriptionId, resourceGroup, location } = resource;
  const technique = finding.attack.technique;
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Security/locations/${location}/alerts/${name}`,
    name,
    type: 'Microsoft.Security/Locations/alerts',
    properties: {
      version: '2022-01-01',
      alertType: finding.alertType,
      systemAlertId: name,
      productComponentName: PLANS[resource.engine],
      alertDisplayName: finding.displayName,
      description: finding.summary,
      severity: finding.severity,
      intent: TACTICS[finding.attack.tactic].intent,
      startTimeUtc: iso(record.startTime),
      endTimeUtc: iso(record.endTime),
      timeGeneratedUtc: iso(record.openedTime),
      processingEndTimeUtc: iso(record.changedTime),
      resourceIdentifiers: [{ type: 'AzureResource', azureResourceId: resource.id }],
      remediationSteps: [...finding.guidance.remediation],
      vendorName: 'Vedette',
      productName: 'Vedette',
      status: 'Active',
      alertUri: `/alerts/${name}`,
      extendedLinks: [],
      entities: entitiesOf(record),
      isIncident: false,
      correlationKey: correlationKey(resource.key, finding.entities.address?.address, finding.entities.principal),
      extendedProperties: extendedPropertiesOf(record),
      compromisedEntity: resource.name,
      techniques: [technique.slice(0, 'T0000'.length)],
      subTechniques: technique.includes('.') ? [technique] : [],
      supportingEvidence: supportingEvidenceOf(finding),
    },
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

/** Azure's entities: each with an `$id` of its own; absent facts are absent members. */
function entitiesOf({ resource, finding }: AlertRecord): Record<string, unknown>[] {
  const { principal, otherPrincipals, application, address } = finding.entities;
  const entities: Record<string, unknown>[] = [{ type: 'azure-resource', resourceId: resource.id }];
  if (address !== undefined) {
    entities.push(ipEntity(address));
  }
  for (const name of [principal, ...(otherPrincipals ?? [])]) {
    if (name !== undefined && name !== '') {
      entities.push({ type: 'account', name });
    }
  }
  if (application !== undefined && application !== '') {
    entities.push({ type: 'cloud-application', name: application });
  }
  return entities.map((entity, i) => ({ $id: String(i + 1), ...entity }));
}

function ipEntity({
  address,
  location,
  autonomousSystem,
  cloudRegion,
  reputation,
}: AddressFacts): Record<string, unknown> {
  const where: Record<string, unknown> = {
    ...(location && { countryCode: location.countryCode, countryName: location.countryName }),
    ...(location?.city !== undefined && { city: location.city }),
    ...(location?.latitude !== undefined && { latitude: location.latitude, longitude: location.longitude }),
    ...(autonomousSystem && { asn: autonomousSystem.number, organization: autonomousSystem.organization }),
    ...(cloudRegion && { cloudProvider: cloudRegion.provider, systemService: cloudRegion.region }),
  };
  const threats = reputation?.lists.map(({ name, kind, note, confidence }) => ({
    providerName: name,
    threatType: kind,
    ...(note !== undefined && { threatName: note }),
    ...(confidence !== undefined && { confidence }),
  }));
  return {
    type: 'ip',
    address,
    ...(Object.keys(where).length > 0 && { location: where }),
    ...(threats && { threatIntelligence: threats }),
  };
}

function extendedPropertiesOf({ detector, finding, count }: AlertRecord): Record<string, string> {
  const { address, principal, otherPrincipals, application, database } = finding.entities;
  const { location, autonomousSystem, namedNetwork, cloudRegion } = address ?? {};
  const properties: Record<string, string | undefined> = {
    [EXTENDED.variant]: finding.variant,
    [EXTENDED.confidence]: finding.confidence,
    [EXTENDED.address]: address?.address,
    [EXTENDED.location]: location && [location.city, location.countryName].filter(Boolean).join(', '),
    [EXTENDED.network]: autonomousSystem && `AS${autonomousSystem.number} ${autonomousSystem.organization}`,
    [EXTENDED.namedNetwork]: namedNetwork?.name,
    [EXTENDED.cloudRegion]: cloudRegion && `${cloudRegion.provider} ${cloudRegion.label}`,
    [EXTENDED.principal]: principal,
    [principal === undefined ? EXTENDED.principals : EXTENDED.otherPrincipals]: otherPrincipals?.join(', '),
    [EXTENDED.application]: application,
    [EXTENDED.database]: database,
    [EXTENDED.count]: String(count),
    [EXTENDED.causes]: finding.guidance.causes.join('\n'),
    [EXTENDED.investigation]: finding.guidance.investigation.join('\n'),
    ...(finding.isLate && { [EXTENDED.isLate]: 'true' }),
    [EXTENDED.detector]: detector,
    [EXTENDED.attackVersion]: ATTACK_VERSION,
  };
  const known = Object.entries(properties).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(known) as Record<string, string>;
}

function supportingEvidenceOf({ baseline, observed, score, rawLines }: Finding): Record<string, unknown> {
  const { title, columns, rows } = baseline;
  return { type: 'tabularEvidences', title, columns, rows, observed, score, rawLines };
}
