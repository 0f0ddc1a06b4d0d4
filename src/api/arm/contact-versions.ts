import { z } from 'zod';

/** Kind of the records in the store. */
export const CONTACT_KIND = 'securityContacts';
/** The newest first. */
export const CONTACT_VERSIONS = ['2023-12-01-preview', '2020-01-01-preview', '2017-08-01-preview'] as const;

const SEVERITIES = ['Low', 'Medium', 'High'] as const;
const ROLES = ['AccountAdmin', 'ServiceAdmin', 'Owner', 'Contributor'] as const;

/** What all versions say, once. */
export interface Contact {
  name: string;
  emails: readonly string[];
  phone: string;
  /** Whether alerts are told at all, and from which severity on. */
  isEnabled: boolean;
  minimalSeverity: (typeof SEVERITIES)[number];
  /** Whether people of these roles are told, too. */
  tellsRoles: boolean;
  roles: readonly (typeof ROLES)[number][];
  /** Of the attack paths that only Azure knows; kept for its clients. */
  minimalRiskLevel?: string;
}

/** azure-cli sends `on` and `off`. */
const onOff = z
  .string()
  .regex(/^(?:on|off)$/i, 'must be On or Off')
  .transform((text) => text.toLowerCase() === 'on');
const addresses = z
  .string()
  .max(5000)
  .refine(
    (text) => splitAddresses(text).every((it) => /^[^\s@;]+@[^\s@;]+$/.test(it)),
    'must be e-mail addresses with ; between',
  );
const byRole = z.looseObject({ state: onOff, roles: z.array(z.enum(ROLES)).max(10).default([]) });
const alertState = z.looseObject({ state: onOff, minimalSeverity: z.enum(SEVERITIES).optional() });
const source = z.looseObject({
  sourceType: z.enum(['Alert', 'AttackPath']),
  minimalSeverity: z.enum(SEVERITIES).optional(),
  minimalRiskLevel: z.enum(['Critical', 'High', 'Medium', 'Low']).optional(),
});

/** A body of any version: their members have different names or shapes. */
export const contactBody = z.looseObject({
  properties: z.looseObject({
    email: addresses.optional(),
    emails: addresses.optional(),
    phone: z.string().max(100).optional(),
    isEnabled: z.boolean().optional(),
    alertNotifications: z.union([onOff, alertState]).optional(),
    alertsToAdmins: onOff.optional(),
    notificationsByRole: byRole.optional(),
    notificationsSources: z.array(source).max(10).optional(),
  }),
});

/** The record after a body of any version: without one before, members that are absent get their defaults. */
export function mergeContact(
  name: string,
  before: Contact | undefined,
  given: z.output<typeof contactBody>['properties'],
): Contact {
  const { alertNotifications: told, notificationsByRole, notificationsSources, alertsToAdmins } = given;
  const alertSource = notificationsSources?.find(({ sourceType }) => sourceType === 'Alert');
  const path = notificationsSources?.find(({ sourceType }) => sourceType === 'AttackPath');
  const state = typeof told === 'boolean' ? told : told?.state;
  const severity = typeof told === 'object' ? told.minimalSeverity : alertSource?.minimalSeverity;
  const emails = given.emails ?? given.email;
  const riskLevel = path?.minimalRiskLevel ?? before?.minimalRiskLevel;
  return {
    name: before?.name ?? name,
    emails: emails === undefined ? (before?.emails ?? []) : splitAddresses(emails),
    phone: given.phone ?? before?.phone ?? '',
    isEnabled: given.isEnabled ?? state ?? before?.isEnabled ?? true,
    minimalSeverity: severity ?? before?.minimalSeverity ?? 'Low',
    tellsRoles: notificationsByRole?.state ?? alertsToAdmins ?? before?.tellsRoles ?? false,
    roles: notificationsByRole?.roles ?? before?.roles ?? ['Owner'],
    ...(riskLevel !== undefined && { minimalRiskLevel: riskLevel }),
  };
}

/** The record in the words of a version. */
export function projectContact(contact: Contact, version: string): Record<string, unknown> {
  const { emails, phone, isEnabled, minimalSeverity, tellsRoles, roles, minimalRiskLevel } = contact;
  const all = emails.join(';');
  if (version === '2017-08-01-preview') {
    return { email: all, phone, alertNotifications: word(isEnabled), alertsToAdmins: word(tellsRoles) };
  }
  const common = { emails: all, phone, notificationsByRole: { state: word(tellsRoles), roles } };
  if (version === '2020-01-01-preview') {
    return { ...common, alertNotifications: { state: word(isEnabled), minimalSeverity } };
  }
  const paths = minimalRiskLevel === undefined ? [] : [{ sourceType: 'AttackPath', minimalRiskLevel }];
  return { ...common, isEnabled, notificationsSources: [{ sourceType: 'Alert', minimalSeverity }, ...paths] };
}

function word(isOn: boolean): 'On' | 'Off' {
  return isOn ? 'On' : 'Off';
}

function splitAddresses(text: string): string[] {
  return text
    .split(/[;,]/)
    .map((it) => it.trim())
    .filter((it) => it !== '');
}
