import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { alertLine } from './alert-line.ts';
import { elasticsearch } from './elasticsearch/elasticsearch.ts';
import type { Notifier } from './notifier.ts';
import { pagerdutyEvent } from './pagerduty/pagerduty-event.ts';
import { slackMessage } from './slack/slack-message.ts';
import { splunk } from './splunk/splunk.ts';
import { syslogLine } from './syslog/syslog-line.ts';
import { teamsCard } from './teams/teams-card.ts';
import { noticeOf, startReceiver } from './testkit.ts';

const VERSION = '0.1.0';
const HEADER = { facility: 'local4', host: 'monitor', enterprise: 32_473, version: VERSION } as const;
const notice = noticeOf();
const pretty = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
const parsed = (form: 'azure' | 'ocsf' | 'ecs' | 'export') => pretty(JSON.parse(alertLine(notice, form, VERSION)));

/** What a web server is sent. */
async function posted(notifier: Notifier, settings: object, answer: string): Promise<string> {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  receiver.answer = { status: 200, body: answer };
  const channel = notifier.open({ url: receiver.url, ...settings }, { version: VERSION, clock: Date.now });
  await channel.deliver([notice], AbortSignal.timeout(30_000));
  return receiver.received[0]?.body ?? '';
}

const SAMPLES: Readonly<Record<string, () => string | Promise<string>>> = {
  'azure.json': () => parsed('azure'),
  'ocsf.json': () => parsed('ocsf'),
  'ecs.json': () => parsed('ecs'),
  'continuous-export.json': () => parsed('export'),
  'cef.txt': () => `${syslogLine(notice, 'cef', HEADER, 100_000)}\n`,
  'structured-data.txt': () => `${syslogLine(notice, 'structured', HEADER, 100_000)}\n`,
  'splunk.json': async () => {
    const body = await posted(splunk, { token: 'token', format: 'ecs' }, '{"text":"Success","code":0}');
    return pretty({ ...(JSON.parse(body) as object), host: HEADER.host });
  },
  'elasticsearch.ndjson': () => posted(elasticsearch, {}, '{"errors":false,"items":[{"create":{"status":201}}]}'),
  'slack.json': () => pretty(slackMessage([notice], 'Europe/Berlin')),
  'teams.json': () => pretty(teamsCard([notice], 'Europe/Berlin')),
  'pagerduty.json': () => pretty(pagerdutyEvent(notice, 'ROUTING-KEY')),
};

describe('a sample of the documentation', () => {
  it.each(Object.entries(SAMPLES))('%s is what is sent', async (name, make) => {
    await expect(await make()).toMatchFileSnapshot(`samples/${name}`);
  });
});

describe('a line of JSON', () => {
  it.each(['azure', 'ocsf', 'ecs', 'export'] as const)('of the form %s gives back what a log says', (form) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), (description) => {
        const line = alertLine(noticeOf(1, 'High', { description }), form, VERSION);

        expect(line).not.toMatch(/[\n\r\u0085\u2028\u2029]/);
        expect(textsIn(JSON.parse(line))).toContain(description);
      }),
      { numRuns: 200 },
    );
  });
});

function textsIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).flatMap(textsIn);
  }
  return typeof value === 'string' ? [value] : [];
}
