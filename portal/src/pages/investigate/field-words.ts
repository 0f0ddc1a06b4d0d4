import type { ActivityField } from '../../api/activities.ts';

/** What the fields are called. */
export const FIELD_WORDS: Readonly<Record<ActivityField, string>> = {
  activity: 'Activity',
  outcome: 'Outcome',
  code: 'Status code',
  reason: 'Reason',
  principal: 'Principal',
  application: 'Application',
  address: 'Address',
  country: 'Country',
  place: 'Place',
  network: 'Named network',
  asn: 'AS number',
  cloud: 'Cloud region',
  database: 'Database',
  operation: 'Operation',
  container: 'Container',
  table: 'Table',
  fingerprint: 'Statement',
  session: 'Session',
  log: 'Log',
};

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** A value as a person reads it. */
export function valueWords(field: ActivityField, value: string): string {
  if (value === '') {
    return '(none)';
  }
  return field === 'country' ? countryName(value) : field === 'activity' || field === 'reason' ? spaced(value) : value;
}

/** The name of a country from its code; what is no code stays as it is. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (COUNTRIES.of(code) ?? code) : code;
}

/** `dataAccessDenied` as `Data access denied`. */
function spaced(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
