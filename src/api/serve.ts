import { chmod, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, ListenOptions, Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { LIMITS } from './limits.ts';
import { markLocalSocket } from './local-socket.ts';

/** Where one application is reached. */
export interface ListenerSettings {
  /** Plain HTTP, for this machine only; absent: none. Port 0: any that is free. */
  http?: { port: number };
  /** TLS 1.2 or later; absent: none. */
  https?: { host: string; port: number; key: string; certificate: string };
  /** Path of a Unix socket, for the user of the server only; absent: none. */
  socket?: string;
}

export interface Listening {
  /** `http://127.0.0.1:8080`, as far as there is one. */
  httpUrl?: string;
  httpsUrl?: string;
  /** Answers what is being asked, then lets go of ports and socket. */
  close(): Promise<void>;
}

/** How long a client may take, milliseconds. */
export type Patience = Record<'requestMs' | 'headersMs' | 'keepAliveMs' | 'lookMs', number>;

/** Plain HTTP leaves this machine never. */
const LOOPBACK = '127.0.0.1';

/** Lets the application be reached; rejects where a port is taken, with nothing left open. */
export async function serveApp(
  app: FastifyInstance,
  settings: ListenerSettings,
  patience: Patience = LIMITS,
): Promise<Listening> {
  await app.ready();
  const timeouts = timeoutsOf(patience);
  const handle: RequestListener = (request, response) => app.routing(request, response);
  const servers: Server[] = [];
  const close = async () => {
    await app.close();
    await Promise.all(servers.map(closeServer));
  };
  const start = async (server: Server, options: ListenOptions) => {
    server.maxConnections = LIMITS.connections;
    servers.push(server);
    await listen(server, options);
    return (server.address() as AddressInfo | string | null) ?? '';
  };
  try {
    const { http, https, socket } = settings;
    const urls: { httpUrl?: string; httpsUrl?: string } = {};
    if (http !== undefined) {
      urls.httpUrl = `http://${LOOPBACK}:${portOf(await start(createServer(timeouts, handle), { host: LOOPBACK, port: http.port }))}`;
    }
    if (https !== undefined) {
      const { host, port, key, certificate } = https;
      const server = createTlsServer({ ...timeouts, key, cert: certificate, minVersion: 'TLSv1.2' }, handle);
      urls.httpsUrl = `https://${urlHost(host)}:${portOf(await start(server, { host, port }))}`;
    }
    if (socket !== undefined) {
      await rm(socket, { force: true }); // of a server that was killed; the store's own lock refuses a second one
      await start(localServer(timeouts, handle), { path: socket });
      await chmod(socket, 0o600);
    }
    return { ...urls, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function localServer(timeouts: ServerOptions, handle: RequestListener): Server {
  return createServer(timeouts, handle).on('connection', (socket: Socket) => markLocalSocket(socket));
}

/** Slow and silent clients do not keep a connection for ever. */
function timeoutsOf({ requestMs, headersMs, keepAliveMs, lookMs }: Patience): ServerOptions {
  return {
    requestTimeout: requestMs,
    headersTimeout: headersMs,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: lookMs,
  };
}

function listen(server: Server, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(options, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** A second of grace for what is being answered. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), 1000);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function portOf(address: AddressInfo | string): number {
  return typeof address === 'string' ? 0 : address.port;
}

/** What people can open where every address is listened at. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') {
    return 'localhost';
  }
  return host.includes(':') ? `[${host}]` : host;
}
