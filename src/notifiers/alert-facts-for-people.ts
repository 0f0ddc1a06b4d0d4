import { EXTENDED } from '../alerts/extended-properties.ts';
import type { Alert } from '../model/alert.ts';
import { timeFor } from './time-for.ts';

/** A named fact of a mail. */
export interface MailFact {
  name: string;
  value: string;
}

/** Facts that are told as they stand, in this order, under the words that people use for them. */
const TOLD = [
  [EXTENDED.principal, 'Principal'],
  [EXTENDED.principals, 'Names tried'],
  [EXTENDED.application, 'Application'],
  [EXTENDED.database, 'Database'],
  [EXTENDED.address, 'Address'],
  [EXTENDED.location, 'Place'],
  [EXTENDED.network, 'Network'],
  [EXTENDED.namedNetwork, 'Named network'],
  [EXTENDED.cloudRegion, 'Data centre'],
  [EXTENDED.reputation, 'Reputation'],
  [EXTENDED.count, 'Events'],
  [EXTENDED.severityReason, 'Why so grave'],
] as const;

/** Who, from where, to what and when, in the recipient's time zone. */
export function alertFactsForPeople({ properties }: Alert, timeZone: string): MailFact[] {
  const { startTimeUtc, endTimeUtc, extendedProperties, compromisedEntity } = properties;
  const first = timeFor(startTimeUtc, timeZone);
  const last = timeFor(endTimeUtc, timeZone);
  const told = TOLD.flatMap(([key, name]) => {
    const value = extendedProperties[key];
    return value === undefined ? [] : [{ name, value }];
  });
  return [
    { name: 'When', value: first === last ? first : `${first} to ${last}` },
    { name: 'Resource', value: compromisedEntity },
    ...told,
  ];
}
