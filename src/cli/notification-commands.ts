import { Command, Option } from 'commander';
import { UserError } from '../lib/user-error.ts';
import { apiClient } from './api-client.ts';
import { printRows } from './print-rows.ts';
import { serverCommand as command, type CommandOptions as Options } from './server-command.ts';

interface Items {
  items: object[];
}

interface Preview extends Items {
  examined: number;
  matched: number;
}

const CHANNEL_COLUMNS = {
  Name: 'name',
  Kind: 'kind',
  From: 'minimalSeverity',
  Waiting: 'waiting',
  Sent: 'sent',
  Dead: 'dead',
  Silenced: 'silenced',
};
const PREVIEW_COLUMNS = {
  Severity: 'severity',
  Started: 'startTime',
  Resource: 'resourceName',
  What: 'displayName',
  Channels: 'channels',
  Silenced: 'silenced',
};
const DELIVERY_COLUMNS = {
  State: 'state',
  Channel: 'channel',
  Created: 'createdTime',
  Attempts: 'attempts',
  Why: 'lastError',
  Id: 'id',
};
const TEST_COLUMNS = { Delivered: 'delivered', Error: 'error' };

/** What is told to whom: channels, a test of each, and what would have been told. */
export function notificationCommands(): Command {
  return new Command('notifications')
    .description('who is told of alerts')
    .addCommand(
      command('list', 'list the channels, and how they fare').action(async (options: Options) => {
        const told = await apiClient(options)<Items>('GET', '/api/v1/notifications/channels');
        printRows(options.output, told.items, told.items, CHANNEL_COLUMNS);
      }),
    )
    .addCommand(
      command('test', 'send a sample, marked as a test')
        .argument('<channel>', 'its name; mailto:ADDRESS for a person')
        .action(async (channel: string, options: Options) => {
          const path = `/api/v1/notifications/channels/${encodeURIComponent(channel)}/test`;
          const told = await apiClient(options)<{ delivered: boolean }>('POST', path);
          printRows(options.output, told, [told], TEST_COLUMNS);
          if (!told.delivered) {
            throw new UserError(`${channel} did not take the sample; mend its settings or the receiver`);
          }
        }),
    )
    .addCommand(
      command('preview', 'list which alerts of the last days would have been told, and to whom')
        .option('--channel <name>', 'only by the rules of this channel')
        .option('--days <number>', 'how far back', '30')
        .action(async ({ channel, days, ...options }: Options & { channel?: string; days: string }) => {
          const body = { days: Number(days), ...(channel !== undefined && { channel }) };
          const told = await apiClient(options)<Preview>('POST', '/api/v1/notifications/preview', body);
          printRows(options.output, told, told.items, PREVIEW_COLUMNS);
          const shown = told.items.length < told.matched ? `; the newest ${told.items.length} are shown` : '';
          process.stderr.write(
            `${told.matched} of ${told.examined} alerts of ${days} days would have been told${shown}\n`,
          );
        }),
    );
}

/** What was told, what waits and what was given up. */
export function deliveryCommands(): Command {
  return new Command('deliveries')
    .description('what was told to whom, what waits and what was given up')
    .addCommand(
      command('list', 'list deliveries, the newest first')
        .addOption(new Option('--state <list>', 'waiting,sent,dead,silenced'))
        .option('--channel <name>', 'of one channel')
        .option('--alert <name>', 'of one alert')
        .option('--limit <number>', 'deliveries at most', '50')
        .action(async (options: Options & Record<string, string>) => {
          const { state, channel, alert, limit } = options;
          const given = Object.entries({ state, channel, alert, limit }).filter(([, it]) => it !== undefined);
          const path = `/api/v1/deliveries?${new URLSearchParams(given).toString()}`;
          const told = await apiClient(options)<Items>('GET', path);
          printRows(options.output, told.items, told.items, DELIVERY_COLUMNS);
        }),
    )
    .addCommand(
      command('resend', 'tell again: deliveries by id, or all that a channel gave up')
        .argument('[id...]')
        .option('--channel <name>', 'all that was given up on this channel')
        .action(async (ids: string[], options: Options & { channel?: string }) => {
          if (ids.length === 0 && options.channel === undefined) {
            throw new UserError('name the deliveries by their ids, or all that a channel gave up by --channel');
          }
          const send = apiClient(options);
          const told: object[] = [];
          for (const id of ids) {
            told.push(await send<object>('POST', `/api/v1/deliveries/${encodeURIComponent(id)}/resend`));
          }
          if (options.channel !== undefined) {
            const { count } = await send<{ count: number }>('POST', '/api/v1/deliveries/resend', {
              channel: options.channel,
            });
            process.stderr.write(`${count} deliveries are told again\n`);
          }
          if (ids.length > 0) {
            printRows(options.output, told, told, DELIVERY_COLUMNS);
          }
        }),
    );
}
