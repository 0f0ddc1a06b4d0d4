import { z } from 'zod';
import { defineNotifier, type Notice } from '../notifier.ts';
import { AT_ONCE, historyOf, type MailHistory, noteSent, paceMails } from '../pace.ts';
import { nextTimeOfDay } from '../quiet-hours.ts';
import { alertMail } from './alert-mail.ts';
import type { Mail } from './mail.ts';
import { openMailServer } from './mail-server.ts';
import { summaryMail } from './summary-mail.ts';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 22:00');

const zone = z.string().refine(isTimeZone, 'is not the IANA name of a time zone');

const settings = z.object({
  host: z.string().min(1).describe('Name or address of the mail server.'),
  port: z.int().min(1).max(65_535).default(587).describe('Its port: 587 with STARTTLS, 465 with TLS from the start.'),
  security: z
    .enum(['starttls', 'tls', 'none'])
    .default('starttls')
    .describe('How the way to the mail server is protected. `none` only for one on this machine.'),
  user: z.string().min(1).exactOptional().describe('Name to sign in with, where the server wants one.'),
  password: z.string().min(1).exactOptional().describe('Its password, as a reference: `${env:SMTP_PASSWORD}`.'),
  ca: z
    .string()
    .min(1)
    .exactOptional()
    .describe('Who signed its certificate, where Node does not trust them, as PEM: `${file:PATH}`.'),
  from: z.string().min(3).max(320).describe('Sender, such as `Vedette <vedette@example.com>`.'),
  to: z
    .array(z.email().max(254))
    .max(50)
    .default([])
    .describe('Recipients, who are told together. Empty: only persons are mailed, by `notifications.people`.'),
  timeZone: zone.default('UTC').describe('IANA name of the zone in which times are told, such as `Europe/Berlin`.'),
  timeZones: z
    .record(z.email().max(254), zone)
    .default({})
    .describe('Zones of single persons, by address, where they live elsewhere: `{ kim@example.com: Asia/Seoul }`.'),
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

/** Mails one recipient, at a pace that a person can follow. */
export const email = defineNotifier({
  id: 'email',
  title: 'E-mail',
  settings,

  open(options, { version, clock: now }) {
    const { from, to, timeZone, digestAt, quietHours } = options;
    const server = openMailServer(options);
    const domain = domainOf(from);
    const history: MailHistory = { single: [], storm: [] };
    return {
      batch: 1,
      dueTime: (severity, time) => (AT_ONCE.has(severity) ? time : nextTimeOfDay(time, timeZone, digestAt)),
      pace: (due, time) => paceMails(due, time, history, { timeZone, ...(quietHours !== undefined && { quietHours }) }),
      recall(sentTimes) {
        Object.assign(history, historyOf(sentTimes));
      },
      async deliver(notices, signal) {
        const mail = mailOf(notices, timeZone);
        await server.send({ from, to, ...envelopeOf(mail, domain, version) }, signal);
        noteSent(history, notices, now());
      },
      close: async () => server.close(),
    };
  },

  personal: {
    settingsFor: (options, address) => ({ ...options, to: [address], timeZone: zoneOf(options, address) }),
    addressesIn: ({ to }) => to,
  },
});

/** Addresses are compared as they are written in settings and contacts: in any case. */
function zoneOf({ timeZone, timeZones }: z.output<typeof settings>, address: string): string {
  const own = Object.keys(timeZones).find((name) => name.toLowerCase() === address.toLowerCase());
  return own === undefined ? timeZone : timeZones[own]!;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

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
