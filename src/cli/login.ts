import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { UserError } from '../lib/user-error.ts';
import { apiClient, LOGIN_FILE, type SavedLogin } from './api-client.ts';

interface LoginOptions {
  server: string;
  certificate?: string;
}

/** Keeps address and token of a server for the commands that follow. */
export function loginCommand(): Command {
  return new Command('login')
    .description('keep address and API token (from standard input) of a server for the commands that follow')
    .requiredOption('--server <url>', 'address of the server, https://…')
    .option('--certificate <file>', 'certificate of the server (PEM), where no authority vouches for it')
    .action(async ({ server, certificate: file }: LoginOptions) => {
      if (process.stdin.isTTY) {
        process.stderr.write('Paste an API token, then press Enter and Ctrl-D: ');
      }
      const token = (await text(process.stdin)).trim();
      if (token === '') {
        throw new UserError('give an API token on standard input; "vedette tokens add" or the portal makes one');
      }
      const certificate = file === undefined ? {} : { certificate: await readFile(file, 'utf8') };
      const login: SavedLogin = { server, token, ...certificate };
      await mkdir(dirname(LOGIN_FILE), { recursive: true, mode: 0o700 });
      const { name } = await apiClient({ login })<{ name: string }>('GET', '/api/v1/me');
      await writeFile(LOGIN_FILE, JSON.stringify(login), { mode: 0o600 });
      process.stdout.write(`Signed in at ${server} as ${name}.\n`);
    });
}
