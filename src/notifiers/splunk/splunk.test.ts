import { afterEach, beforeEach, expect, it } from 'vitest';
import { deliver, noticeOf, type Receiver, startReceiver } from '../testkit.ts';
import { splunk } from './splunk.ts';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  receiver.answer = { status: 200, body: '{"text":"Success","code":0}' };
});
afterEach(() => receiver.close());

const settings = (more = {}) => ({ url: receiver.url, token: 'secret-token', index: 'security', ...more });

it('posts all alerts of a batch as events with their own time', async () => {
  await deliver(splunk, settings(), [noticeOf(1), noticeOf(2, 'Low')]);

  const [{ path, headers, body }] = receiver.received as [Receiver['received'][number]];
  const events = body.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(path).toBe('/services/collector/event');
  expect(headers.authorization).toBe('Splunk secret-token');
  expect(events).toMatchObject([
    {
      time: Date.parse('2026-11-17T02:14:05.012Z') / 1000,
      sourcetype: 'vedette:alert',
      index: 'security',
      event: { name: noticeOf(1).alert.name, properties: { alertUri: noticeOf(1).portalUrl } },
      fields: { vedette_id: 'id-1', severity: 'High' },
    },
    { event: { name: noticeOf(2).alert.name }, fields: { severity: 'Low' } },
  ]);
});

it('writes the Elastic Common Schema or OCSF where that is wanted', async () => {
  await deliver(splunk, settings({ format: 'ecs' }), [noticeOf()]);
  await deliver(splunk, settings({ format: 'ocsf' }), [noticeOf()]);

  const events = receiver.received.map(({ body }) => JSON.parse(body) as { event: Record<string, unknown> });
  expect(events[0]?.event).toHaveProperty('ecs.version');
  expect(events[1]?.event).toHaveProperty('class_uid', 2004);
});

it('is tried again after a wrong token or a busy server, not after an event that it cannot read', async () => {
  for (const [status, isPermanent] of [
    [403, false],
    [503, false],
    [400, true],
  ] as const) {
    receiver.answer = { status, body: '{"text":"no","code":6}' };

    await expect(deliver(splunk, settings(), [noticeOf()])).rejects.toMatchObject({ isPermanent });
  }
});

it('never tells the token in an error', async () => {
  receiver.answer = { status: 403, body: 'Invalid token' };

  await expect(deliver(splunk, settings(), [noticeOf()])).rejects.toThrow(/^(?!.*secret-token)/);
});
