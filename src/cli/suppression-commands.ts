import { Command } from 'commander';
import { UserError } from '../lib/user-error.ts';
import { LOCAL_SUBSCRIPTION } from '../model/resource-id.ts';
import { apiClient } from './api-client.ts';
import { parseTime } from './parse-time.ts';
import { printRows } from './print-rows.ts';
import { type CommandOptions as Options, serverCommand } from './server-command.ts';

type RuleOptions = Options &
  Record<'subscription' | 'alertType' | 'reason', string> & { until?: string; when?: string[] };
interface Items {
  items: object[];
}

const COLUMNS = {
  Name: 'name',
  State: 'state',
  'Alert type': 'alertType',
  Conditions: 'conditions',
  Until: 'until',
  Reason: 'reason',
  Broad: 'isBroad',
  Subscription: 'subscriptionId',
};
const PREVIEW_COLUMNS = { Days: 'days', Looked: 'looked', Hidden: 'hidden' };

/** Rules by which alerts are born dismissed. */
export function suppressionCommands(): Command {
  return new Command('suppressions')
    .description('rules by which alerts are born dismissed, and nobody is told')
    .addCommand(
      serverCommand('list', 'list suppression rules').action(async (options: Options) => {
        const { items } = await apiClient(options)<Items>('GET', '/api/v1/suppressions');
        printRows(options.output, items, items, COLUMNS);
      }),
    )
    .addCommand(
      withRule(serverCommand('add', 'make or replace a rule'))
        .argument('<name>')
        .requiredOption('--reason <text>', 'why; others read it')
        .option(
          '--until <time>',
          'first moment at which it holds no more, such as 2026-12-24T00:00:00Z; absent: for ever',
        )
        .action(async (name: string, options: RuleOptions) => {
          const { reason, until } = options;
          const end = until === undefined ? {} : { until: new Date(parseTime(until, '--until')).toISOString() };
          const { subscriptionId, ...rule } = ruleIn(options);
          const told = await apiClient(options)<object>('PUT', pathOf(subscriptionId, name), {
            ...rule,
            reason,
            ...end,
          });
          printRows(options.output, told, [told], COLUMNS);
        }),
    )
    .addCommand(
      withRule(serverCommand('preview', 'tell how many alerts of the last 90 days a rule would have hidden')).action(
        async (options: RuleOptions) => {
          const told = await apiClient(options)<object>('POST', '/api/v1/suppressions/preview', ruleIn(options));
          printRows(options.output, told, [told], PREVIEW_COLUMNS);
        },
      ),
    )
    .addCommand(
      serverCommand('remove', 'remove a rule')
        .argument('<name>')
        .option('--subscription <id>', 'GUID of its subscription', LOCAL_SUBSCRIPTION)
        .action(async (name: string, { subscription, ...options }: Options & { subscription: string }) => {
          await apiClient(options)('DELETE', pathOf(subscription, name));
        }),
    );
}

function withRule(to: Command): Command {
  return to
    .option('--subscription <id>', 'GUID of the subscription', LOCAL_SUBSCRIPTION)
    .option('--alert-type <type>', 'only alerts of this type', '*')
    .option('--when <field=value...>', 'a condition, such as entities.ip.address=203.0.113.7; all of them must fit');
}

function ruleIn({ subscription, alertType, when = [] }: RuleOptions) {
  const conditions = when.map((text) => {
    const [, field, values] = /^([\w.-]+)=(.+)$/.exec(text) ?? [];
    if (field === undefined || values === undefined) {
      throw new UserError(`--when "${text}" must be FIELD=VALUE, such as entities.account.name=scanner`);
    }
    return { field, oneOf: values.split(',') };
  });
  return { subscriptionId: subscription, alertType, conditions };
}

function pathOf(subscription: string, name: string): string {
  return `/api/v1/suppressions/${encodeURIComponent(subscription)}/${encodeURIComponent(name)}`;
}
