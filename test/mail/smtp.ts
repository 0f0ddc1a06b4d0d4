import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';
import { email } from '../../src/notifiers/email/email.ts';
import { noticeOf, SURROUNDINGS } from '../../src/notifiers/testkit.ts';

/** What a mail server took. */
export interface Taken {
  mail: Buffer;
  to: string[];
  from: string;
  isSecure: boolean;
  user: string | undefined;
}

/** What a server says no with. */
export function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

/** A mail server that keeps what it takes, until the end of the test. */
export async function startServer(options: SMTPServerOptions = {}) {
  const taken: Taken[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, { envelope, secure, user }, done) {
      void buffer(stream).then((mail) => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        taken.push({ mail, to: envelope.rcptTo.map(({ address }) => address), from, isSecure: secure, user });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined); // a client that breaks off
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(resolve)));
  return { port: (server.server.address() as AddressInfo).port, taken };
}

/** A channel to it, until the end of the test. */
export function openChannel(port: number, settings: object = {}) {
  const from = 'Vedette <vedette@example.com>';
  const channel = email.open(
    { host: '127.0.0.1', port, security: 'none', from, to: ['ops@example.com'], ...settings },
    SURROUNDINGS,
  );
  onTestFinished(() => channel.close());
  return channel;
}

/** Sends the mail of one alert. */
export const send = (port: number, settings: object = {}, patienceMs = 60_000) =>
  openChannel(port, settings).deliver([noticeOf()], AbortSignal.timeout(patienceMs));
