import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { addApplication, addSecret, removeSecret } from '../../identity/applications.ts';
import { ROLES } from '../../identity/role.ts';
import { assignRole } from '../../identity/users.ts';
import type { RoleAssignment, ServicePrincipal } from '../../store/identity-store.ts';
import { principalOf } from '../access.ts';
import { notFound } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { isoTime, problem, problems, time } from './schemas.ts';
import { rolesShape } from './users.ts';

const DAY_MS = 24 * 3_600_000;
const shape = z
  .object({
    clientId: z.string().describe('`-u` of `az login --service-principal`.'),
    tenantId: z.string(),
    name: z.string(),
    disabled: z.boolean(),
    createdTime: time,
    lastUsedTime: time.optional(),
    secrets: z.array(z.object({ id: z.string(), hint: z.string(), createdTime: time, expiresTime: time })),
    roles: z.array(z.object({ role: z.enum(ROLES), scope: z.string() })),
  })
  .meta({ id: 'ServicePrincipal' });
const secret = z.string().describe('Told once, here.');
const expiresInDays = z.int().min(1).max(730).default(180);
const params = z.object({ clientId: z.string().min(1).max(100) });
const config = { access: { role: 'Owner' } } as const;

/** Who signs in as a program: Azure's clients, and scripts of one's own. */
export function servicePrincipalRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { servicePrincipals, roles } = context.store.identity;
  const tags = ['Service principals'];

  app.get(
    '/service-principals',
    {
      config,
      schema: {
        tags,
        summary: 'List service principals',
        response: { 200: z.object({ items: z.array(shape) }), ...problems },
      },
    },
    async () => {
      const [all, assignments] = await Promise.all([servicePrincipals.list(), roles.list()]);
      return { items: all.map((it) => describe(it, assignments)) };
    },
  );

  app.post(
    '/service-principals',
    {
      config,
      schema: {
        tags,
        summary: 'Add a service principal',
        body: z.strictObject({ name: z.string().min(1).max(200), roles: rolesShape.default([]), expiresInDays }),
        response: { 201: shape.extend({ secret }), ...problems },
      },
    },
    async (request, reply) => {
      const { name, roles: given, expiresInDays: days } = request.body;
      const added = await addApplication(context.identity, name, context.clock() + days * DAY_MS);
      const { appId } = added.application;
      for (const { role, scope } of given) {
        await assignRole(
          context.identity,
          { id: appId, kind: 'servicePrincipal' },
          { role, scope, by: principalOf(request).name },
        );
      }
      await audit(context, request, { action: 'applications.add', target: appId, detail: { name, roles: given } });
      return reply.code(201).send({ ...describe(added.application, await roles.list()), secret: added.secret });
    },
  );

  app.delete(
    '/service-principals/:clientId',
    {
      config,
      schema: {
        tags,
        summary: 'Remove a service principal',
        params,
        response: { 204: z.undefined(), ...problems, 404: problem },
      },
    },
    async (request, reply) => {
      const { appId } = await requireApplication(context, request.params.clientId);
      await servicePrincipals.remove(appId);
      await audit(context, request, { action: 'applications.remove', target: appId });
      return reply.code(204).send();
    },
  );

  app.post(
    '/service-principals/:clientId/secrets',
    {
      config,
      schema: {
        tags,
        summary: 'Add a secret, so that an older one can be replaced',
        params,
        body: z.strictObject({ expiresInDays }),
        response: { 201: z.object({ id: z.string(), secret }), ...problems, 404: problem },
      },
    },
    async (request, reply) => {
      const application = await requireApplication(context, request.params.clientId);
      const added = await addSecret(
        context.identity,
        application,
        context.clock() + request.body.expiresInDays * DAY_MS,
      );
      await audit(context, request, {
        action: 'applications.add-secret',
        target: application.appId,
        detail: { id: added.secretId },
      });
      return reply.code(201).send({ id: added.secretId, secret: added.secret });
    },
  );

  app.delete(
    '/service-principals/:clientId/secrets/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Remove a secret, and every access token that was got with it',
        params: params.extend({ id: z.string().min(1).max(100) }),
        response: { 204: z.undefined(), ...problems, 404: problem },
      },
    },
    async (request, reply) => {
      const application = await requireApplication(context, request.params.clientId);
      if (!(await removeSecret(context.identity, application, request.params.id))) {
        throw notFound(`There is no secret ${request.params.id}.`);
      }
      await audit(context, request, {
        action: 'applications.remove-secret',
        target: application.appId,
        detail: { id: request.params.id },
      });
      return reply.code(204).send();
    },
  );
}

async function requireApplication({ store }: ApiContext, clientId: string): Promise<ServicePrincipal> {
  const application = await store.identity.servicePrincipals.get(clientId.toLowerCase());
  if (application === undefined) {
    throw notFound(`There is no service principal ${clientId}.`);
  }
  return application;
}

function describe(application: ServicePrincipal, assignments: readonly RoleAssignment[]): z.output<typeof shape> {
  const { appId, tenantId, displayName, disabled, createdTime, lastUsedTime, secrets } = application;
  return {
    clientId: appId,
    tenantId,
    name: displayName,
    disabled,
    createdTime: isoTime(createdTime),
    ...(lastUsedTime !== undefined && { lastUsedTime: isoTime(lastUsedTime) }),
    secrets: secrets.map((it) => ({
      id: it.id,
      hint: it.hint,
      createdTime: isoTime(it.createdTime),
      expiresTime: isoTime(it.expiresTime),
    })),
    roles: assignments.filter(({ principalId }) => principalId === appId).map(({ role, scope }) => ({ role, scope })),
  };
}
