import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import pino from 'pino';
import { aRecord } from '../alerts/testkit.ts';
import { toAzureAlert } from '../alerts/to-azure-alert.ts';
import { addApplication } from '../identity/applications.ts';
import type { Identity } from '../identity/identity.ts';
import type { Role } from '../identity/role.ts';
import { startSession } from '../identity/sessions.ts';
import { addUser, assignRole } from '../identity/users.ts';
import type { Alert } from '../model/alert.ts';
import type { Finding } from '../model/finding.ts';
import type { Resource } from '../model/resource.ts';
import { parseResourceId } from '../model/resource-id.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { buildApp } from './app.ts';
import type { ApiContext } from './context.ts';

export const SUBSCRIPTION = '3f5a8c1e-6b2d-4e7f-9a10-c4d8e2b7f051';
export const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/Shop`;
export const ORDERS = `${GROUP}/providers/Microsoft.DBforPostgreSQL/servers/Orders`;
export const CATALOG = `${GROUP}/providers/Microsoft.DocumentDB/databaseAccounts/catalog`;
export const OTHER = `/subscriptions/${SUBSCRIPTION}/resourceGroups/other/providers/Microsoft.DBforPostgreSQL/flexibleServers/hr`;
export const TENANT = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const NOW = Date.UTC(2026, 10, 17, 12);

/** The real application over a real store of its own. */
export interface TestServer {
  app: FastifyInstance;
  store: Store;
  identity: Identity;
  context: ApiContext;
  /** Moves the clock. Milliseconds. */
  later(ms: number): void;
  /** A request of a user with a role on a scope. */
  as(role: Role, scope?: string): Promise<(request: InjectOptions) => ReturnType<FastifyInstance['inject']>>;
  /** The same store and clock, after a restart. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** @param startTime milliseconds since the epoch; Azure's clients bring their own clock */
export async function testServer(options: Partial<ApiContext> = {}, startTime = NOW): Promise<TestServer> {
  const directory = await mkdtemp(join(tmpdir(), 'vedette-api-'));
  const sealKey = randomBytes(32);
  let now = startTime;
  const server = { later: (ms: number) => (now += ms) } as unknown as TestServer;
  const start = async () => {
    const store = await openStore('sqlite:vedette.db', { directory, now: () => now });
    const identity: Identity = { store: store.identity, sealKey, tenantId: TENANT, clock: () => now };
    const context: ApiContext = { store, identity, clock: () => now, ...options };
    const app = await buildApp(context, { logger: pino({ level: 'silent' }), version: '0.0.0' });
    Object.assign(server, { store, identity, context, app });
    await app.ready();
  };
  const stop = async () => {
    await server.app.close();
    await server.store.close();
  };
  await start();
  for (const [id, engine] of [
    [ORDERS, 'postgresql'],
    [CATALOG, 'cosmosdb'],
    [OTHER, 'postgresql'],
  ] as const) {
    const resource = parseResourceId(id, engine) as Resource;
    await server.store.resources.put({ resource, origin: 'configured', time: now });
  }
  let users = 0;
  return Object.assign(server, {
    as: async (role: Role, scope = '/') => {
      const user = await addUser(server.identity, { name: `user-${++users}` });
      await assignRole(server.identity, { id: user.id, kind: 'user' }, { role, scope, by: 'test' });
      const { secret, session } = await startSession(server.identity, user, {});
      return (request: InjectOptions) =>
        server.app.inject({
          ...request,
          headers: { cookie: `vedette=${secret}`, 'x-csrf-token': session.facts.csrf!, ...request.headers },
        });
    },
    restart: async () => {
      await stop();
      await start();
    },
    close: async () => {
      await stop();
      await rm(directory, { recursive: true });
    },
  });
}

/** An alert of brute force at `Orders`, but for what a case says. */
export function anAlert(finding: Partial<Finding> = {}): Alert {
  return toAzureAlert(aRecord('brute-force', finding));
}

/** Puts alerts into the store as the engine does. */
export async function raise(store: Store, alerts: readonly Alert[], resourceId = ORDERS): Promise<void> {
  await store.alerts.upsertOwn(
    alerts.map((alert) => ({
      alert,
      resourceKey: resourceId.toLowerCase().replace('/flexibleservers/', '/servers/'),
      version: 1,
      isHistorical: false,
      detectedTime: NOW,
    })),
  );
}

/** An access token of a new service principal with a role on a scope. */
export async function accessTokenOf({ app, identity }: TestServer, role: Role, scope = '/'): Promise<string> {
  const { application, secret } = await addApplication(identity, 'test', identity.clock() + 365 * 24 * 3_600_000);
  const { appId } = application;
  await assignRole(identity, { id: appId, kind: 'servicePrincipal' }, { role, scope, by: 'test' });
  const form = {
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: secret,
    scope: 'https://management.azure.com/.default',
  };
  const answer = await app.inject({
    method: 'POST',
    url: `/${TENANT}/oauth2/v2.0/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  });
  return answer.json().access_token;
}
