import { Command } from 'commander';
import { apiClient } from './api-client.ts';
import { printRows } from './print-rows.ts';
import { type CommandOptions as Options, serverCommand } from './server-command.ts';

const COLUMNS = {
  Principal: 'principal',
  Kind: 'kind',
  Value: 'value',
  First: 'firstTime',
  Last: 'lastTime',
  Uses: 'uses',
  Usual: 'median',
  Most: 'largest',
  Hours: 'hours',
  Pinned: 'isPinned',
  Detector: 'detector',
};
const DECISION_COLUMNS = {
  Number: 'sequence',
  Decision: 'decision',
  By: 'by',
  Time: 'time',
  'Holds after': 'eventTime',
  Principal: 'principal',
  Kind: 'kind',
  Value: 'value',
  Alert: 'alert',
};
const CHANGES = {
  forget: 'say that something is not usual: it is judged as new when it comes again',
  pin: 'keep something usual for ever, however seldom it comes',
  unpin: 'let something be forgotten as everything else is',
} as const;

type FactOptions = Options & { kind: string; principal: string; value: string };

/** What is usual on a resource, and what people say about it. */
export function baselineCommands(): Command {
  const baseline = new Command('baseline')
    .description('what is usual on a resource')
    .addCommand(
      serverCommand('list', 'list what is usual')
        .argument('<resource>')
        .option('--principal <name>', 'only of this principal')
        .action(async (resource: string, options: Options & { principal?: string }) => {
          const { principal, output } = options;
          const query = principal === undefined ? '' : `?principal=${encodeURIComponent(principal)}`;
          const path = `${pathOf(resource)}/baseline${query}`;
          const told = await apiClient(options)<{ items: object[] }>('GET', path);
          printRows(output, told, told.items, COLUMNS);
        }),
    )
    .addCommand(
      serverCommand('decisions', 'list what people decided about it, alerts that were dismissed among that')
        .argument('<resource>')
        .action(async (resource: string, options: Options) => {
          const { items } = await apiClient(options)<{ items: object[] }>('GET', `${pathOf(resource)}/decisions`);
          printRows(options.output, items, items, DECISION_COLUMNS);
        }),
    );
  for (const [change, description] of Object.entries(CHANGES)) {
    baseline.addCommand(
      serverCommand(change, description)
        .argument('<resource>')
        .requiredOption('--kind <kind>', 'place, region, application, principal, caller, hours or volume')
        .requiredOption('--principal <name>', 'whose')
        .option('--value <text>', 'as the list tells it', '')
        .action(async (resource: string, options: FactOptions) => {
          const { kind, principal, value } = options;
          const body = { change, kind, principal, value };
          const told = await apiClient(options)<object>('POST', `${pathOf(resource)}/baseline-changes`, body);
          printRows(options.output, told, [told], DECISION_COLUMNS);
        }),
    );
  }
  return baseline;
}

function pathOf(resource: string): string {
  return `/api/v1/resources/${encodeURIComponent(resource)}`;
}
