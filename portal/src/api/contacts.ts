import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { send } from './send.ts';

/** Of `Microsoft.Security/securityContacts`, as Azure's clients have it. */
export interface ContactProperties {
  emails: string;
  isEnabled: boolean;
  notificationsByRole: { state: 'On' | 'Off'; roles: string[] };
  notificationsSources: { sourceType: string; minimalSeverity?: string; minimalRiskLevel?: string }[];
}
export interface SubscriptionContact {
  subscriptionId: string;
  /** Absent: nobody is named yet. */
  contact?: ContactProperties;
}

const VERSION = 'api-version=2023-12-01-preview';

/** Who is told of the alerts of each subscription that somebody may see. */
export function useContacts() {
  return useQuery({
    queryKey: ['contacts'],
    queryFn: async ({ signal }) => {
      const { value } = await send<{ value: { subscriptionId: string }[] }>(
        'GET',
        '/subscriptions?api-version=2022-12-01',
        { signal },
      );
      return Promise.all(value.map(({ subscriptionId }) => contactOf(subscriptionId, signal)));
    },
  });
}

export function useSaveContact() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ subscriptionId, contact }: Required<SubscriptionContact>) =>
      send<unknown>('PUT', `${basePath(subscriptionId)}/default?${VERSION}`, { body: { properties: contact } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['contacts'] }),
  });
}

async function contactOf(subscriptionId: string, signal: AbortSignal): Promise<SubscriptionContact> {
  const { value } = await send<{ value: { properties: ContactProperties }[] }>(
    'GET',
    `${basePath(subscriptionId)}?${VERSION}`,
    { signal },
  );
  const contact = value[0]?.properties;
  return { subscriptionId, ...(contact !== undefined && { contact }) };
}

function basePath(subscriptionId: string): string {
  return `/subscriptions/${encodeURIComponent(subscriptionId)}/providers/Microsoft.Security/securityContacts`;
}
