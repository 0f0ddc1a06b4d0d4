import type {
  FastifyContextConfig,
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  FastifySchema,
} from 'fastify';
import { z } from 'zod';
import type { Journal } from '../../journal/journal.ts';
import { JournalError } from '../../journal/journal-error.ts';
import { openJournalInput, releaseJournal } from '../../journal/journal-input.ts';
import type { Intake } from '../intake.ts';
import type { Source } from '../source.ts';
import { createTally, type Tally } from '../tally.ts';
import { inflate, tooLarge } from './inflate.ts';
import { PushProblem } from './push-problem.ts';
import { createSeenKeys, type SeenKeys } from './seen-keys.ts';
import { toRecords } from './to-records.ts';

/** Bytes of a body as it comes over the network, and once it is unpacked. */
const MAX_BODY_BYTES = 16 << 20;
const MAX_INFLATED_BYTES = 64 << 20;
/** Bytes of all bodies that are being received: many senders at once must not fill the memory. */
const MAX_RECEIVING_BYTES = 256 << 20;
/** The engine releases what it has committed, at the latest every 10 s. */
const FULL_RETRY_S = 5;
const DISK_RETRY_S = 30;

/** For the document of the application. */
const SCHEMA = {
  tags: ['Ingest'],
  summary: 'Push records of a log',
  description: 'Lines, JSON or CloudEvents, as docs of http-push say; answered when all of it is on disk.',
  security: [{ ingest: [] }],
  consumes: ['application/x-ndjson', 'application/json', 'text/csv', 'text/plain'],
  body: z.string().meta({
    description: 'Whole records, one after the other; gzip and zstd are unpacked.',
    examples: [
      '{"timestamp":"2026-11-17 12:00:00.000 UTC","pid":1,"error_severity":"LOG","message":"checkpoint starting: time"}\n',
    ],
  }),
} as FastifySchema;
/** Whom pushes come from over the server's own socket, which has no address. */
const THIS_MACHINE = 'this machine';

/** Records that programs send by `POST /api/v1/ingest/{resource}`. */
export const httpPush: Source = { id: 'http-push', open: openJournalInput, release: releaseJournal };

/** What may be pushed to. */
export interface PushTarget {
  journal: Journal;
  /** Parser id of the input, or `auto`. */
  format: string;
}

export interface HttpPushOptions {
  /** The input of a resource (its name or id) or a stream, as the address names it; undefined where there is none. */
  targetOf(name: string): PushTarget | undefined;
  /** Whether a bearer token may push to that name; compares in constant time. */
  authorize(token: string, name: string): Promise<'yes' | 'unknown' | 'forbidden'>;
  /** What the application wants to know of the route. */
  routeConfig?: FastifyContextConfig;
  maxBodyBytes?: number;
  maxInflatedBytes?: number;
}

interface Ingest extends PushTarget {
  keys: SeenKeys;
  tally: Tally;
}

type PushRequest = FastifyRequest<{ Params: { resource: string } }>;

/**
 * Adds the route to an application, in a scope of its own: bodies stay bytes there. 2xx is said only when all of a body
 * is on disk.
 *
 * @returns the intake of each name that was pushed to
 */
export function registerHttpPush(
  app: FastifyInstance,
  options: HttpPushOptions,
): (name: string) => Pick<Intake, 'status'> | undefined {
  const { maxBodyBytes = MAX_BODY_BYTES, maxInflatedBytes = MAX_INFLATED_BYTES } = options;
  const ingests = new Map<Journal, Ingest>();
  let receivingBytes = 0;

  function ingestOf(name: string): Ingest {
    const target = options.targetOf(name);
    if (target === undefined) {
      throw new PushProblem(404, 'nothing is configured to take pushes under this name; add `push: {}` to its logs');
    }
    const ingest = ingests.get(target.journal) ?? {
      ...target,
      keys: createSeenKeys(target.journal),
      tally: createTally(),
    };
    ingests.set(target.journal, ingest);
    return ingest;
  }

  async function requireToken(request: PushRequest): Promise<void> {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const answer = token === undefined ? 'unknown' : await options.authorize(token, request.params.resource);
    if (answer === 'unknown') {
      throw new PushProblem(401, 'an ingest token is needed: send it as `Authorization: Bearer TOKEN`');
    }
    if (answer === 'forbidden') {
      throw new PushProblem(403, 'this token may not push to this name');
    }
  }

  async function reserveMemory(request: PushRequest, reply: FastifyReply): Promise<void> {
    const told = Number(request.headers['content-length'] ?? maxBodyBytes);
    const bytes = Math.min(Number.isNaN(told) ? maxBodyBytes : told, maxBodyBytes);
    if (receivingBytes + bytes > MAX_RECEIVING_BYTES) {
      throw new PushProblem(429, 'too many bodies are being received at once; send again later', 1);
    }
    receivingBytes += bytes;
    reply.raw.once('close', () => {
      receivingBytes -= bytes;
    });
  }

  async function ingest(request: PushRequest): Promise<{ records?: number; bytes: number; duplicate?: true }> {
    const { journal, format, keys, tally } = ingestOf(request.params.resource);
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    try {
      const key = request.headers['idempotency-key'];
      const plain = await inflate(
        body,
        request.headers['content-encoding']?.toLowerCase() ?? 'identity',
        maxInflatedBytes,
      );
      if (plain.length > maxInflatedBytes) {
        throw tooLarge(maxInflatedBytes);
      }
      const take = async (patch = {}) => {
        const { bytes, count } = toRecords(plain, request.headers['content-type'] ?? '', format);
        await journal.append(bytes, patch);
        tally.took(count, bytes.length);
        return { records: count, bytes: bytes.length };
      };
      if (typeof key !== 'string') {
        return await take();
      }
      let answer: Awaited<ReturnType<typeof take>> | undefined;
      await keys.once(key, plain, async (patch) => {
        answer = await take(patch);
      });
      return answer ?? { bytes: plain.length, duplicate: true };
    } catch (error) {
      const problem = problemOf(error);
      tally.refuse(problem.message, request.socket.remoteAddress ?? THIS_MACHINE);
      throw problem;
    }
  }

  app.register(async (scope) => {
    scope.setValidatorCompiler(() => (value) => ({ value })); // bodies are bytes here, and records say what is wrong
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxBodyBytes }, (_request, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler(answerProblem);
    scope.post(
      '/api/v1/ingest/:resource',
      {
        onRequest: [requireToken, reserveMemory],
        schema: SCHEMA,
        ...(options.routeConfig !== undefined && { config: options.routeConfig }),
      },
      ingest,
    );
  });
  return (name) => {
    const target = options.targetOf(name);
    return target && ingests.get(target.journal)?.tally;
  };
}

function problemOf(error: unknown): PushProblem {
  if (error instanceof PushProblem) {
    return error;
  }
  if (error instanceof JournalError) {
    return error.code === 'full'
      ? new PushProblem(429, 'more is waiting to be judged than fits; send again later', FULL_RETRY_S)
      : new PushProblem(503, 'the records could not be kept on disk; send again later', DISK_RETRY_S);
  }
  throw error;
}

/** RFC 9457. What the sender may not know (a path, a stack) is not told. */
function answerProblem(error: FastifyError | PushProblem, request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode ?? 500;
  const isOurs = error instanceof PushProblem;
  if (status >= 500 && !isOurs) {
    request.log.error(error);
  }
  if (isOurs && error.retryAfterS !== undefined) {
    reply.header('retry-after', error.retryAfterS);
  }
  if (status === 401) {
    reply.header('www-authenticate', 'Bearer realm="vedette"');
  }
  const detail = isOurs ? error.message : (PLAIN[status] ?? 'the request could not be served; its id is in the log');
  reply
    .code(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', status, detail, instance: request.id });
}

/** What fastify itself refuses. */
const PLAIN: Record<number, string> = {
  400: 'the request is not valid HTTP, or its length is not what it says',
  413: 'the body is too long; send fewer records at a time',
  415: 'the content type is not read',
};
