import { z } from 'zod';
import { CONTACT_ROLES, CONTACT_SEVERITIES, type SecurityContact } from '../../model/security-contact.ts';

/** The newest first. */
export const CONTACT_VERSIONS = ['2023-12-01-preview', '2020-01-01-preview', '2017-08-01-preview'] as const;

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
const byRole = z.looseObject({ state: onOff, roles: z.array(z.enum(CONTACT_ROLES)).max(10).default([]) });
const alertState = z.looseObject({ state: onOff, minimalSeverity: z.enum(CONTACT_SEVERITIES).optional() });
const source = z.looseObject({
  sourceType: z.enum(['Alert', 'AttackPath']),
  minimalSeverity: z.enum(CONTACT_SEVERITIES).optional(),
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
  before: SecurityContact | undefined,
  given: z.output<typeof contactBody>['properties'],
): SecurityContact {
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
export function projectContact(contact: SecurityContact, version: string): Record<string, unknown> {
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
