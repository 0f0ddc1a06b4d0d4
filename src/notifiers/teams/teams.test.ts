import { afterEach, beforeEach, expect, it } from 'vitest';
import { deliver, HOSTILE, noticeOf, type Receiver, startReceiver } from '../testkit.ts';
import { teams } from './teams.ts';
import { teamsCard } from './teams-card.ts';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  receiver.answer = { status: 202 };
});
afterEach(() => receiver.close());

it('posts an alert as an Adaptive Card, as workflows take it', async () => {
  await deliver(teams, { webhookUrl: receiver.url }, [noticeOf()]);

  const { type, attachments } = JSON.parse(receiver.received[0]!.body) as {
    type: string;
    attachments: { contentType: string; content: Record<string, unknown> }[];
  };
  expect(type).toBe('message');
  expect(attachments[0]?.contentType).toBe('application/vnd.microsoft.card.adaptive');
  expect(attachments[0]?.content).toMatchObject({
    type: 'AdaptiveCard',
    body: [
      { type: 'TextBlock', text: '▲ High: Suspected successful brute force attack', color: 'attention' },
      { type: 'TextBlock', wrap: true },
      { type: 'FactSet', facts: expect.arrayContaining([{ title: 'Principal', value: 'analyst' }]) },
    ],
    actions: expect.arrayContaining([{ type: 'Action.OpenUrl', title: 'View alert', url: noticeOf().portalUrl }]),
  });
});

it('sums up many alerts in one card', () => {
  const text = JSON.stringify(teamsCard([noticeOf(1, 'Medium'), noticeOf(2, 'High')], 'UTC'));

  expect(text).toContain('2 alerts: 1 High, 1 Medium');
  expect(text.indexOf('**High**')).toBeLessThan(text.indexOf('**Medium**'));
});

it('makes no mark-up and no link of what a log says', () => {
  const properties = { alertDisplayName: HOSTILE, description: HOSTILE, compromisedEntity: HOSTILE };
  for (const notices of [[noticeOf(1, 'High', properties)], [noticeOf(1, 'High', properties), noticeOf(2)]]) {
    const text = JSON.stringify(teamsCard(notices, 'UTC'));

    expect(text).not.toMatch(/https?:\/\/evil/);
    expect(text).not.toContain('[click](');
    expect(text).not.toContain('**bold**');
  }
});
