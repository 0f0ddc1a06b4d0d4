import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { passwordProblem } from '../../identity/password.ts';
import { ROLES } from '../../identity/role.ts';
import { addUser, assignRole, changePassword } from '../../identity/users.ts';
import type { RoleAssignment, User } from '../../store/identity-store.ts';
import { principalOf } from '../access.ts';
import { badRequest, conflict, notFound } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { isoTime, problem, problems, time } from './schemas.ts';
import { newPassword, userName } from './sign-in.ts';

export const scope = z
  .string()
  .max(500)
  .regex(/^\/(?:subscriptions\/[^/]+.*)?$/i, 'must be / or the id of a subscription, resource group or resource');
export const rolesShape = z.array(z.object({ role: z.enum(ROLES), scope })).max(100);

const userShape = z
  .object({
    id: z.string(),
    name: z.string(),
    displayName: z.string(),
    email: z.string().optional(),
    disabled: z.boolean(),
    isExternal: z.boolean().describe('Signs in through an OpenID provider.'),
    createdTime: time,
    lastSignInTime: time.optional(),
    roles: z.array(z.object({ role: z.enum(ROLES), scope: z.string() })),
  })
  .meta({ id: 'User' });
const params = z.object({ id: z.string().min(1).max(100) });
const config = { access: { role: 'Owner' } } as const;

/** People, and what they may do. Owners of everything decide that. */
export function userRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { users, roles } = context.store.identity;

  app.get(
    '/users',
    {
      config,
      schema: {
        tags: ['Users'],
        summary: 'List users',
        response: { 200: z.object({ items: z.array(userShape) }), ...problems },
      },
    },
    async () => {
      const [all, assignments] = await Promise.all([users.list(), roles.list()]);
      return { items: all.map((user) => describe(user, assignments)) };
    },
  );

  app.post(
    '/users',
    {
      config,
      schema: {
        tags: ['Users'],
        summary: 'Add a user',
        body: z.strictObject({
          name: userName,
          displayName: z.string().min(1).max(200).exactOptional(),
          email: z.email().max(254).exactOptional(),
          password: newPassword.exactOptional(),
          roles: rolesShape.default([]),
        }),
        response: { 201: userShape, ...problems, 409: problem },
      },
    },
    async (request, reply) => {
      const { roles: given, ...wanted } = request.body;
      refuseWeak(wanted.password, wanted.name);
      const user = await addUser(context.identity, wanted);
      for (const { role, scope: on } of given) {
        await assignRole(
          context.identity,
          { id: user.id, kind: 'user' },
          { role, scope: on, by: principalOf(request).name },
        );
      }
      await audit(context, request, {
        action: 'users.add',
        target: user.id,
        detail: { name: user.name, roles: given },
      });
      return reply.code(201).send(describe(user, await roles.list()));
    },
  );

  app.patch(
    '/users/:id',
    {
      config,
      schema: {
        tags: ['Users'],
        summary: 'Change a user: roles, password, disabled',
        params,
        body: z.strictObject({
          disabled: z.boolean().exactOptional(),
          password: newPassword.exactOptional(),
          roles: rolesShape.exactOptional(),
        }),
        response: { 200: userShape, ...problems, 404: problem, 409: problem },
      },
    },
    async (request) => {
      const user = await requireUser(context, request.params.id);
      const { disabled, password: next, roles: wanted } = request.body;
      refuseWeak(next, user.name);
      const losesPower = disabled === true || (wanted !== undefined && !wanted.some(isOwnerOfAll));
      if (losesPower) {
        await keepOneOwner(context, user.id);
      }
      if (wanted !== undefined) {
        await replaceRoles(context, user.id, wanted, principalOf(request).name);
      }
      if (disabled !== undefined) {
        const { etag, ...rest } = user;
        await users.put({ ...rest, disabled }, { ifMatch: etag });
        await context.store.identity.sessions.removeOf(user.id);
      }
      if (next !== undefined) {
        await changePassword(context.identity, await requireUser(context, user.id), next);
      }
      const detail = {
        ...(disabled !== undefined && { disabled }),
        ...(wanted && { roles: wanted }),
        password: next !== undefined,
      };
      await audit(context, request, { action: 'users.change', target: user.id, detail });
      return describe(await requireUser(context, user.id), await roles.list());
    },
  );

  app.delete(
    '/users/:id',
    {
      config,
      schema: {
        tags: ['Users'],
        summary: 'Remove a user',
        params,
        response: { 204: z.undefined(), ...problems, 404: problem, 409: problem },
      },
    },
    async (request, reply) => {
      const user = await requireUser(context, request.params.id);
      await keepOneOwner(context, user.id);
      await users.remove(user.id);
      await audit(context, request, { action: 'users.remove', target: user.id, detail: { name: user.name } });
      return reply.code(204).send();
    },
  );
}

async function requireUser({ store }: ApiContext, id: string): Promise<User> {
  const user = (await store.identity.users.get(id)) ?? (await store.identity.users.byName(id.toLowerCase()));
  if (user === undefined) {
    throw notFound(`There is no user ${id}.`);
  }
  return user;
}

async function replaceRoles(
  context: ApiContext,
  id: string,
  wanted: z.output<typeof rolesShape>,
  by: string,
): Promise<void> {
  const { roles } = context.store.identity;
  const before = await roles.of(id);
  for (const { role, scope: on } of wanted) {
    await assignRole(context.identity, { id, kind: 'user' }, { role, scope: on, by });
  }
  for (const old of before) {
    if (!wanted.some(({ role, scope: on }) => role === old.role && on.toLowerCase() === old.scope)) {
      await roles.remove(old.id);
    }
  }
}

/** Nobody locks everybody out. */
async function keepOneOwner({ store }: ApiContext, without: string): Promise<void> {
  const owners = (await store.identity.roles.list()).filter(isOwnerOfAll).map(({ principalId }) => principalId);
  if (owners.includes(without) && !owners.some((id) => id !== without)) {
    throw conflict('This is the last Owner; make somebody else an Owner first.');
  }
}

function isOwnerOfAll({ role, scope: on }: Pick<RoleAssignment, 'role' | 'scope'>): boolean {
  return role === 'Owner' && on === '/';
}

function refuseWeak(given: string | undefined, name: string): void {
  const weakness = given === undefined ? undefined : passwordProblem(given, name);
  if (weakness !== undefined) {
    throw badRequest(`The password ${weakness}.`, 'PasswordTooWeak');
  }
}

function describe(user: User, assignments: readonly RoleAssignment[]): z.output<typeof userShape> {
  const { id, name, displayName, email, disabled, issuer, createdTime, lastSignInTime } = user;
  return {
    id,
    name,
    displayName,
    ...(email !== undefined && { email }),
    disabled,
    isExternal: issuer !== undefined,
    createdTime: isoTime(createdTime),
    ...(lastSignInTime !== undefined && { lastSignInTime: isoTime(lastSignInTime) }),
    roles: assignments
      .filter(({ principalId }) => principalId === id)
      .map(({ role, scope: on }) => ({ role, scope: on })),
  };
}
