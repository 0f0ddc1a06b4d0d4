import { z } from 'zod';
import { defineNotifier } from '../notifier.ts';
import { post } from '../post.ts';
import { pagerdutyEvent } from './pagerduty-event.ts';

const settings = z.object({
  routingKey: z.string().min(1).describe('Integration key of a service, as a reference: `${env:PAGERDUTY_KEY}`.'),
  url: z
    .url({ protocol: /^https?$/ })
    .default('https://events.pagerduty.com/v2/enqueue')
    .describe('Where events are taken; in the EU `https://events.eu.pagerduty.com/v2/enqueue`.'),
});

/** Opens an incident in PagerDuty for each alert, and resolves it when the alert is. */
export const pagerduty = defineNotifier({
  id: 'pagerduty',
  title: 'PagerDuty',
  settings,

  open({ routingKey, url }, { version }) {
    const headers = { 'content-type': 'application/json', 'user-agent': `Vedette/${version}` };
    return {
      batch: 1,
      tellsDecisions: true,
      async deliver([notice], signal) {
        await post(url, JSON.stringify(pagerdutyEvent(notice!, routingKey)), headers, signal);
      },
      close: async () => {},
    };
  },
});
