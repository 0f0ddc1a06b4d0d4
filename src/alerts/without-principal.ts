import type { Renaming } from '../lib/renaming.ts';
import type { Alert } from '../model/alert.ts';

/** Members that say what an alert is, and of which resource: a name in there is another's. */
const KEPT: ReadonlySet<keyof Alert['properties']> = new Set([
  'version',
  'alertType',
  'systemAlertId',
  'productComponentName',
  'alertDisplayName',
  'severity',
  'intent',
  'resourceIdentifiers',
  'vendorName',
  'productName',
  'status',
  'alertUri',
  'correlationKey',
  'compromisedEntity',
  'techniques',
  'subTechniques',
]);
/** The alert with another name in the place of a principal's, in any casing; undefined where it does not tell of it. */
export function withoutPrincipal(alert: Alert, { text: renamed }: Renaming): Alert | undefined {
  let isNamed = false;
  const replaced = (text: string) => {
    const instead = renamed(text);
    isNamed ||= instead !== text;
    return instead;
  };
  const properties = Object.fromEntries(
    Object.entries(alert.properties).map(([name, value]) => [
      name,
      KEPT.has(name as keyof Alert['properties']) ? value : mapped(value, replaced),
    ]),
  ) as unknown as Alert['properties'];
  return isNamed ? { ...alert, properties } : undefined;
}

/** Every text of a value, as `change` gives it. Resources keep their names. */
function mapped(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') {
    return change(value);
  }
  if (Array.isArray(value)) {
    return value.map((it) => mapped(it, change));
  }
  if (typeof value !== 'object' || value === null || 'resourceId' in value) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, mapped(it, change)]));
}
