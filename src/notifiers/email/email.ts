import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { DeliveryError } from '../delivery-error.ts';
import { defineNotifier, type Notice } from '../notifier.ts';
import { AT_ONCE, historyOf, type MailHistory, noteSent, paceMails } from '../pace.ts';
import { nextTimeOfDay } from '../quiet-hours.ts';
import { alertMail } from './alert-mail.ts';
import type { Mail } from './mail.ts';
import { summaryMail } from './summary-mail.ts';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 22:00');

const settings = z.object({
  host: z.string().min(1).describe('Name or address of the mail server.'),
  port: z.int().min(1).max(65_535).default(587).describe('Its port: 587 with STARTTLS, 465 with TLS from the start.'),
  security: z
    .enum(['starttls', 'tls', 'none'])
    .default('starttls')
    .describe('How the way to the mail server is protected. `none` only for one on this machine.'),
  user: z.string().min(1).exactOptional().describe('Name to sign in with, where the server wants one.'),
  password: z.string().min(1).exactOptional().describe('Its password, as a reference: `${env:SMTP_PASSWORD}`.'),
  from: z.string().min(3).max(320).describe('Sender, such as `Vedette <vedette@example.com>`.'),
  to: z
    .array(z.email().max(254))
    .max(50)
    .default([])
    .describe('Recipients, who are told together. Empty: only persons are mailed, by `notifications.people`.'),
  timeZone: z
    .string()
    .default('UTC')
    .describe('IANA name of the zone in which times are told, such as `Europe/Berlin`.'),
  digestAt: clock.default('08:00').describe('When Low alerts are told, once a day, in that zone.'),
  quietHours: z
    .strictObject({ from: clock.describe('When they begin.'), to: clock.describe('When they end.') })
    .exactOptional()
    .describe('When only High alerts are told, in that zone.'),
  dkim: z
    .strictObject({
      domainName: z.string().min(1).describe('Domain that signs: usually the one of the sender.'),
      keySelector: z.string().min(1).describe('Where its public key is published: `SELECTOR._domainkey.DOMAIN`.'),
      privateKey: z.string().min(1).describe('PEM, as a reference: `${file:/etc/vedette/dkim.pem}`.'),
    })
    .exactOptional()
    .describe('Signs the mails, where the mail server does not.'),
});

/** Most seconds that a silent server is waited for. */
const PATIENCE_MS = 20_000;

/** Mails one recipient, at a pace that a person can follow. */
export const email = defineNotifier({
  id: 'email',
  title: 'E-mail',
  settings,

  open(options, { version, clock: now }) {
    const { host, port, security, user, password, from, to, timeZone, digestAt, quietHours, dkim } = options;
    const transport = createTransport({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
      ...(dkim !== undefined && { dkim }),
      tls: { minVersion: 'TLSv1.2' },
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const domain = domainOf(from);
    const history: MailHistory = { single: [], storm: [] };
    return {
      batch: 1,
      dueTime: (severity, time) => (AT_ONCE.has(severity) ? time : nextTimeOfDay(time, timeZone, digestAt)),
      pace: (due, time) => paceMails(due, time, history, { timeZone, ...(quietHours !== undefined && { quietHours }) }),
      recall(sentTimes) {
        Object.assign(history, historyOf(sentTimes));
      },
      async deliver(notices) {
        const mail = mailOf(notices, timeZone);
        await transport.sendMail({ from, to, ...envelopeOf(mail, domain, version) }).catch((error: unknown) => {
          throw deliveryError(error);
        });
        noteSent(history, notices, now());
      },
      close: async () => transport.close(),
    };
  },

  personal: {
    settingsFor: (options, address) => ({ ...options, to: [address] }),
    addressesIn: ({ to }) => to,
  },
});

function mailOf(notices: readonly Notice[], timeZone: string): Mail {
  return notices.length === 1 ? alertMail(notices[0]!, timeZone) : summaryMail(notices, timeZone);
}

/** Headers by which mail programs keep a thread together and filter, and by which no robot answers. */
function envelopeOf(
  { subject, html, text, messageKey, inReplyToKey, priority }: Mail,
  domain: string,
  version: string,
) {
  const parent = inReplyToKey === undefined ? undefined : `<${inReplyToKey}@${domain}>`;
  return {
    subject,
    html,
    text,
    messageId: `<${messageKey}@${domain}>`,
    ...(parent !== undefined && { inReplyTo: parent, references: parent }),
    list: { id: { url: `vedette.${domain}`, comment: 'Vedette alerts' } },
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'X-Priority': String(priority),
      'X-Mailer': `Vedette ${version}`,
    },
    textEncoding: 'quoted-printable' as const,
  };
}

function domainOf(from: string): string {
  return /@([a-z0-9.-]+)>?\s*$/i.exec(from)?.[1] ?? 'localhost';
}

/** Replies of 5xx to the recipient or the mail itself are final (RFC 5321, 4.2.1); those to signing in may be mended. */
function deliveryError(error: unknown): Error {
  const { responseCode, command, message } = error as { responseCode?: number; command?: string; message?: string };
  const isFinal = responseCode !== undefined && responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
  return new DeliveryError(`the mail server: ${(message ?? String(error)).slice(0, 300)}`, { isPermanent: isFinal });
}
