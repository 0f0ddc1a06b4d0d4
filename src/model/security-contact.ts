/** Kind of the records in the store. */
export const CONTACT_KIND = 'securityContacts';
export const CONTACT_SEVERITIES = ['Low', 'Medium', 'High'] as const;
export const CONTACT_ROLES = ['AccountAdmin', 'ServiceAdmin', 'Owner', 'Contributor'] as const;

/** Who is told of alerts of a subscription: what all api-versions of `Microsoft.Security/securityContacts` say, once. */
export interface SecurityContact {
  name: string;
  emails: readonly string[];
  phone: string;
  /** Whether alerts are told at all, and from which severity on. */
  isEnabled: boolean;
  minimalSeverity: (typeof CONTACT_SEVERITIES)[number];
  /** Whether people of these roles are told, too. */
  tellsRoles: boolean;
  roles: readonly (typeof CONTACT_ROLES)[number][];
  /** Of the attack paths that only Azure knows; kept for its clients. */
  minimalRiskLevel?: string;
}
