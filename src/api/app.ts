import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { createSignInWatch } from '../identity/sign-in-watch.ts';
import { guardRoutes } from './access.ts';
import { ApiError, badRequest } from './api-error.ts';
import { armRoutes } from './arm/arm-routes.ts';
import { authenticator, changesState } from './authenticate.ts';
import type { ApiContext } from './context.ts';
import { sendError } from './error-body.ts';
import { isDeeperThan } from './json-depth.ts';
import { LIMITS } from './limits.ts';
import { isLocalSocket } from './local-socket.ts';
import { oauthRoutes } from './oauth/oauth-routes.ts';
import { describeRoutes, serveDocumentation } from './openapi.ts';
import { operationRoutes } from './operations.ts';
import { servePortal } from './portal.ts';
import { v1Routes } from './v1/v1-routes.ts';

/** Bits that one customer of a provider is given at least. */
const IPV6_NETWORK = 64;

export interface AppOptions {
  logger: FastifyBaseLogger;
  /** Of Vedette. */
  version: string;
}

/** The whole HTTP interface; it does not listen. */
export async function buildApp(ports: ApiContext, { logger, version }: AppOptions): Promise<FastifyInstance> {
  const context: ApiContext = { signIns: createSignInWatch(), ...ports };
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => crypto.randomUUID(),
    bodyLimit: LIMITS.bodyBytes,
    requestTimeout: LIMITS.requestMs,
    exposeHeadRoutes: false,
    // Clients of Azure write ids in any casing, and begin or end them with more slashes than one.
    routerOptions: {
      caseSensitive: false,
      ignoreDuplicateSlashes: true,
      ignoreTrailingSlash: true,
      maxParamLength: LIMITS.pathSegment,
    },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(sendError);
  readBodies(app);
  await secureHeaders(app);
  await app.register(cookie);
  await app.register(rateLimit, {
    max: LIMITS.requestsPerMinute,
    timeWindow: '1 minute',
    cache: LIMITS.rateLimited,
    keyGenerator: ({ socket, ip }) => (isLocalSocket(socket) ? 'local' : normalizeIP(ip, IPV6_NETWORK)),
  });
  await describeRoutes(app, version);
  refuseOtherSites(app);
  const authenticate = authenticator(context.identity);
  guardRoutes(app, authenticate);
  await app.register(operationRoutes, { context, authenticate });
  await app.register(v1Routes, { prefix: '/api/v1', context, authenticate });
  context.ingest?.(app);
  await app.register(armRoutes, { context });
  await app.register(oauthRoutes, { context });
  await serveDocumentation(app);
  await servePortal(app, context.portalDirectory);
  return app;
}

/** Some clients send the type of a body and no body. What is nested too deeply would break whoever walks through it. */
function readBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') {
      done(null, undefined);
    } else if (isDeeperThan(LIMITS.bodyDepth, body as string)) {
      done(badRequest(`The body has more than ${LIMITS.bodyDepth} lists or objects in each other.`, 'BodyTooDeep'));
    } else {
      void parse(request, body as string, done);
    }
  });
}

/**
 * Hash of no text at all: the portal adds empty style elements and fills them rule by rule, as scripts of its own may
 * (CSP does not speak of the CSSOM). A style element with any text in it is still refused.
 */
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** No script, style or request of anybody else's. */
async function secureHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", EMPTY_STYLE],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-ms-request-id', request.id);
    if (!reply.hasHeader('cache-control')) {
      reply.header('cache-control', 'no-store');
    }
  });
}

/** Browsers tell which site a request comes from; others send no such header. */
function refuseOtherSites(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    const site = request.headers['sec-fetch-site'];
    if (changesState(request) && site !== undefined && site !== 'same-origin' && site !== 'none') {
      throw new ApiError(403, 'CrossSiteRequest', 'Pages of other sites may not change anything here.');
    }
  });
}
