import type { Command } from 'commander';
import { UserError } from '../lib/user-error.ts';
import { apiClient } from './api-client.ts';
import { everyItem } from './every-item.ts';
import { printRows } from './print-rows.ts';
import { type CommandOptions as Options, serverCommand } from './server-command.ts';

const COLUMNS = { Name: 'name', Engine: 'engine', Protection: 'protection', Origin: 'origin', Id: 'id' };

type AddOptions = Options & {
  kind: string;
  log?: string[];
  push?: true;
  format: string;
  prefix?: string;
  timezone?: string;
};

/** Protected databases: without a further word, all are listed. */
export function resourceCommands(): Command {
  return serverCommand('resources', 'list protected databases, add one, or remove one that was added')
    .action(async (options: Options) => {
      const items = await everyItem(apiClient(options), '/api/v1/resources?limit=200');
      printRows(options.output, items, items, COLUMNS);
    })
    .addCommand(
      serverCommand('add', 'watch another database from now on')
        .argument('<id>', 'a short name, or a whole Azure Resource Manager id')
        .requiredOption('--kind <kind>', 'postgresql or cosmosdb')
        .option('--log <paths...>', 'files or globs on the server, below one of server.logFolders')
        .option('--push', 'programs push the records, with an ingest token')
        .option('--format <format>', 'id of the log format; auto finds it out', 'auto')
        .option('--prefix <text>', "the server's log_line_prefix")
        .option('--timezone <zone>', 'of abbreviations in the log, such as Europe/Berlin')
        .action(async (id: string, _: object, command: Command) => {
          const options: AddOptions = command.optsWithGlobals(); // those that the list takes, too
          const body = { id, kind: options.kind, logs: logsIn(options) };
          const told = await apiClient(options)<object>('POST', '/api/v1/resources', body);
          printRows(options.output, told, [told], COLUMNS);
        }),
    )
    .addCommand(
      serverCommand('remove', 'watch a database no longer that was added; its alerts stay')
        .argument('<resource>', 'name or id')
        .action(async (resource: string, _: object, command: Command) => {
          const options: Options = command.optsWithGlobals();
          await apiClient(options)('DELETE', `/api/v1/resources/${encodeURIComponent(resource)}`);
        }),
    );
}

function logsIn({ log = [], push, format, prefix, timezone }: AddOptions): object[] {
  if (log.length === 0 && push === undefined) {
    throw new UserError('name a log with --log PATH, or say --push');
  }
  const reading = {
    format,
    ...(prefix !== undefined && { logLinePrefix: prefix }),
    ...(timezone !== undefined && { timezone }),
  };
  return [...log.map((path) => ({ path, ...reading })), ...(push === true ? [{ push: {}, ...reading }] : [])];
}
