import { hostname } from 'node:os';
import { z } from 'zod';
import { alertLine } from '../alert-line.ts';
import { defineNotifier, type Notice } from '../notifier.ts';
import { post } from '../post.ts';

const MS_PER_SECOND = 1000;

const settings = z.object({
  url: z
    .url({ protocol: /^https?$/ })
    .describe('Address of the HTTP Event Collector, such as `https://splunk.example.com:8088`.'),
  token: z.string().min(1).describe('Its token, as a reference: `${env:SPLUNK_TOKEN}`.'),
  index: z.string().min(1).exactOptional().describe('Index of the events. Absent: that of the token.'),
  sourcetype: z.string().min(1).default('vedette:alert').describe('Source type of the events.'),
  format: z
    .enum(['azure', 'ocsf', 'ecs'])
    .default('azure')
    .describe('What an event holds: Azure’s resource, OCSF, or the Elastic Common Schema.'),
  ca: z
    .string()
    .min(1)
    .exactOptional()
    .describe('Who signed its certificate, where Node does not trust them, as PEM: `${file:PATH}`.'),
});

/** Tells Splunk by its HTTP Event Collector. */
export const splunk = defineNotifier({
  id: 'splunk',
  title: 'Splunk',
  settings,

  open({ url, token, index, sourcetype, format, ca }, { version }) {
    const target = new URL('/services/collector/event', url).href;
    const headers = {
      authorization: `Splunk ${token}`,
      'content-type': 'application/json',
      'user-agent': `Vedette/${version}`,
    };
    const common = { host: hostname(), source: 'vedette', sourcetype, ...(index !== undefined && { index }) };
    const eventOf = (notice: Notice) =>
      JSON.stringify({
        time: Date.parse(notice.alert.properties.startTimeUtc) / MS_PER_SECOND,
        ...common,
        event: JSON.parse(alertLine(notice, format, version)) as unknown,
        fields: { vedette_id: notice.id, severity: notice.alert.properties.severity },
      });
    return {
      batch: 100,
      async deliver(notices, signal) {
        await post(target, notices.map(eventOf).join('\n'), headers, signal, ca === undefined ? {} : { ca });
      },
      close: async () => {},
    };
  },
});
