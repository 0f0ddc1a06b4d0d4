import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

/** A mail that came. */
export interface ReceivedMail {
  /** When the server was told DATA, milliseconds since the epoch. */
  time: number;
  to: string;
  /** As it was sent. */
  mail: string;
}

export interface MailReceiver {
  port: number;
  mails: ReceivedMail[];
  close(): Promise<void>;
}

/** A mail server that takes everything. */
export async function startMailReceiver(): Promise<MailReceiver> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, { envelope }, done) {
      const time = Date.now();
      void text(stream).then((mail) => {
        mails.push({ time, to: envelope.rcptTo[0]?.address ?? '', mail });
        done();
      });
    },
  });
  server.on('error', () => undefined); // a client that was killed
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

export interface HookReceiver {
  port: number;
  /** Names of alerts by the id of the notice, and how often each came. */
  notices: Map<string, { alert: string; times: number }>;
  /** How long it takes to answer, milliseconds. */
  delayMs: number;
  /** From now on nobody listens. */
  leave(): Promise<void>;
  /** From now on somebody does, at the same port. */
  come(): Promise<void>;
}

/** A web server that takes webhooks, and may be away. It comes first. */
export async function startHookReceiver(): Promise<HookReceiver> {
  let server: Server | undefined;
  const receiver: HookReceiver = {
    port: 0,
    notices: new Map(),
    delayMs: 0,
    async leave() {
      const left = server;
      server = undefined;
      left?.closeAllConnections();
      await new Promise<void>((resolve) => (left === undefined ? resolve() : left.close(() => resolve())));
    },
    async come() {
      server = createServer((request, response) => {
        void text(request).then(async (body) => {
          const id = String(request.headers['webhook-id']);
          const { name } = JSON.parse(body) as { name: string };
          const times = (receiver.notices.get(id)?.times ?? 0) + 1;
          receiver.notices.set(id, { alert: name, times });
          await pause(receiver.delayMs);
          response.writeHead(204).end();
        });
      });
      await new Promise<void>((resolve) => server?.listen(receiver.port, '127.0.0.1', resolve));
      receiver.port = (server.address() as AddressInfo).port;
    },
  };
  await receiver.come();
  return receiver;
}
