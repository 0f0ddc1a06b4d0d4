import type { FastifyRequest } from 'fastify';
import type { ApiContext } from './context.ts';

/** What links in answers begin with: the public address, where there is one, else the one that was asked. */
export function originOf({ publicUrl }: ApiContext, request: FastifyRequest): string {
  return publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`;
}
