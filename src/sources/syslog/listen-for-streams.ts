import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { createFrames } from './frames.ts';
import type { SyslogListener, SyslogSink } from './syslog.ts';

const MAX_CONNECTIONS = 1000;
/** PostgreSQL and rsyslog cut at 8 KiB by default; statements in messages of others may be longer. */
const MAX_MESSAGE_BYTES = 256 << 10;
/** A peer that opens a connection and shakes no hands. */
const HANDSHAKE_MS = 10_000;
/** After this long without a byte a connection is taken for dead. */
const IDLE_MS = 3_600_000;
/** What a sender has sent is read until then when we end. */
const DRAIN_MS = 1000;

export async function listenForStreams(listener: SyslogListener, sink: SyslogSink) {
  const { tally } = sink;
  const sockets = new Map<Socket, Promise<void>>();

  function serve(socket: Socket): void {
    if (sockets.size >= MAX_CONNECTIONS) {
      tally.refuse(`a connection beyond the ${MAX_CONNECTIONS} that may be open`, socket.remoteAddress ?? '');
      socket.destroy();
      return;
    }
    socket.setKeepAlive(true, 60_000);
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    const reading = readSocket(socket, sink).finally(() => {
      sockets.delete(socket);
      socket.destroy();
    });
    sockets.set(socket, reading);
  }

  const server = openServer(listener, serve);
  server.on('tlsClientError', (error: Error, socket: Socket) => {
    tally.refuse('a connection whose TLS handshake failed', `${socket.remoteAddress ?? ''} ${error.message}`);
  });
  server.listen(listener.port, listener.host);
  await once(server, 'listening');
  server.on('error', (error) => tally.isWaiting('waiting', error.message));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      const late = setTimeout(() => sockets.forEach((_, socket) => void socket.destroy()), DRAIN_MS);
      for (const socket of sockets.keys()) {
        socket.end();
      }
      await Promise.all(sockets.values());
      clearTimeout(late);
    },
  };
}

function openServer({ transport, cert, key, clientCa }: SyslogListener, serve: (socket: Socket) => void): Server {
  if (transport === 'tcp') {
    return createServer(serve);
  }
  const clients = clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true };
  return createTlsServer({ cert: cert ?? '', key: key ?? '', handshakeTimeout: HANDSHAKE_MS, ...clients }, serve);
}

/** Reads on only when what came is on disk: who sends faster than that is held up by TCP itself. */
async function readSocket(socket: Socket, { tally, keep }: SyslogSink): Promise<void> {
  const frames = createFrames(MAX_MESSAGE_BYTES);
  try {
    for await (const chunk of socket) {
      const messages: Buffer[] = [];
      for (const message of frames.push(chunk as Buffer)) {
        if (typeof message === 'number') {
          tally.refuse(`a message longer than ${MAX_MESSAGE_BYTES} bytes`, socket.remoteAddress ?? '');
        } else if (message.length > 0) {
          messages.push(message);
        }
      }
      await keep(messages);
    }
  } catch {
    // The peer broke off: what was whole is kept.
  }
  const rest = frames.end();
  if (rest !== undefined) {
    await keep([rest]).catch(() => {});
  }
}
