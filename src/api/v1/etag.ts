import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Precondition } from '../../store/change.ts';

/** Sends the ETag; true where the client has this state already (the answer is then 304, without a body). */
export function isFresh(request: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  reply.header('etag', `"${etag}"`);
  const known = request.headers['if-none-match'];
  return known?.split(',').some((it) => unquoted(it) === etag || it.trim() === '*') === true;
}

/** What a change is guarded by, if the client cares. The empty tag is that of what is not there yet. */
export function preconditionOf(headers: { 'if-match'?: string | undefined }): Precondition {
  const given = headers['if-match'];
  if (given === undefined) {
    return {};
  }
  const etag = unquoted(given);
  return etag === '' ? { ifNoneMatch: '*' } : { ifMatch: etag };
}

/** `W/"x"`, `"x"` and `x` are the same to us. */
function unquoted(text: string): string {
  return text
    .trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/, '$1');
}
