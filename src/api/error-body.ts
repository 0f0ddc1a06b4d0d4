import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { isStoreError, type StoreError } from '../store/store-error.ts';
import { ApiError } from './api-error.ts';

/** How a route tells a failure: RFC 9457, Azure Resource Manager's, or RFC 6749's. */
export type ErrorShape = 'problem' | 'azure' | 'oauth';

/** Answers with the failure in the shape of the route; what is ours to mend is logged and not told. */
export function sendError(
  error: FastifyError | ApiError | StoreError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const known = toApiError(error, request);
  if (known.status >= 500) {
    request.log.error({ err: error }, 'request failed');
  } else {
    request.log.info({ code: known.code, status: known.status }, known.message);
  }
  const shape = request.routeOptions.config.errors ?? shapeOfPath(request.url);
  const type = shape === 'problem' ? 'application/problem+json' : 'application/json';
  reply
    .code(known.status)
    .headers(known.headers)
    .type(`${type}; charset=utf-8`)
    .serializer(JSON.stringify)
    .send(errorBody(shape, known, request.id));
}

/** The body of a failure. `id` is found in the log. */
export function errorBody(shape: ErrorShape, error: ApiError, id: string): Record<string, unknown> {
  const { status, code, message } = error;
  switch (shape) {
    case 'problem':
      return { type: `urn:vedette:problem:${code}`, title: titleOf(code), status, code, detail: message, id };
    case 'azure':
      return { error: { code, message, details: [], additionalInfo: [{ type: 'RequestId', info: { id } }] } };
    case 'oauth':
      return { error: code, error_description: message, trace_id: id, correlation_id: id };
  }
}

/** Paths that no route answers: everything outside our own interface is Azure's. */
function shapeOfPath(url: string): ErrorShape {
  return /^\/+(?:subscriptions|providers|tenants)\b/i.test(url) ? 'azure' : 'problem';
}

/** `InvalidRequest` reads `Invalid request`. */
function titleOf(code: string): string {
  return code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function toApiError(error: unknown, request: FastifyRequest): ApiError {
  if (error instanceof ApiError) {
    return error;
  }
  return isStoreError(error) ? fromStore(error, request) : fromFramework(error as FastifyError);
}

/** What the store refuses; what is its own trouble is ours. */
function fromStore({ code }: StoreError, { headers }: FastifyRequest): ApiError {
  switch (code) {
    case 'conflict':
      return headers['if-match'] === undefined && headers['if-none-match'] === undefined
        ? new ApiError(409, 'Conflict', 'There is one already, or somebody else changed it at the same time.')
        : new ApiError(412, 'PreconditionFailed', 'Somebody else changed it in the meantime; read it again.');
    case 'not-found':
      return new ApiError(404, 'ResourceNotFound', 'There is no such thing, or no longer.');
    case 'bad-cursor':
      return new ApiError(400, 'InvalidCursor', 'The cursor is not one of ours; begin the list again.');
    case 'unavailable':
      return new ApiError(503, 'ServiceUnavailable', 'The store does not answer; try again.', { 'retry-after': '5' });
    case 'stale-epoch':
    case 'broken':
      return new ApiError(500, 'InternalServerError', OUR_FAULT);
  }
}

function fromFramework(error: FastifyError): ApiError {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [first] = error.validation;
    const where = [error.validationContext ?? 'request', ...pathOf(first?.instancePath)].join('.');
    return new ApiError(400, 'InvalidRequest', `${where}: ${first?.message ?? 'is not valid'}`);
  }
  const status = error.statusCode ?? 500;
  if (status === 429) {
    return new ApiError(429, 'TooManyRequests', 'Too many requests; wait as long as the header Retry-After says.');
  }
  return status < 500
    ? new ApiError(status, CODES[status] ?? 'BadRequest', error.message)
    : new ApiError(500, 'InternalServerError', OUR_FAULT);
}

const OUR_FAULT = 'Something went wrong here; the id is found in the log of the server.';

const CODES: Readonly<Record<number, string>> = {
  404: 'NotFound',
  405: 'MethodNotAllowed',
  408: 'RequestTimeout',
  413: 'RequestTooLarge',
  414: 'UriTooLong',
  415: 'UnsupportedMediaType',
};

/** JSON pointer to its parts. */
function pathOf(pointer: string | undefined): string[] {
  return (pointer ?? '').split('/').filter((part) => part !== '');
}
