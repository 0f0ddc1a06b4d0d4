import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { buildApp } from '../api/app.ts';
import type { ApiContext } from '../api/context.ts';
import { ownCertificate } from '../api/own-certificate.ts';
import { type Listening, serveApp } from '../api/serve.ts';
import type { OidcSettings } from '../config/oidc-schema.ts';
import type { ServerSettings } from '../config/server-schema.ts';
import { evidenceKey } from '../evidence/evidence-key.ts';
import type { Identity } from '../identity/identity.ts';
import { newOwnerLink, OWNER_LINK_PATH } from '../identity/owner-link.ts';
import { sealingBy } from '../identity/seal.ts';
import { readSealKey } from '../identity/seal-key.ts';
import { keptFile } from '../lib/kept-file.ts';
import { UserError } from '../lib/user-error.ts';
import type { Store } from '../store/store.ts';

/** The portal as it was built: it lies as deep from `dist` as it does from `src`. */
const PORTAL = fileURLToPath(new URL('../../portal/dist/', import.meta.url));

/** The HTTP interface at work. */
export interface Api extends Listening {
  /** Opens the portal for the first Owner, once; absent where there is one already. */
  ownerLink?: string;
}

/** Lets people and programs reach the store: portal, `/api/v1` and Azure's management API. */
export async function startApi(
  store: Store,
  settings: ServerSettings,
  version: string,
  operations: Omit<ApiContext, 'store' | 'identity' | 'clock' | 'portalDirectory' | 'publicUrl'>,
): Promise<Api> {
  const { directory, http, publicUrl } = settings;
  const identity: Identity = {
    store: store.identity,
    sealKey: await readSealKey(join(directory, 'seal.key')),
    tenantId: String(await keptFile(join(directory, 'tenant-id'), async () => randomUUID())),
    clock: Date.now,
  };
  const context: ApiContext = {
    store,
    identity,
    clock: Date.now,
    portalDirectory: PORTAL,
    ...operations,
    ...(settings.oidc !== undefined && { oidc: await oidcOf(settings.oidc, identity) }),
    ...(publicUrl !== undefined && { publicUrl }),
  };
  // No GET makes it. One that cannot be unsealed keeps nobody from watching: whoever asks for evidence is told.
  await evidenceKey(store, sealingBy(identity.sealKey), Date.now()).catch(() => undefined);
  const app = await buildApp(context, { logger: pino({ level: 'warn' }, pino.destination(2)), version });
  const listening = await serveApp(app, {
    http,
    ...(await tlsOf(settings)),
    socket: join(directory, 'vedette.sock'),
  }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE'
      ? new UserError(`Another program listens at port ${portIn(error)} already; choose another one under "server".`)
      : error;
  });
  const secret = await newOwnerLink(identity);
  const url = publicUrl ?? listening.httpUrl ?? listening.httpsUrl;
  return { ...listening, ...(secret !== undefined && { ownerLink: `${url}${OWNER_LINK_PATH}${secret}` }) };
}

/** Loaded only where it is used. */
async function oidcOf({ label, roles, ...options }: OidcSettings, { sealKey, clock }: Identity) {
  const { createOidcSignIn } = await import('../identity/oidc.ts');
  return { label, roles, signIn: createOidcSignIn(options, sealKey, clock) };
}

async function tlsOf({ https, directory }: ServerSettings) {
  if (https === undefined) {
    return {};
  }
  const { host, port, certificate, key } = https;
  const pair =
    certificate === undefined || key === undefined
      ? await ownCertificate(directory, ['localhost', '127.0.0.1', hostname()], Date.now())
      : { certificate: await readFile(certificate, 'utf8'), key: await readFile(key, 'utf8') };
  return { https: { host, port, ...pair } };
}

function portIn(error: NodeJS.ErrnoException): string {
  return String((error as { port?: number }).port ?? error.message);
}
