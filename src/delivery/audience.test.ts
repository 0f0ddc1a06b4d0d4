import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CONTACT_KIND, type SecurityContact } from '../model/security-contact.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { aResource, START, temporaryDirectory } from '../store/testkit.ts';
import { createAudience } from './audience.ts';

const directory = temporaryDirectory();
const resource = aResource('orders');
const subscription = resource.key.split('/').slice(0, 3).join('/');

let store: Store;
let now = START;

beforeAll(async () => {
  store = await openStore(`sqlite:${directory}/audience.db`);
  await store.resources.put({ resource, origin: 'configured', tags: { team: 'payments' }, time: START });
  await addUser('olga', 'Owner', '/');
  await addUser('sam', 'Security Admin', subscription);
  await addUser('rita', 'Security Reader', '/');
  await addUser('otto', 'Owner', `${subscription}/resourcegroups/other`);
});
afterAll(() => store.close());
beforeEach(() => {
  now += 60_000;
});

async function addUser(name: string, role: 'Owner' | 'Security Admin' | 'Security Reader', scope: string) {
  const user = { displayName: name, email: `${name}@example.com`, disabled: false, failedAttempts: 0 };
  await store.identity.users.put({ id: name, name, createdTime: START, ...user });
  const given = { id: name, principalId: name, principalKind: 'user', role, scope } as const;
  await store.identity.roles.assign({ ...given, createdTime: START, createdBy: 'test' });
}

async function putContact(contact: Partial<SecurityContact>): Promise<void> {
  const body: SecurityContact = {
    name: 'default',
    emails: [],
    phone: '',
    isEnabled: true,
    minimalSeverity: 'High',
    tellsRoles: false,
    roles: ['Owner'],
    ...contact,
  };
  const scope = `${subscription}/providers/microsoft.security/securitycontacts/default`;
  await store.documents.put({ kind: CONTACT_KIND, scope, body, time: now });
}

const audience = (declared = {}) =>
  createAudience(
    store,
    () => declared,
    () => now,
  )(resource.key);

describe('the audience of a resource', () => {
  it('has its tags, and nobody while nobody is named', async () => {
    expect(await audience()).toEqual({ tags: { team: 'payments' }, people: [] });
  });

  it('has its recipients, by file or by what people set, and its owners where that is wanted', async () => {
    expect((await audience({ recipients: ['Dba@example.com'] })).people).toEqual([
      { address: 'dba@example.com', minimalSeverity: 'Low' },
    ]);
    const settings = { recipients: ['night@example.com'], emailAccountAdmins: true };
    await store.settings.putOverride({ scope: resource.key, settings, changedBy: 'test', changedTime: now });

    expect((await audience({ recipients: ['dba@example.com'] })).people.map(({ address }) => address)).toEqual([
      'night@example.com',
      'olga@example.com',
    ]);
    await store.settings.removeOverride(resource.key);
  });

  it('has the contacts of its subscription, from their severity on, and the people of their roles', async () => {
    await putContact({ emails: ['soc@example.com'], tellsRoles: true, roles: ['Contributor'] });

    expect((await audience({ recipients: ['soc@example.com'] })).people).toEqual([
      { address: 'soc@example.com', minimalSeverity: 'Low' },
      { address: 'olga@example.com', minimalSeverity: 'High' },
      { address: 'sam@example.com', minimalSeverity: 'High' },
    ]);
  });

  it('has no contact that is switched off', async () => {
    await putContact({ emails: ['soc@example.com'], isEnabled: false });

    expect((await audience()).people).toEqual([]);
  });

  it('changes within seconds for whoever asks again', async () => {
    const ask = createAudience(
      store,
      () => undefined,
      () => now,
    );
    await putContact({ emails: ['a@example.com'] });
    expect((await ask(resource.key)).people).toHaveLength(1);
    await putContact({ emails: ['a@example.com', 'b@example.com'] });
    now += 2000;

    expect((await ask(resource.key)).people).toHaveLength(2);
  });
});
