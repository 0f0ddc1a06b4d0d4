import { Command, Option } from 'commander';
import type { ServerOptions } from './api-client.ts';
import { OUTPUTS, type Output } from './print-rows.ts';

export type CommandOptions = ServerOptions & { output: Output };

/** A command that asks a server, wherever that is. */
export function serverCommand(name: string, description: string, output: Output = 'table'): Command {
  return new Command(name)
    .description(description)
    .addOption(new Option('-o, --output <format>', 'how it is shown').choices(OUTPUTS).default(output))
    .option('--server <url>', 'address of the server; absent: the saved sign-in, or the socket on this machine')
    .option('--socket <path>', 'socket of the server on this machine (data/vedette.sock)');
}
