import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ownCertificate } from '../../src/api/own-certificate.ts';
import { email } from '../../src/notifiers/email/email.ts';
import type { Notice } from '../../src/notifiers/notifier.ts';
import { HOSTILE, noticeOf, SURROUNDINGS } from '../../src/notifiers/testkit.ts';
import { runVedette } from '../run-vedette.ts';
import { whyNot } from '../why-not.ts';
import { type Postfix, startPostfix, whyNoPostfix } from './postfix.ts';

const noPostfix = whyNot(whyNoPostfix());
const PATIENCE = { timeout: 60_000, interval: 50 };

describe.skipIf(noPostfix !== undefined)('Postfix', () => {
  let folder: string;
  let pair: { key: string; certificate: string };
  let postfix: Postfix;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vedette-mail-'));
    pair = await ownCertificate(folder, ['127.0.0.1', 'localhost'], Date.now());
    postfix = await startPostfix(pair);
  }, 120_000);
  afterAll(async () => {
    await postfix?.stop();
    rmSync(folder, { recursive: true });
  });

  const settings = (to: readonly string[]) => ({
    ...{ host: '127.0.0.1', port: postfix.port, ca: pair.certificate },
    ...{ from: 'Vedette <vedette@example.com>', to: to.map((user) => `${user}@example.com`) },
  });

  async function tell(to: readonly string[], notices: readonly Notice[]): Promise<void> {
    const channel = email.open(settings(to), SURROUNDINGS);
    try {
      await channel.deliver(notices, AbortSignal.timeout(30_000));
    } finally {
      await channel.close();
    }
  }

  async function mailsOf(user: string, count: number) {
    await vi.waitFor(() => expect(postfix.mailsOf(user), postfix.log()).toHaveLength(count), PATIENCE);
    return Promise.all(postfix.mailsOf(user).map((mail) => PostalMime.parse(mail)));
  }

  it('puts the mail into the box as it was meant, over TLS', async () => {
    const texts = { alertDisplayName: HOSTILE, description: HOSTILE, compromisedEntity: HOSTILE };
    await tell(['ops'], [noticeOf(1, 'High', texts)]);
    const [mail] = await mailsOf('ops', 1);
    const name = noticeOf(1).alert.name;

    expect(mail).toMatchObject({
      messageId: `<${name}@example.com>`,
      from: { name: 'Vedette', address: 'vedette@example.com' },
      to: [{ address: 'ops@example.com' }],
      html: expect.stringContaining('&lt;script&gt;'),
      text: expect.stringContaining('45.155.204.10'),
    });
    expect([mail?.cc, mail?.bcc]).toEqual([undefined, undefined]);
    const header = (wanted: string) => mail?.headers.find(({ key }) => key === wanted)?.value;
    expect(header('list-id')).toBe('"Vedette alerts" <vedette.example.com>');
    expect(header('auto-submitted')).toBe('auto-generated');
    expect(header('received')).toContain('with ESMTPS');
  });

  it('says who is refused for good, and who for now', async () => {
    await expect(tell(['gone'], [noticeOf(2)])).rejects.toMatchObject({ isPermanent: true });
    await expect(tell(['later', 'dba'], [noticeOf(2)])).rejects.toMatchObject({
      isPermanent: false,
      message: expect.stringContaining('450'),
    });
    await mailsOf('dba', 1);
  });

  it('takes the mail of `vedette mail test`', async () => {
    const file = join(folder, 'vedette.yaml');
    const { ca, ...plain } = settings(['desk']);
    writeFileSync(join(folder, 'ca.pem'), ca);
    const channels = { desk: { email: { ...plain, ca: '${file:ca.pem}' } } };
    const resources = [{ id: 'orders', kind: 'postgresql', logs: [{ path: 'none.csv', format: 'csvlog' }] }];
    writeFileSync(file, JSON.stringify({ resources, notifications: { channels } }));
    const { code, stdout, stderr } = await runVedette(['mail', 'test', '-c', file]);

    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'desk: sent to desk@example.com\n', stderr: '' });
    const [mail] = await mailsOf('desk', 1);
    expect(mail?.subject).toBe('[Informational] Test notification: test');
  });
});
