import { Command } from 'commander';
import { apiClient } from './api-client.ts';
import { printRows } from './print-rows.ts';
import { type CommandOptions as Options, serverCommand } from './server-command.ts';

const COLUMNS = { Name: 'name', Blocks: 'cidr', Location: 'location', Trusted: 'trusted', Origin: 'origin' };

type NetworkOptions = Options & { cidr: string[]; country?: string; city?: string; trusted?: true };

/** What addresses mean to people. */
export function networkCommands(): Command {
  return new Command('networks')
    .description('named networks: what addresses mean to you')
    .addCommand(
      serverCommand('list', 'list named networks, of the file and of people').action(async (options: Options) => {
        const { items } = await apiClient(options)<{ items: object[] }>('GET', '/api/v1/networks');
        printRows(options.output, items, items, COLUMNS);
      }),
    )
    .addCommand(
      serverCommand('set', 'make a named network, or replace it')
        .argument('<name>')
        .requiredOption('--cidr <blocks...>', 'its addresses, such as 198.51.100.0/24')
        .option('--country <code>', 'where it is: two letters of ISO 3166-1, such as DE')
        .option('--city <name>', 'for people')
        .option('--trusted', 'access from there is beyond suspicion')
        .action(async (name: string, options: NetworkOptions) => {
          const { cidr, country, city, trusted = false } = options;
          const location = country === undefined ? {} : { location: { country, ...(city !== undefined && { city }) } };
          const told = await apiClient(options)<object>('PUT', pathOf(name), { cidr, trusted, ...location });
          printRows(options.output, told, [told], COLUMNS);
        }),
    )
    .addCommand(
      serverCommand('remove', 'remove what people set; the file stays as it is')
        .argument('<name>')
        .action(async (name: string, options: Options) => {
          await apiClient(options)('DELETE', pathOf(name));
        }),
    );
}

function pathOf(name: string): string {
  return `/api/v1/networks/${encodeURIComponent(name)}`;
}
