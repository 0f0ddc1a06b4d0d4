import { existsSync } from 'node:fs';
import { join } from 'node:path';
import files from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { notFound } from './api-error.ts';
import { LIMITS } from './limits.ts';

/** Paths that are nobody's page: what is not found there is an error. */
const NOT_PAGES =
  /^\/+(?:api|subscriptions|providers|tenants|assets|[^/]+\/+(?:oauth2|discovery|v2\.0|\.well-known))(?:\/|$|\?)/i;
/** Names of the build's files hold a hash of their content. Seconds. */
const ASSET_LIFE_S = 365 * 24 * 3600;

/** The built portal: its files, and its one page for every address that is a page's. */
export async function servePortal(app: FastifyInstance, directory: string | undefined): Promise<void> {
  const root = directory !== undefined && existsSync(join(directory, 'index.html')) ? directory : undefined;
  await app.register(async (portal) => {
    if (root !== undefined) {
      await serveFiles(portal, root);
    }
    portal.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
      if (root !== undefined && isPage(request)) {
        return reply.sendFile('index.html');
      }
      throw notFound(`Nothing answers ${request.method} ${request.url.slice(0, LIMITS.pathSegment)}.`);
    });
  });
}

async function serveFiles(portal: FastifyInstance, root: string): Promise<void> {
  portal.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: { open: 'portal' } };
    route.schema = { ...route.schema, hide: true };
  });
  await portal.register(files, {
    root,
    wildcard: false,
    setHeaders: (reply, path) => {
      const isAsset = path.startsWith(join(root, 'assets'));
      reply.header('cache-control', isAsset ? `public, max-age=${ASSET_LIFE_S}, immutable` : 'no-cache');
    },
  });
}

function isPage({ method, url }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && !NOT_PAGES.test(url);
}
