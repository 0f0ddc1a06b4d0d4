import { toAzureAlert2019 } from '../../alerts/to-azure-alert-2019.ts';
import type { Alert } from '../../model/alert.ts';

/** All schemas of an alert that clients know, the newest first. */
export const ALERT_VERSIONS = ['2022-01-01', '2021-11-01', '2021-01-01', '2019-01-01'] as const;
/** The first in which starting an investigation is told, and in which simulating takes a while. */
export const NEWEST = '2022-01-01';
const OLDEST = '2019-01-01';

export interface ProjectedAlert {
  id: string;
  name: string;
  type: string;
  properties: Record<string, unknown>;
}

/** The alert in the schema of a version; its link leads to the portal. */
export function projectAlert(alert: Alert, version: string, origin: string): ProjectedAlert {
  if (version === OLDEST) {
    return toAzureAlert2019(alert);
  }
  const { version: schema, techniques, subTechniques, supportingEvidence, ...properties } = alert.properties;
  const newer = { version: schema, techniques, subTechniques, supportingEvidence };
  return {
    ...alert,
    properties: {
      ...properties,
      ...(version === NEWEST && newer),
      alertUri: new URL(properties.alertUri, `${origin}/`).href,
    },
  };
}
