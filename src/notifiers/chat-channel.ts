import { z } from 'zod';
import type { Channel, Notice, Surroundings } from './notifier.ts';
import { historyOf, type MailHistory, noteSent, paceMails } from './pace.ts';
import { post } from './post.ts';
import { isTimeZone } from './time-for.ts';

/** Settings of every chat, beside where it is. */
export const chatSettings = {
  timeZone: z
    .string()
    .default('UTC')
    .refine(isTimeZone, 'is not the IANA name of a time zone')
    .describe('IANA name of the zone in which times are told, such as `Europe/Berlin`.'),
};

interface ChatOptions {
  webhookUrl: string;
  timeZone: string;
}

/** A channel that people read: at most as many messages as a person can follow. */
export function chatChannel(
  { webhookUrl, timeZone }: ChatOptions,
  { version, clock }: Surroundings,
  messageOf: (notices: readonly Notice[], timeZone: string) => object,
): Channel {
  const history: MailHistory = { single: [], storm: [] };
  const headers = { 'content-type': 'application/json', 'user-agent': `Vedette/${version}` };
  return {
    batch: 1,
    pace: (due, time) => paceMails(due, time, history, { timeZone }),
    recall(sentTimes) {
      Object.assign(history, historyOf(sentTimes));
    },
    async deliver(notices, signal) {
      await post(webhookUrl, JSON.stringify(messageOf(notices, timeZone)), headers, signal);
      noteSent(history, notices, clock());
    },
    close: async () => {},
  };
}
