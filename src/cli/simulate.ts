import type { Command } from 'commander';
import { apiClient } from './api-client.ts';
import { printRows } from './print-rows.ts';
import { type CommandOptions, serverCommand } from './server-command.ts';

type Options = CommandOptions & { type?: string[] };

const COLUMNS = { Severity: 'severity', Type: 'alertType', What: 'displayName', Name: 'name' };

/** `vedette simulate`. */
export function simulateCommand(): Command {
  return serverCommand('simulate', 'raise a marked sample alert of each type: stored, shown and told as a real one is')
    .argument('<resource>', 'name or id of the resource that they are about')
    .option('--type <alertType...>', 'only these types')
    .action(async (resource: string, options: Options) => {
      const path = `/api/v1/resources/${encodeURIComponent(resource)}/simulations`;
      const body = options.type === undefined ? {} : { alertTypes: options.type };
      const told = await apiClient(options)<{ items: object[] }>('POST', path, body);
      printRows(options.output, told.items, told.items, COLUMNS);
    });
}
