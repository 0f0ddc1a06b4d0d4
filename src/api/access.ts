import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import type { Principal } from '../identity/principal.ts';
import { allows, allowsWithin, type Role } from '../identity/role.ts';
import { ROOT_SCOPE } from '../model/scope.ts';
import { ApiError } from './api-error.ts';
import type { ErrorShape } from './error-body.ts';

/**
 * Who may call a route. `within`: the role on the scope or on something below it; the handler shows no more than that.
 * A route without a declaration is refused at start.
 */
export type Access =
  | { open: 'sign-in' | 'discovery' | 'documentation' | 'health' | 'portal' | 'ingest' }
  | { role: Role; scope?: (request: FastifyRequest) => string; within?: true };

declare module 'fastify' {
  interface FastifyContextConfig {
    access: Access;
    /** Default: told from the path. */
    errors?: ErrorShape;
  }
  interface FastifyInstance {
    /** Every route that was added since the app is guarded. */
    routeTable: readonly RouteOptions[];
  }
  interface FastifyRequest {
    /** Who asks; null on routes that are open to all, and before it is known. */
    principal: Principal | null;
  }
}

/** Finds out who asks; undefined: nobody that we know. Throws an `ApiError` where the proof is wrong. */
export type Authenticate = (request: FastifyRequest) => Promise<Principal | undefined>;

/** Every route of the app has a declared role, and is closed to everybody else. */
export function guardRoutes(app: FastifyInstance, authenticate: Authenticate): void {
  app.decorateRequest('principal', null);
  const routes: RouteOptions[] = [];
  app.decorate('routeTable', routes);
  app.addHook('onRoute', (route) => {
    routes.push(route);
  });
  app.addHook('onReady', async () => {
    const undeclared = routes.filter(({ config }) => config?.access === undefined);
    if (undeclared.length > 0) {
      throw new Error(`routes declare no access: ${undeclared.map(({ url }) => url).join(', ')}`);
    }
  });
  app.addHook('onRequest', async (request) => {
    const access = request.is404 ? undefined : request.routeOptions.config.access;
    if (access === undefined || 'open' in access) {
      return;
    }
    const principal = await authenticate(request);
    if (principal === undefined) {
      throw unauthenticated('Sign in first: send a bearer token, or the cookie of a session.');
    }
    request.principal = principal;
    requireRole(principal, access, access.scope?.(request) ?? ROOT_SCOPE);
  });
}

/** Throws unless whoever asks has the role on the scope. */
export function authorize(request: FastifyRequest, role: Role, scope: string): void {
  requireRole(principalOf(request), { role }, scope);
}

/** Whether whoever asks has the role on the scope. */
export function isAllowed(request: FastifyRequest, role: Role, scope: string): boolean {
  return allows(principalOf(request).assignments, role, scope);
}

/** Who asks, on a route that is not open. */
export function principalOf({ principal }: FastifyRequest): Principal {
  if (principal === null) {
    throw unauthenticated('Sign in first.');
  }
  return principal;
}

export function unauthenticated(message: string, code = 'Unauthorized'): ApiError {
  return new ApiError(401, code, message, { 'www-authenticate': 'Bearer' });
}

function requireRole(principal: Principal, { role, within }: { role: Role; within?: true }, scope: string): void {
  const isEnough = within === true ? allowsWithin : allows;
  if (!isEnough(principal.assignments, role, scope)) {
    throw new ApiError(
      403,
      'AuthorizationFailed',
      `${principal.name} has not the role ${role} on ${scope}; an Owner can give it.`,
    );
  }
}
