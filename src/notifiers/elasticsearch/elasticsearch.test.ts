import { afterEach, beforeEach, expect, it } from 'vitest';
import { deliver, noticeOf, type Receiver, startReceiver } from '../testkit.ts';
import { elasticsearch } from './elasticsearch.ts';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  answerWith(201, 201);
});
afterEach(() => receiver.close());

/** As a cluster answers a bulk request: elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk. */
function answerWith(...statuses: number[]): void {
  const items = statuses.map((status) => ({
    create: {
      _index: 'i',
      status,
      ...(status >= 300 && { error: { type: 'mapper_parsing_exception', reason: 'no' } }),
    },
  }));
  receiver.answer = { status: 200, body: JSON.stringify({ took: 3, errors: statuses.some((it) => it >= 300), items }) };
}

const settings = (more = {}) => ({ url: receiver.url, apiKey: 'a2V5', ...more });

it('creates a document for each notice, in the Elastic Common Schema, under the id of the notice', async () => {
  await deliver(elasticsearch, settings(), [noticeOf(1), noticeOf(2, 'Low')]);

  const [{ path, headers, body }] = receiver.received as [Receiver['received'][number]];
  const lines = body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(path).toBe('/logs-vedette.alert-default/_bulk');
  expect(headers).toMatchObject({ authorization: 'ApiKey a2V5', 'content-type': 'application/x-ndjson' });
  expect(lines[0]).toEqual({ create: { _id: 'id-1' } });
  expect(lines[1]).toMatchObject({
    '@timestamp': '2026-11-17T02:14:05.012Z',
    event: { kind: 'alert', category: ['intrusion_detection', 'database'], severity: 73, url: noticeOf(1).portalUrl },
    rule: { id: 'brute-force', name: 'Suspected successful brute force attack' },
    source: { ip: '45.155.204.10', geo: { country_iso_code: 'RU' }, as: { number: 208_677 } },
    user: { name: 'analyst' },
    threat: { technique: { id: ['T1110'], subtechnique: { id: ['T1110.001'], name: ['Password Guessing'] } } },
    related: { ip: ['45.155.204.10'], user: ['analyst'] },
  });
});

it('knows a repetition, which the cluster refuses as a conflict', async () => {
  answerWith(201, 409);

  await expect(deliver(elasticsearch, settings(), [noticeOf(1), noticeOf(2)])).resolves.toBeUndefined();
});

it.each([
  [[400, 201], true],
  [[429, 400], false],
  [[503, 201], false],
])('is refused for good or for now, as the single items say: %j', async (statuses, isPermanent) => {
  answerWith(...statuses);

  await expect(deliver(elasticsearch, settings(), [noticeOf(1), noticeOf(2)])).rejects.toMatchObject({ isPermanent });
});

it('is not content with a page that answers 200 to everything', async () => {
  receiver.answer = { status: 200, body: '<html>welcome</html>' };

  await expect(deliver(elasticsearch, settings(), [noticeOf()])).rejects.toThrow('no answer of a bulk request');
});

it('signs in by name and password, too', async () => {
  await deliver(elasticsearch, { url: receiver.url, user: 'u', password: 'p', index: 'alerts' }, [noticeOf()]);

  expect(receiver.received[0]).toMatchObject({ path: '/alerts/_bulk', headers: { authorization: 'Basic dTpw' } });
});
