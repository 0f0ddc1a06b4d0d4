import { z } from 'zod';
import { chatChannel, chatSettings } from '../chat-channel.ts';
import { defineNotifier } from '../notifier.ts';
import { teamsCard } from './teams-card.ts';

const settings = z.object({
  webhookUrl: z
    .url({ protocol: /^https?$/ })
    .describe(
      'Address of a workflow “when a Teams webhook request is received”, which is a secret: `${env:TEAMS_WEBHOOK}`.',
    ),
  ...chatSettings,
});

/** Tells a channel of Microsoft Teams. */
export const teams = defineNotifier({
  id: 'teams',
  title: 'Microsoft Teams',
  settings,
  open: (options, surroundings) => chatChannel(options, surroundings, teamsCard),
});
