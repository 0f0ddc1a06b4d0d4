import type { FastifyInstance, FastifyRequest } from 'fastify';
import { allows } from '../identity/role.ts';
import { ROOT_SCOPE } from '../model/scope.ts';
import { isStoreError } from '../store/store-error.ts';
import { type Authenticate, unauthenticated } from './access.ts';
import type { ApiContext } from './context.ts';

const UNAVAILABLE = 503;

/**
 * For those who operate the server. `/healthz`: the process is alive. `/readyz`: it does its work; else 503 and why.
 * `/metrics`: open to this machine over plain HTTP, elsewhere a token of a Security Reader is asked for.
 */
export async function operationRoutes(
  app: FastifyInstance,
  { context, authenticate }: { context: ApiContext; authenticate: Authenticate },
): Promise<void> {
  const config = { access: { open: 'health' }, rateLimit: false } as const;
  const schema = { hide: true };
  app.get('/healthz', { config, schema }, () => ({ status: 'ok' }));
  app.get('/readyz', { config, schema }, async (_, reply) => {
    const reasons = [...(await storeProblems(context)), ...(context.notReady?.() ?? [])];
    void reply.code(reasons.length === 0 ? 200 : UNAVAILABLE);
    return { status: reasons.length === 0 ? 'ready' : 'not ready', reasons };
  });
  const { metrics } = context;
  if (metrics !== undefined) {
    app.get('/metrics', { config, schema }, async (request, reply) => {
      await requireReader(request, authenticate);
      return reply.type(metrics.contentType).send(await metrics.text());
    });
  }
}

async function storeProblems({ store }: ApiContext): Promise<string[]> {
  try {
    await store.ping();
    return [];
  } catch (error) {
    return [isStoreError(error) ? error.message : 'The store does not answer.'];
  }
}

async function requireReader(request: FastifyRequest, authenticate: Authenticate): Promise<void> {
  if (isOfThisMachine(request)) {
    return;
  }
  const principal = await authenticate(request);
  if (principal === undefined || !allows(principal.assignments, 'Security Reader', ROOT_SCOPE)) {
    throw unauthenticated('Metrics are for this machine, and for tokens of a Security Reader.');
  }
}

/** Not by way of a proxy, which speaks for others. */
function isOfThisMachine({ protocol, headers, socket }: FastifyRequest): boolean {
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  const address = socket.remoteAddress ?? '';
  const isLoopback = address === '::1' || /^(?:::ffff:)?127\./.test(address);
  return protocol === 'http' && !isForwarded && isLoopback;
}
