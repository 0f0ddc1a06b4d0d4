import type { FastifyRequest } from 'fastify';
import { accessTokenPrincipal } from '../identity/applications.ts';
import type { Identity } from '../identity/identity.ts';
import { LOCAL_OWNER, type Principal, userPrincipal } from '../identity/principal.ts';
import { sameSecret } from '../identity/secret.ts';
import { readSession } from '../identity/sessions.ts';
import { looksLikeApiToken, tokenPrincipal } from '../identity/tokens.ts';
import { type Authenticate, unauthenticated } from './access.ts';
import { ApiError } from './api-error.ts';
import { isLocalSocket } from './local-socket.ts';
import { sessionSecret } from './session-cookie.ts';

/** Header that proves that a page of ours made the request: the value is what `/api/v1/me` tells. */
export const CSRF_HEADER = 'x-csrf-token';

/** A bearer token (one of ours for scripts, or one for Azure's clients), else the cookie of a session. */
export function authenticator(identity: Identity): Authenticate {
  return async (request) => {
    const [, bearer] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (bearer !== undefined) {
      return bearerPrincipal(identity, bearer);
    }
    if (request.headers.authorization !== undefined) {
      throw unauthenticated('Only bearer tokens are understood here.', 'InvalidAuthenticationToken');
    }
    const secret = sessionSecret(request);
    return secret === undefined ? localPrincipal(request) : sessionPrincipal(identity, secret, request);
  };
}

async function bearerPrincipal(identity: Identity, bearer: string): Promise<Principal> {
  if (looksLikeApiToken(bearer)) {
    const principal = await tokenPrincipal(identity, bearer);
    if (principal === undefined) {
      throw unauthenticated('The API token is unknown, expired or revoked.', 'InvalidAuthenticationToken');
    }
    return principal;
  }
  const principal = await accessTokenPrincipal(identity, bearer);
  if ('problem' in principal) {
    throw principal.problem === 'expired'
      ? unauthenticated('The access token expired.', 'ExpiredAuthenticationToken')
      : unauthenticated('The access token is invalid.', 'InvalidAuthenticationToken');
  }
  return principal;
}

async function sessionPrincipal(
  identity: Identity,
  secret: string,
  request: FastifyRequest,
): Promise<Principal | undefined> {
  const signedIn = await readSession(identity, secret);
  if (signedIn === undefined) {
    return undefined;
  }
  const proof = request.headers[CSRF_HEADER];
  if (
    changesState(request) &&
    !sameSecret(typeof proof === 'string' ? proof : '', signedIn.session.facts.csrf ?? ' ')
  ) {
    throw new ApiError(403, 'CsrfTokenInvalid', `Send the header ${CSRF_HEADER} with the value that /api/v1/me tells.`);
  }
  return userPrincipal(identity, signedIn.user);
}

function localPrincipal(request: FastifyRequest): Principal | undefined {
  return isLocalSocket(request.socket) ? LOCAL_OWNER : undefined;
}

/** Whether a request changes anything: none of ours does so with another method. */
export function changesState({ method }: FastifyRequest): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method);
}
