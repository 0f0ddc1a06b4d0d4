import { createTransport, type SendMailOptions, type SentMessageInfo } from 'nodemailer';
import { DeliveryError } from '../delivery-error.ts';

/** A step of the conversation that a silent server is waited for; milliseconds. */
const PATIENCE_MS = 20_000;
/** Mails of which is remembered who has them already. */
const MOST_REMEMBERED = 1000;

/** How the mail server is reached, as the settings of the channel have it. */
export interface MailServerSettings {
  host: string;
  port: number;
  security: 'starttls' | 'tls' | 'none';
  user?: string;
  password?: string;
  /** PEM of who signed its certificate. */
  ca?: string;
  dkim?: { domainName: string; keySelector: string; privateKey: string };
}

export interface OutgoingMail extends SendMailOptions {
  messageId: string;
  to: readonly string[] & SendMailOptions['to'];
}

export interface MailServer {
  /**
   * Hands over a mail to everybody who has not got it yet. Rejects with `DeliveryError`: for good where the server
   * refuses the mail, or one of the recipients, with 5xx.
   */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<void>;
  close(): void;
}

export function openMailServer(settings: MailServerSettings): MailServer {
  const transport = createTransport(transportOptions(settings));
  /** Who has a mail that others of its recipients have not: the same mail is not sent twice to anybody. */
  const reached = new Map<string, Set<string>>();

  function remember(messageId: string, addresses: readonly string[]): void {
    reached.set(messageId, new Set([...(reached.get(messageId) ?? []), ...addresses]));
    if (reached.size > MOST_REMEMBERED) {
      reached.delete(reached.keys().next().value!);
    }
  }

  return {
    async send(mail, signal) {
      const known = reached.get(mail.messageId);
      const left = mail.to.filter((address) => known?.has(address) !== true);
      const envelope = { from: addressOf(mail.from), to: left };
      const info = await within(signal, transport.sendMail({ ...mail, envelope })).catch((error: unknown) => {
        throw deliveryError(error);
      });
      const { accepted, rejectedErrors = [] } = info as SentMessageInfo & { rejectedErrors?: readonly Error[] };
      if (rejectedErrors.length === 0) {
        reached.delete(mail.messageId);
        return;
      }
      remember(mail.messageId, accepted as string[]);
      throw refusedRecipients(rejectedErrors);
    },
    close: () => transport.close(),
  };
}

function transportOptions({ host, port, security, user, password, ca, dkim }: MailServerSettings) {
  return {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    ...(dkim !== undefined && { dkim }),
    tls: { minVersion: 'TLSv1.2' as const, ...(ca !== undefined && { ca }) },
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** A server that says something now and then, and never comes to an end, is given up as well. */
async function within<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(new Error('it does not come to an end'));
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Replies of 5xx to the recipient or the mail itself are final (RFC 5321, 4.2.1); those to signing in may be mended. */
function deliveryError(error: unknown): DeliveryError {
  const { responseCode, command, message } = error as { responseCode?: number; command?: string; message?: string };
  const isFinal = responseCode !== undefined && responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
  return new DeliveryError(`the mail server: ${(message ?? String(error)).slice(0, 300)}`, { isPermanent: isFinal });
}

/** Some of the recipients have the mail. The rest is told again, unless none of them can ever be. */
function refusedRecipients(errors: readonly Error[]): DeliveryError {
  const refused = errors as readonly (Error & { responseCode?: number })[];
  const isPermanent = refused.every(({ responseCode = 0 }) => responseCode >= 500);
  const told = refused.map(({ message }) => message).join('; ');
  return new DeliveryError(`the mail server refused some recipients: ${told.slice(0, 300)}`, { isPermanent });
}

function addressOf(from: SendMailOptions['from']): string {
  const text = typeof from === 'string' ? from : '';
  return /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text;
}
