import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliver, HOSTILE, noticeOf, type Receiver, startReceiver } from '../testkit.ts';
import { slack } from './slack.ts';
import { slackMessage } from './slack-message.ts';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

it('posts an alert as blocks with links to its pages', async () => {
  await deliver(slack, { webhookUrl: receiver.url, timeZone: 'Asia/Tokyo' }, [noticeOf()]);

  const message = JSON.parse(receiver.received[0]!.body) as { text: string; blocks: { type: string }[] };
  expect(message.text).toContain('High: Suspected successful brute force attack (orders)');
  expect(message.blocks.map(({ type }) => type)).toEqual(['header', 'section', 'section', 'actions']);
  expect(receiver.received[0]!.body).toContain('17 Nov 2026, 11:14');
  expect(receiver.received[0]!.body).toContain(`"url":"${noticeOf().portalUrl}"`);
});

it('sums up a storm in one message, the gravest first', () => {
  const notices = [noticeOf(1, 'Low'), ...Array.from({ length: 30 }, (_, n) => noticeOf(n + 2, 'High'))];
  const text = JSON.stringify(slackMessage(notices, 'UTC'));

  expect(text).toContain('31 alerts: 30 High, 1 Low');
  expect(text).toContain('and 11 more, in the portal');
});

describe('what a log says', () => {
  const withTexts = (text: string) =>
    noticeOf(1, 'High', { alertDisplayName: text, description: text, compromisedEntity: text });

  it('is no mention, link or emphasis', () => {
    const body = JSON.stringify(slackMessage([withTexts(HOSTILE)], 'UTC'));

    expect(body).not.toMatch(/<!channel|<http:\/\/evil|https?:\/\/evil/);
    expect(body).toContain('&lt;!channel&gt;');
  });

  it('is never too long for Slack, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 6000 }), (text) => {
        for (const notices of [[withTexts(text)], [withTexts(text), withTexts(text)]]) {
          const { blocks } = slackMessage(notices, 'UTC') as { blocks: { text?: { type: string; text: string } }[] };
          for (const { text: it } of blocks) {
            expect(it === undefined || it.text.length <= (it.type === 'plain_text' ? 150 : 3000)).toBe(true);
            expect(it?.type === 'mrkdwn' && /<(?!https:\/\/vedette\.example\.com)/.test(it.text)).toBe(false);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

it('is put off as long as Slack asks', async () => {
  receiver.answer = { status: 429, headers: { 'retry-after': '30' } };

  await expect(deliver(slack, { webhookUrl: receiver.url }, [noticeOf()])).rejects.toMatchObject({
    retryAfterMs: 30_000,
  });
});
