import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Browsers take a `__Host-` cookie only over TLS, from this very host, for all of its paths. Plain HTTP is served to
 * this machine alone, where no such promise can be made.
 */
function cookieName(request: FastifyRequest): string {
  return request.protocol === 'https' ? '__Host-vedette' : 'vedette';
}

export function sessionSecret(request: FastifyRequest): string | undefined {
  const value = request.cookies[cookieName(request)];
  return value === '' ? undefined : value;
}

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, secret: string): void {
  void reply.setCookie(cookieName(request), secret, options(request));
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  void reply.clearCookie(cookieName(request), options(request));
}

function options(request: FastifyRequest) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' } as const;
}
