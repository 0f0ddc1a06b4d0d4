import { z } from 'zod';
import { chatChannel, chatSettings } from '../chat-channel.ts';
import { defineNotifier } from '../notifier.ts';
import { slackMessage } from './slack-message.ts';

const settings = z.object({
  webhookUrl: z
    .url({ protocol: /^https?$/ })
    .describe('Address of an incoming webhook, which is a secret: `${env:SLACK_WEBHOOK}`.'),
  ...chatSettings,
});

/** Tells a channel of Slack. */
export const slack = defineNotifier({
  id: 'slack',
  title: 'Slack',
  settings,
  open: (options, surroundings) => chatChannel(options, surroundings, slackMessage),
});
