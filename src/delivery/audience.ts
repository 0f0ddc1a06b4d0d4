import type { ProtectionSettings } from '../model/protection-settings.ts';
import { isWithin, scopeKey } from '../model/scope.ts';
import { CONTACT_KIND, type SecurityContact } from '../model/security-contact.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import { effectiveSettings } from '../protection/effective-settings.ts';
import type { RoleAssignment } from '../store/identity-store.ts';
import type { Store } from '../store/store.ts';

/** Somebody who is mailed because of who they are. */
export interface Person {
  /** Lower-cased. */
  address: string;
  minimalSeverity: Severity;
}

/** Who is to be told of alerts of one resource, beside the channels. */
export interface Audience {
  tags: Readonly<Record<string, string>>;
  people: readonly Person[];
}

/** What people change holds after so long at the latest, milliseconds: a burst of alerts asks once. */
const KEPT_MS = 2000;
const MOST_KEPT = 10_000;
/** Contacts of one subscription. */
const MOST_CONTACTS = 100;
/** Our roles for Azure's: the classic administrators are owners today. */
const ROLES_OF = {
  Owner: ['Owner'],
  AccountAdmin: ['Owner'],
  ServiceAdmin: ['Owner'],
  Contributor: ['Owner', 'Security Admin'],
} as const satisfies Record<SecurityContact['roles'][number], readonly RoleAssignment['role'][]>;

/**
 * The audience of a resource as people configured it: its recipients, its owners, the contacts of its subscription.
 *
 * @param declared what the file says of a resource
 */
export function createAudience(
  store: Store,
  declared: (resourceKey: string) => ProtectionSettings | undefined,
  clock: () => number,
): (resourceKey: string) => Promise<Audience> {
  const kept = new Map<string, { until: number; audience: Promise<Audience> }>();
  return (resourceKey) => {
    const now = clock();
    const known = kept.get(resourceKey);
    if (known !== undefined && now < known.until) {
      return known.audience;
    }
    if (kept.size > MOST_KEPT) {
      kept.clear();
    }
    const audience = readAudience(store, resourceKey, declared(resourceKey));
    kept.set(resourceKey, { until: now + KEPT_MS, audience });
    audience.catch(() => kept.delete(resourceKey));
    return audience;
  };
}

async function readAudience(
  store: Store,
  resourceKey: string,
  declared: ProtectionSettings | undefined,
): Promise<Audience> {
  const row = await store.resources.get(resourceKey);
  const people = new Map<string, Severity>();
  const add = (addresses: readonly string[], minimalSeverity: Severity) => {
    for (const address of addresses.map((it) => it.trim().toLowerCase()).filter((it) => it !== '')) {
      const before = people.get(address) ?? 'High';
      people.set(address, rankOf(minimalSeverity) < rankOf(before) ? minimalSeverity : before);
    }
  };
  if (row !== undefined) {
    const [overrides, policies] = await Promise.all([store.settings.overrides(), store.settings.policies()]);
    const { settings } = effectiveSettings(row, { overrides, policies, ...(declared && { declared }) });
    add(settings.recipients ?? [], 'Low');
    add(settings.emailAccountAdmins === true ? await addressesOf(store, resourceKey, ['Owner']) : [], 'Low');
  }
  for (const contact of await contactsOf(store, resourceKey)) {
    const roles = contact.tellsRoles ? contact.roles.flatMap((role) => ROLES_OF[role]) : [];
    add([...contact.emails, ...(await addressesOf(store, resourceKey, roles))], contact.minimalSeverity);
  }
  return {
    tags: row?.tags ?? {},
    people: [...people].map(([address, minimalSeverity]) => ({ address, minimalSeverity })),
  };
}

async function contactsOf({ documents }: Store, resourceKey: string): Promise<SecurityContact[]> {
  const [subscription] = /^\/subscriptions\/[^/]+/.exec(resourceKey) ?? [];
  if (subscription === undefined) {
    return [];
  }
  const { items } = await documents.list(CONTACT_KIND, subscription, { limit: MOST_CONTACTS });
  return items.map(({ body }) => body as SecurityContact).filter(({ isEnabled }) => isEnabled);
}

/** Addresses of the users who have one of the roles on the resource, or on something that holds it. */
async function addressesOf(
  { identity }: Store,
  resourceKey: string,
  roles: readonly RoleAssignment['role'][],
): Promise<string[]> {
  if (roles.length === 0) {
    return [];
  }
  const [users, assignments] = await Promise.all([identity.users.list(), identity.roles.list()]);
  const entitled = new Set(
    assignments
      .filter(({ role, scope }) => roles.includes(role) && isWithin(resourceKey, scopeKey(scope)))
      .map(({ principalId }) => principalId),
  );
  return users
    .filter(({ id, disabled }) => !disabled && entitled.has(id))
    .flatMap(({ email, name }) => email ?? (name.includes('@') ? name : []));
}

function rankOf(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
