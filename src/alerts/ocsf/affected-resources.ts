import type { Alert } from '../../model/alert.ts';
import { LOCAL_SUBSCRIPTION } from '../../model/resource-id.ts';
import type { AlertResource } from '../alert-facts.ts';

/** Location of the alerts about what runs outside of Azure; there it says nothing. */
const LOCAL = 'local';

/** The protected database: OCSF's `resource_details`. */
export function affectedResources(alert: Alert, resource: AlertResource): Record<string, unknown>[] {
  return [
    {
      uid: resource.id,
      name: alert.properties.compromisedEntity,
      ...(resource.type !== undefined && { type: resource.type }),
      ...(resource.resourceGroup !== undefined && { group: { name: resource.resourceGroup } }),
      ...(isAzure(resource) && { provider: 'Azure', region: regionOf(alert) }),
      role_id: 1,
      role: 'Target',
    },
  ];
}

/** OCSF's `cloud`, for what has a subscription at Azure. */
export function cloudOf(alert: Alert, resource: AlertResource): Record<string, unknown> | undefined {
  if (!isAzure(resource)) {
    return undefined;
  }
  return {
    provider: 'Azure',
    region: regionOf(alert),
    account: { uid: resource.subscriptionId, type_id: 13, type: 'Azure Subscription' },
  };
}

function isAzure({ subscriptionId }: AlertResource): boolean {
  return subscriptionId !== undefined && subscriptionId !== LOCAL_SUBSCRIPTION;
}

/** `…/providers/Microsoft.Security/locations/{region}/alerts/{name}`. */
function regionOf({ id }: Alert): string | undefined {
  const region = /\/locations\/([^/]+)\/alerts\/[^/]+$/i.exec(id)?.[1];
  return region === LOCAL ? undefined : region;
}
