import { EXTENDED } from '../alerts/extended-properties.ts';
import { fitsWildcard } from '../lib/wildcard.ts';
import type { Alert } from '../model/alert.ts';
import type { AlertMatch } from '../model/notification-rules.ts';
import { isWithin, scopeKey } from '../model/scope.ts';

/** An alert with what is known of its resource. */
export interface AlertSubject {
  alert: Alert;
  /** Lower-cased id. */
  resourceKey: string;
  tags: Readonly<Record<string, string>>;
}

/** Whether the alert is meant. */
export function fitsMatch({ severities, alertTypes, resources, tags }: AlertMatch, subject: AlertSubject): boolean {
  const { severity, alertType, extendedProperties } = subject.alert.properties;
  const types = [alertType, extendedProperties[EXTENDED.detector] ?? ''];
  return (
    (severities?.includes(severity) ?? true) &&
    (alertTypes?.some((pattern) => types.some((type) => fitsWildcard(pattern, type))) ?? true) &&
    (resources?.some((wanted) => isResource(wanted, subject)) ?? true) &&
    Object.entries(tags ?? {}).every(([name, pattern]) => hasTag(subject.tags, name, pattern))
  );
}

function isResource(wanted: string, { resourceKey, alert }: AlertSubject): boolean {
  if (!wanted.startsWith('/')) {
    const name = resourceKey.slice(resourceKey.lastIndexOf('/') + 1);
    return fitsWildcard(wanted, name) || fitsWildcard(wanted, alert.properties.compromisedEntity);
  }
  return isWithin(resourceKey, scopeKey(wanted));
}

/** Azure compares names of tags without letter case. */
function hasTag(tags: AlertSubject['tags'], name: string, pattern: string): boolean {
  const value = Object.entries(tags).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  return value !== undefined && fitsWildcard(pattern, value);
}
