import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CONTACT_KIND, type SecurityContact } from '../../model/security-contact.ts';
import { allDocuments } from '../../store/all-documents.ts';
import { notFound } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { armRoute, PATH } from './arm-route.ts';
import { CONTACT_VERSIONS, contactBody, mergeContact, projectContact } from './contact-versions.ts';
import { listOfShape } from './page-link.ts';
import { inSubscription, SUBSCRIPTION_PATH } from './resource-paths.ts';

const TYPE = 'Microsoft.Security/securityContacts';
const BASE = `${SUBSCRIPTION_PATH}/providers/${TYPE}`;
const contact = z.object({
  id: z.string(),
  name: z.string(),
  type: z.literal(TYPE),
  properties: z.looseObject({}),
});

/** `Microsoft.Security/securityContacts`: who is told of alerts; one record, whatever version writes it. */
export function securityContactRoutes(app: FastifyInstance, context: ApiContext): void {
  const { documents } = context.store;
  const versions = CONTACT_VERSIONS;
  const one = { path: `${BASE}/:contactName`, params: { ...inSubscription, contactName: PATH.name } };
  armRoute(app, context, {
    id: 'SecurityContacts_List',
    method: 'GET',
    path: BASE,
    versions,
    role: 'Security Reader',
    params: inSubscription,
    answer: listOfShape(contact),
    run: async ({ params: { subscriptionId }, query }) => {
      const records = await allDocuments(context.store, CONTACT_KIND, `/subscriptions/${subscriptionId}`);
      return {
        value: records.map(({ body }) => project(subscriptionId, body as SecurityContact, query['api-version'])),
      };
    },
  });
  armRoute(app, context, {
    ...one,
    id: 'SecurityContacts_Get',
    method: 'GET',
    versions,
    role: 'Security Reader',
    answer: contact,
    run: async ({ params: { subscriptionId, contactName }, query }) => {
      const record = await documents.get(CONTACT_KIND, scopeOfContact(subscriptionId, contactName));
      if (record === undefined) {
        throw notFound(`There is no security contact '${contactName}'.`);
      }
      return project(subscriptionId, record.body as SecurityContact, query['api-version'], contactName);
    },
  });
  for (const [id, method] of [
    ['Create', 'PUT'],
    ['Update', 'PATCH'],
  ] as const) {
    armRoute(app, context, {
      ...one,
      id: `SecurityContacts_${id}`,
      method,
      versions: method === 'PATCH' ? versions.slice(-1) : versions,
      role: 'Security Admin',
      body: contactBody,
      answer: contact,
      run: async ({ request, params: { subscriptionId, contactName }, query, body }) => {
        const scope = scopeOfContact(subscriptionId, contactName);
        const before = method === 'PATCH' ? await documents.get(CONTACT_KIND, scope) : undefined;
        if (method === 'PATCH' && before === undefined) {
          throw notFound(`There is no security contact '${contactName}'.`);
        }
        const after = mergeContact(contactName, before?.body as SecurityContact | undefined, body.properties);
        await documents.put({ kind: CONTACT_KIND, scope, body: after, time: context.clock() });
        await audit(context, request, { action: 'contacts.change', target: scope, detail: after });
        return project(subscriptionId, after, query['api-version'], contactName);
      },
    });
  }
  armRoute(app, context, {
    ...one,
    id: 'SecurityContacts_Delete',
    method: 'DELETE',
    versions,
    role: 'Security Admin',
    status: 204,
    run: async ({ request, params: { subscriptionId, contactName } }) => {
      const scope = scopeOfContact(subscriptionId, contactName);
      if (await documents.remove(CONTACT_KIND, scope)) {
        await audit(context, request, { action: 'contacts.remove', target: scope });
      }
      return undefined;
    },
  });
}

function project(
  subscriptionId: string,
  record: SecurityContact,
  version: string,
  name = record.name,
): z.output<typeof contact> {
  return {
    id: `/subscriptions/${subscriptionId}/providers/${TYPE}/${name}`,
    name,
    type: TYPE,
    properties: projectContact(record, version),
  };
}

/** What old versions call `default1`, newer ones call `default`. */
function scopeOfContact(subscriptionId: string, name: string): string {
  const key = name.toLowerCase();
  return `/subscriptions/${subscriptionId}/providers/${TYPE}/${key === 'default1' ? 'default' : key}`.toLowerCase();
}
