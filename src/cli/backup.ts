import { Command } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import { UserError } from '../lib/user-error.ts';
import type { Plugins } from './run-replay.ts';
import { terminalText } from './terminal-text.ts';
import { writePieces } from './write-pieces.ts';

interface ConfigOption {
  config: string;
}

/** `vedette backup FILE`, beside a running server. */
export function backupCommand(plugins: Plugins): Command {
  return new Command('backup')
    .description('copy the store into a file, while the server may be at work')
    .argument('<file>', 'the backup; one that is there is replaced')
    .requiredOption('-c, --config <file>', 'the configuration, vedette.yaml')
    .action(async (file: string, { config }: ConfigOption) => {
      const path = await storeFile(config, plugins, `pg_dump --format=custom --schema=vedette --file=${file}`);
      const { backupFile } = await import('../store/sqlite/backup-file.ts');
      await backupFile(path, file);
      await tell(`The store is in ${file}. It holds secrets: keep it as you keep the server's own.`);
    });
}

/** `vedette restore FILE`, while the server is stopped. */
export function restoreCommand(plugins: Plugins): Command {
  return new Command('restore')
    .description('put a backup in the place of the store; the server must be stopped')
    .argument('<file>', 'what `vedette backup` wrote')
    .requiredOption('-c, --config <file>', 'the configuration, vedette.yaml')
    .action(async (file: string, { config }: ConfigOption) => {
      const path = await storeFile(config, plugins, `pg_restore --clean --if-exists --dbname=… ${file}`);
      const { restoreFile } = await import('../store/sqlite/backup-file.ts');
      const before = restoreFile(path, file);
      await tell(`Restored ${path}.${before === undefined ? '' : ` What was there is now ${before}.`}`);
    });
}

async function storeFile(config: string, plugins: Plugins, instead: string): Promise<string> {
  const { storeUrl, directory } = await loadConfig(config, plugins, true);
  const { sqlitePath } = await import('../store/open-store.ts'); // loaded by those who need the store only
  const path = sqlitePath(storeUrl, directory);
  if (path === undefined) {
    throw new UserError(`The store is a PostgreSQL server, which has its own tools: ${instead}`);
  }
  return path;
}

async function tell(text: string): Promise<void> {
  await writePieces(process.stdout, [`${terminalText(text)}\n`]);
}
