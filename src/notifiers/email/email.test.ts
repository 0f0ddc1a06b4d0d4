import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Notice } from '../notifier.ts';
import { noticeOf, SURROUNDINGS } from '../testkit.ts';
import { email } from './email.ts';

let server: SMTPServer;
let port: number;
let received: string[];
let refusal: { responseCode: number; message: string } | undefined;

beforeEach(async () => {
  received = [];
  refusal = undefined;
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refusal !== undefined) {
          done(Object.assign(new Error(refusal.message), refusal));
          return;
        }
        received.push(Buffer.concat(chunks).toString('utf8'));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.server.address() as AddressInfo).port;
});

afterEach(() => new Promise<void>((resolve) => server.close(resolve)));

async function mail(notices: readonly Notice[], settings: object = {}): Promise<Email> {
  const channel = email.open(
    {
      host: '127.0.0.1',
      port,
      security: 'none',
      from: 'Vedette <vedette@example.com>',
      to: ['ops@example.com'],
      ...settings,
    },
    SURROUNDINGS,
  );
  try {
    await channel.deliver(notices, AbortSignal.timeout(10_000));
  } finally {
    await channel.close();
  }
  return PostalMime.parse(received.at(-1)!);
}

describe('the mail of an alert', () => {
  it('says who did what, what is usual, and what to do, as HTML and as text', async () => {
    const { subject, html = '', text = '', to } = await mail([noticeOf()]);

    expect(subject).toBe('[High] Suspected successful brute force attack: orders');
    expect(to?.[0]?.address).toBe('ops@example.com');
    for (const body of [html, text]) {
      expect(body).toContain('failed to log in to orders 45 times');
      expect(body).toContain('Cloud Technologies');
      expect(body).toContain('Names tried, beside their earlier logins');
      expect(body).toContain('ALTER ROLE');
      expect(body).toContain('https://vedette.example.com/alerts/');
    }
  });

  it('fetches nothing from anywhere when it is read', async () => {
    const { html = '' } = await mail([noticeOf()]);

    expect(html).not.toMatch(/<img|<script|<link|url\(|@import/i);
  });

  it('tells times in the zone of the recipient', async () => {
    const { text = '' } = await mail([noticeOf()], { timeZone: 'Asia/Tokyo' });

    expect(text).toContain('17 Nov 2026, 11:14');
  });

  it.each([
    ['kim@example.com', '17 Nov 2026, 11:14'],
    ['KIM@Example.com', '17 Nov 2026, 11:14'],
    ['ops@example.com', '17 Nov 2026, 03:14'],
  ])('tells a person, %s, the time of their own zone', async (address, time) => {
    const all = { host: 'mail', from: 'v@example.com', timeZone: 'Europe/Berlin' };
    const own = email.personal!.settingsFor({ ...all, timeZones: { 'kim@example.com': 'Asia/Tokyo' } }, address);
    const { timeZone } = own as { timeZone: string };

    expect((await mail([noticeOf()], { timeZone })).text).toContain(time);
  });

  it('has an id by which a repetition is known, and answers the first mail when the alert has changed', async () => {
    const first = await mail([noticeOf()]);
    const again = await mail([noticeOf()]);
    const changed = await mail([{ ...noticeOf(), isUpdate: true }]);

    expect(again.messageId).toBe(first.messageId);
    expect(changed.messageId).not.toBe(first.messageId);
    expect(changed.inReplyTo).toBe(first.messageId);
  });

  it('takes nothing from a log for a header, a link or HTML', async () => {
    const hostile = 'x\r\nBcc: all@example.com\r\n\r\n<script>alert(1)</script> http://evil.example.com <b>';
    const {
      html = '',
      subject,
      bcc,
    } = await mail([
      noticeOf(1, 'High', { alertDisplayName: hostile, description: hostile, compromisedEntity: hostile }),
    ]);

    expect(bcc ?? []).toEqual([]);
    expect(subject).not.toContain('\n');
    expect(html).not.toContain('<script>');
    expect(html).not.toMatch(/https?:\/\/evil/);
  });
});

describe('the mail of many alerts', () => {
  it('names the gravest first and counts them', async () => {
    const notices = [noticeOf(1, 'Low'), noticeOf(2, 'High'), noticeOf(3, 'Medium')];
    const { subject, text = '' } = await mail(notices);

    expect(subject).toBe('[Vedette] 3 alerts: 1 High, 1 Medium, 1 Low');
    expect(text.indexOf('High: ')).toBeLessThan(text.indexOf('Medium: '));
  });
});

describe('a mail server', () => {
  it.each([
    [451, false],
    [552, true],
  ])('that answers %d: the refusal is final: %s', async (responseCode, isPermanent) => {
    refusal = { responseCode, message: 'no' };

    await expect(mail([noticeOf()])).rejects.toMatchObject({ isPermanent });
  });

  it('that does not offer TLS gets nothing where TLS is demanded', async () => {
    await expect(mail([noticeOf()], { security: 'starttls' })).rejects.toThrow(/the mail server/);
    expect(received).toEqual([]);
  });
});
