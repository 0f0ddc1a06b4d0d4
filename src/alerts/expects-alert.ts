import { parseCidr, parseIp, prefixOf } from '../lib/ip.ts';
import type { Alert } from '../model/alert.ts';
import type { ExpectedRule } from '../model/expected-rule.ts';
import { areAll } from './expected-findings.ts';
import { EXTENDED } from './extended-properties.ts';

/**
 * Whether an alert tells of what the rule is about, whatever the time: as near to `expectationsOf`, which judges the
 * findings themselves, as an alert's text allows.
 */
export function expectsAlert(
  { detector, alertType, principal, application, network }: Omit<ExpectedRule, 'label' | 'until'>,
  { properties }: Alert,
): boolean {
  const { entities, extendedProperties } = properties;
  const textsOf = (type: string, member: string) =>
    entities.filter((entity) => entity.type === type).map((entity) => String(entity[member]));
  return (
    !properties.isIncident &&
    (detector === undefined || extendedProperties[EXTENDED.detector] === detector) &&
    (alertType === undefined || properties.alertType === alertType) &&
    (principal === undefined || areAll(textsOf('account', 'name'), principal)) &&
    (application === undefined || areAll(textsOf('cloud-application', 'name'), application)) &&
    (network === undefined || areWithin(textsOf('ip', 'address'), network, extendedProperties[EXTENDED.namedNetwork]))
  );
}

/** @param namedNetwork that of the first address: others are not told by name */
function areWithin(addresses: readonly string[], network: string, namedNetwork: string | undefined): boolean {
  const prefix = parseCidr(network);
  if (prefix === undefined) {
    return addresses.length > 0 && namedNetwork === network;
  }
  return (
    addresses.length > 0 &&
    addresses.every((address) => {
      const lanes = parseIp(address)?.lanes;
      const isSameFamily = lanes?.length === prefix.lanes.length;
      return isSameFamily && prefixOf(lanes, prefix.bits).lanes.every((lane, i) => lane === prefix.lanes[i]);
    })
  );
}
