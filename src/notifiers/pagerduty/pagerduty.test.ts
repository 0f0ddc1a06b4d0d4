import { afterEach, beforeEach, expect, it } from 'vitest';
import { deliver, noticeOf, type Receiver, startReceiver } from '../testkit.ts';
import { pagerduty } from './pagerduty.ts';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  receiver.answer = { status: 202, body: '{"status":"success"}' };
});
afterEach(() => receiver.close());

async function eventOf(notice: ReturnType<typeof noticeOf>) {
  await deliver(pagerduty, { routingKey: 'R0', url: `${receiver.url}/v2/enqueue` }, [notice]);
  return JSON.parse(receiver.received.at(-1)!.body) as Record<string, unknown>;
}

it('opens an incident by the name of the alert', async () => {
  expect(await eventOf(noticeOf())).toMatchObject({
    routing_key: 'R0',
    event_action: 'trigger',
    dedup_key: noticeOf().alert.name,
    client_url: noticeOf().portalUrl,
    payload: {
      severity: 'critical',
      source: 'orders',
      timestamp: '2026-11-17T02:14:05.012Z',
      class: 'SQL.PostgreSQL_BruteForce',
      custom_details: { Principal: 'analyst', 'Client IP address': '45.155.204.10' },
    },
  });
});

it.each([
  ['InProgress', 'acknowledge'],
  ['Resolved', 'resolve'],
  ['Dismissed', 'resolve'],
] as const)('does with it what people do with the alert: %s', async (status, action) => {
  expect(await eventOf(noticeOf(1, 'High', { status }))).toEqual({
    routing_key: 'R0',
    event_action: action,
    dedup_key: noticeOf().alert.name,
  });
});

it('cuts what is too long for PagerDuty', async () => {
  const { payload } = (await eventOf(noticeOf(1, 'High', { description: 'x'.repeat(5000) }))) as {
    payload: { summary: string };
  };

  expect(payload.summary).toHaveLength(1024);
});

it.each([
  [400, true],
  [429, false],
  [500, false],
])('is told again, or not, after %d', async (status, isPermanent) => {
  receiver.answer = { status };

  await expect(eventOf(noticeOf())).rejects.toMatchObject({ isPermanent });
});
