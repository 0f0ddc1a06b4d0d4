import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../context.ts';
import { metadataRoutes } from './metadata-endpoints.ts';
import { discoveryRoutes } from './openid-configuration.ts';
import { tokenRoutes } from './token.ts';

/** The paths on which Azure's clients get their tokens. */
export async function oauthRoutes(app: FastifyInstance, { context }: { context: ApiContext }): Promise<void> {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body as string))),
  );
  discoveryRoutes(app, context);
  metadataRoutes(app, context);
  tokenRoutes(app, context);
}
