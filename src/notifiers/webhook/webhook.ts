import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { defineNotifier, type Notice } from '../notifier.ts';
import { post } from '../post.ts';
import { BODIES, bodyOf } from './body-of.ts';

const settings = z.object({
  url: z.url({ protocol: /^https?$/ }).describe('Where the notices are posted to.'),
  secret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'must be whsec_ and at least 24 random bytes in base64')
    .describe('Signs each notice (Standard Webhooks, `whsec_…`). As a reference: `${env:WEBHOOK_SECRET}`.'),
  previousSecret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'must be whsec_ and at least 24 random bytes in base64')
    .exactOptional()
    .describe('Signs as well while receivers change from one secret to the next.'),
  body: z.enum(BODIES).default('azure').describe('Form of the alert: Azure’s resource, OCSF 1.8, or CloudEvents 1.0.'),
});

/** Posts each alert to an address of yours, signed as Standard Webhooks (standardwebhooks.com) says. */
export const webhook = defineNotifier({
  id: 'webhook',
  title: 'Webhook',
  settings,

  open({ url, secret, previousSecret, body }, { clock, version }) {
    const signers = [secret, previousSecret].filter((key) => key !== undefined).map((key) => new Webhook(key));
    const send = async (notice: Notice, signal: AbortSignal) => {
      const { type, text } = bodyOf(notice, body, version);
      const time = new Date(clock());
      await post(
        url,
        text,
        {
          'content-type': type,
          'user-agent': `Vedette/${version}`,
          'webhook-id': notice.id,
          'webhook-timestamp': String(Math.floor(time.getTime() / 1000)),
          'webhook-signature': signers.map((signer) => signer.sign(notice.id, time, text)).join(' '),
        },
        signal,
      );
    };
    return {
      batch: 1,
      tellsDecisions: true,
      deliver: async ([notice], signal) => send(notice!, signal),
      close: async () => {},
    };
  },
});
