import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { checkedPackage } from '../evidence/package.ts';
import { UserError } from '../lib/user-error.ts';
import { apiClient, apiFiles, type ServerOptions } from './api-client.ts';
import { EXIT } from './report-failure.ts';
import { terminalText } from './terminal-text.ts';

interface Key {
  keyId: string;
  pem: string;
}

/** `vedette evidence`: signed packages of what speaks for an alert. */
export function evidenceCommands(): Command {
  return new Command('evidence')
    .description('signed packages of what speaks for an alert or an incident')
    .addCommand(saveCommand())
    .addCommand(keyCommand())
    .addCommand(verifyCommand());
}

/** No output format: what comes is a file. */
function ofServer(command: Command): Command {
  return command
    .option('--server <url>', 'address of the server; absent: the saved sign-in, or the socket on this machine')
    .option('--socket <path>', 'socket of the server on this machine (data/vedette.sock)');
}

function saveCommand(): Command {
  return ofServer(new Command('save'))
    .description('save the evidence of an alert or an incident')
    .argument('<alert>', 'name of the alert')
    .option('--out <file>', 'where to; default: evidence-NAME.zip')
    .action(async (name: string, { out, ...options }: ServerOptions & { out?: string }) => {
      const bytes = await apiFiles(options)('POST', `/api/v1/alerts/${encodeURIComponent(name)}/evidence`);
      const file = out ?? `evidence-${name}.zip`;
      await writeFile(file, bytes, { mode: 0o600 });
      process.stdout.write(`Saved ${file} (${bytes.length} bytes).\n`);
    });
}

function keyCommand(): Command {
  return ofServer(new Command('key'))
    .description('print the public key that a server signs packages by')
    .action(async (options: ServerOptions) => {
      process.stdout.write((await apiClient(options)<Key>('GET', '/api/v1/evidence-key')).pem);
    });
}

function verifyCommand(): Command {
  return new Command('verify')
    .description('check that a package is as it was signed; exit code 1 where it is not')
    .argument('<file>', 'the package')
    .option('--key <file>', 'public key of the server (vedette evidence key); absent: whoever signed it is not checked')
    .action(async (file: string, { key }: { key?: string }) => {
      const { manifest, problems } = checkedPackage(await read(file), key === undefined ? undefined : await keyIn(key));
      if (problems.length > 0 || manifest === undefined) {
        const lines = [...problems, `${file} is not to be trusted.`];
        process.stderr.write(lines.map((line) => `${terminalText(line)}\n`).join(''));
        process.exitCode = EXIT.failure;
        return;
      }
      const { files, alerts, createdTime, createdBy, keyId } = manifest;
      const signer = key === undefined ? `by the key ${keyId}, which was not compared: see --key` : 'by the key given';
      const lines = [
        `${files.length} files are as they were signed, ${signer}.`,
        `Made ${createdTime} by ${createdBy}, of ${alerts.length === 1 ? 'alert' : `${alerts.length} alerts, first`} ${alerts[0]}.`,
      ];
      process.stdout.write(lines.map((line) => `${terminalText(line)}\n`).join(''));
    });
}

async function read(file: string): Promise<Buffer> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${file} cannot be read (${error.code ?? error.message})`);
  });
}

async function keyIn(file: string): Promise<KeyObject> {
  try {
    return createPublicKey(await read(file));
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(`${file} holds no public key in PEM`);
  }
}
