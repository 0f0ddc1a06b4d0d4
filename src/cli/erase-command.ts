import { type Command, Option } from 'commander';
import { apiClient } from './api-client.ts';
import { printRows } from './print-rows.ts';
import { type CommandOptions, serverCommand } from './server-command.ts';

interface EraseOptions extends CommandOptions {
  resource?: string;
  mode: string;
  reason: string;
}

const COLUMNS = {
  Activities: 'activities',
  Files: 'files',
  Alerts: 'alerts',
  Resources: 'resources',
  Pending: 'pending',
  Pseudonym: 'pseudonym',
};

/** `vedette erase`: what somebody did is removed, or kept under another name, in all that the server keeps. */
export function eraseCommand(): Command {
  return serverCommand('erase', 'erase or pseudonymise what a principal did, for good')
    .argument('<principal>', 'as activities name it')
    .addOption(new Option('--mode <mode>', 'what is left').choices(['erase', 'pseudonymise']).makeOptionMandatory())
    .requiredOption('--reason <text>', 'why; kept in the audit log')
    .option('--resource <id>', 'name or id of a resource; absent: everywhere')
    .action(async (principal: string, { resource, mode, reason, ...options }: EraseOptions) => {
      const body = { principal, mode, reason, ...(resource !== undefined && { resource }) };
      const told = await apiClient(options)<object>('POST', '/api/v1/erasures', body);
      printRows(options.output, told, [told], COLUMNS);
    });
}
