import type { AddressFacts } from '../model/address-facts.ts';
import { ATTACK_VERSION } from '../model/attack.ts';
import type { AlertRecord } from './alert-book.ts';
import type { AlertContext } from './alert-context.ts';
import { EXTENDED } from './extended-properties.ts';
import { validListings } from './valid-listings.ts';

/** What people filter by and programs ask for, as texts; what is not known is absent. */
export function extendedPropertiesOf(record: AlertRecord, context: AlertContext): Record<string, string> {
  const { detector, finding, count } = record;
  const { principal, otherPrincipals, application, database } = finding.entities;
  const properties: Record<string, string | undefined> = {
    [EXTENDED.variant]: finding.variant,
    [EXTENDED.confidence]: finding.confidence,
    ...clientOf(finding.entities.address),
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
    [EXTENDED.reputation]: reputationOf(finding.entities.address, finding.startTime),
    [EXTENDED.severityReason]: context.severityReason,
    [EXTENDED.otherFindings]: context.others.map((other) => other.finding.summary).join('\n'),
    [EXTENDED.incident]: context.incident,
    [EXTENDED.alerts]: context.alerts?.join('\n'),
  };
  const known = Object.entries(properties).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(known) as Record<string, string>;
}

function clientOf(facts: AddressFacts | undefined): Record<string, string | undefined> {
  const { address, location, autonomousSystem, namedNetwork, cloudRegion } = facts ?? {};
  return {
    [EXTENDED.address]: address,
    [EXTENDED.location]: location && [location.city, location.countryName].filter(Boolean).join(', '),
    [EXTENDED.network]: autonomousSystem && `AS${autonomousSystem.number} ${autonomousSystem.organization}`,
    [EXTENDED.namedNetwork]: namedNetwork?.name,
    [EXTENDED.cloudRegion]: cloudRegion && `${cloudRegion.provider} ${cloudRegion.label}`,
  };
}

/** `tor-exits.txt: Tor exit, threats.csv: Cobalt Strike C2`. */
function reputationOf(facts: AddressFacts | undefined, time: number): string | undefined {
  const lists = facts === undefined ? [] : validListings(facts, time);
  return lists.map(({ name, kind, note }) => `${name}: ${note ?? (kind === 'tor' ? 'Tor exit' : 'threat')}`).join(', ');
}
