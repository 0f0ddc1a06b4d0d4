import { z } from 'zod';
import { alertLine } from '../alert-line.ts';
import { DeliveryError } from '../delivery-error.ts';
import { defineNotifier, type Notice } from '../notifier.ts';
import { post, shown } from '../post.ts';

const CONFLICT = 409;
const TOO_MANY = 429;
const SERVER_ERROR = 500;

const settings = z.object({
  url: z.url({ protocol: /^https?$/ }).describe('Address of the cluster, such as `https://elastic.example.com:9200`.'),
  index: z
    .string()
    .regex(/^[^A-Z\\/*?"<>|,# ]{1,200}$/, 'must be the name of an index or a data stream')
    .default('logs-vedette.alert-default')
    .describe('Index or data stream of the alerts.'),
  apiKey: z.string().min(1).exactOptional().describe('API key in base64, as a reference: `${env:ELASTIC_API_KEY}`.'),
  user: z.string().min(1).exactOptional().describe('Name to sign in with, in place of an API key.'),
  password: z.string().min(1).exactOptional().describe('Its password, as a reference.'),
  ca: z
    .string()
    .min(1)
    .exactOptional()
    .describe('Who signed its certificate, where Node does not trust them, as PEM: `${file:PATH}`.'),
});

const Answer = z.object({
  errors: z.boolean(),
  items: z.array(z.record(z.string(), z.object({ status: z.int(), error: z.unknown().optional() }))),
});

/** Writes alerts into Elasticsearch or OpenSearch, in the Elastic Common Schema. */
export const elasticsearch = defineNotifier({
  id: 'elasticsearch',
  title: 'Elasticsearch, OpenSearch',
  settings,

  open({ url, index, apiKey, user, password, ca }, { version }) {
    const target = `${url.replace(/\/+$/, '')}/${index}/_bulk`;
    const authorization =
      apiKey !== undefined
        ? `ApiKey ${apiKey}`
        : user !== undefined
          ? `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}`
          : undefined;
    const headers = {
      'content-type': 'application/x-ndjson',
      'user-agent': `Vedette/${version}`,
      ...(authorization !== undefined && { authorization }),
    };
    return {
      batch: 200,
      tellsDecisions: true,
      async deliver(notices, signal) {
        const body = notices.map((notice) => documentOf(notice, version)).join('');
        requireTaken(await post(target, body, headers, signal, ca === undefined ? {} : { ca }));
      },
      close: async () => {},
    };
  },
});

/** Created under the id of the notice: a repetition is refused as known, in data streams, too. */
function documentOf(notice: Notice, version: string): string {
  return `${JSON.stringify({ create: { _id: notice.id } })}\n${alertLine(notice, 'ecs', version)}\n`;
}

function requireTaken(answer: string): void {
  const parsed = Answer.safeParse(safeJson(answer));
  if (!parsed.success) {
    throw new Error(`answered what is no answer of a bulk request: ${shown(answer)}`);
  }
  const outcomes = parsed.data.items.flatMap((item) => Object.values(item));
  const failed = outcomes.filter(({ status }) => status >= 300 && status !== CONFLICT);
  if (failed.length > 0) {
    const isPermanent = failed.every(({ status }) => status !== TOO_MANY && status < SERVER_ERROR);
    throw new DeliveryError(
      `did not take ${failed.length} of ${outcomes.length}: ${shown(JSON.stringify(failed[0]!.error ?? failed[0]!.status))}`,
      {
        isPermanent,
      },
    );
  }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
