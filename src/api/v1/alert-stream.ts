import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { allows } from '../../identity/role.ts';
import type { StoredAlert } from '../../store/alert-store.ts';
import { type Authenticate, principalOf } from '../access.ts';
import { ApiError } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import { LIMITS } from '../limits.ts';
import { summaryOf } from './alert-shapes.ts';

/** Proxies end connections on which nothing moves for longer; then it is looked up, too, whether the client may still read. Milliseconds. */
const BEAT_MS = 20_000;
/** Names that wait to be read; beyond, clients are told to read their list again. */
const MOST_WAITING = 1000;

interface Client {
  request: FastifyRequest;
  out: PassThrough;
}

/** Server-sent events: alerts as they arrive and change. */
export function alertStreamRoute(app: FastifyInstance, context: ApiContext, authenticate: Authenticate): void {
  const clients = new Set<Client>();
  const feed = alertFeed(context, (text, resourceKey) => tell(clients, text, resourceKey));
  const beat = setInterval(() => void keepAlive(clients, authenticate), BEAT_MS).unref();
  app.addHook('preClose', async () => {
    clearInterval(beat);
    feed.stop();
    for (const { out } of clients) {
      out.end();
    }
  });

  app.get(
    '/alert-stream',
    {
      config: { access: { role: 'Security Reader', within: true } },
      schema: {
        tags: ['Alerts'],
        summary: 'Alerts as they arrive and change (server-sent events)',
        description: 'Event `alert` holds an AlertSummary; event `reset` means: read the list again.',
      },
    },
    async (request, reply) => {
      refuseTooMany(clients, request);
      const client = { request, out: new PassThrough() };
      clients.add(client);
      forgetWhenClosed(clients, client, reply.raw);
      client.out.write('retry: 3000\n: ready\n\n');
      return reply.type('text/event-stream').header('x-accel-buffering', 'no').send(client.out);
    },
  );
}

/** Reads each alert that changed once, whatever the number of clients. */
function alertFeed({ store }: ApiContext, send: (text: string, resourceKey: string | undefined) => void) {
  const waiting = new Set<string>();
  let isReading = false;
  const stop = store.alerts.watch((names) => {
    for (const name of names) {
      waiting.add(name);
    }
    if (waiting.size > MOST_WAITING) {
      waiting.clear();
      send('event: reset\ndata: {}\n\n', undefined);
    }
    void read();
  });
  async function read(): Promise<void> {
    if (isReading) {
      return;
    }
    isReading = true;
    for (const name of waiting) {
      waiting.delete(name);
      const stored = await store.alerts.get(name).catch(() => undefined); // the list tells what is missed here
      if (stored !== undefined) {
        send(eventOf(stored), stored.resourceKey);
      }
    }
    isReading = false;
  }
  return { stop };
}

function eventOf(stored: StoredAlert): string {
  return `event: alert\nid: ${stored.etag}\ndata: ${JSON.stringify(summaryOf(stored))}\n\n`;
}

function tell(clients: Iterable<Client>, text: string, resourceKey: string | undefined): void {
  for (const { request, out } of clients) {
    if (resourceKey === undefined || allows(principalOf(request).assignments, 'Security Reader', resourceKey)) {
      write(out, text);
    }
  }
}

/** Who reads too slowly is let go, and comes back by itself. */
function write(out: PassThrough, text: string): void {
  if (!out.write(text) && out.writableLength > LIMITS.bodyBytes) {
    out.destroy();
  }
}

/** A session that ended, or a role that was taken, ends the stream. */
async function keepAlive(clients: ReadonlySet<Client>, authenticate: Authenticate): Promise<void> {
  for (const { request, out } of [...clients]) {
    const principal = await authenticate(request).catch(() => undefined);
    if (principal === undefined) {
      out.end();
    } else {
      request.principal = principal;
      write(out, ': beat\n\n');
    }
  }
}

function refuseTooMany(clients: ReadonlySet<Client>, request: FastifyRequest): void {
  const { id } = principalOf(request);
  const own = [...clients].filter(({ request: other }) => principalOf(other).id === id).length;
  if (own >= LIMITS.streams || clients.size >= LIMITS.streamsOfAll) {
    throw new ApiError(429, 'TooManyStreams', 'Too many streams are open; close one first.', { 'retry-after': '30' });
  }
}

function forgetWhenClosed(clients: Set<Client>, client: Client, raw: ServerResponse): void {
  raw.once('close', () => {
    clients.delete(client);
    client.out.destroy();
  });
}
