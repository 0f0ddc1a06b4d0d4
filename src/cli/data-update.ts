import { basename } from 'node:path';
import { Command } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import { type Publisher, updateDataFile } from '../enrichers/update-data-file.ts';
import { useOutboundPolicy } from '../lib/outbound/outbound-policy.ts';
import { UserError } from '../lib/user-error.ts';
import type { Plugins } from './run-replay.ts';
import { terminalText } from './terminal-text.ts';
import { writePieces } from './write-pieces.ts';

/** `vedette data update`. */
export function dataCommand(plugins: Plugins): Command {
  const update = new Command('update')
    .description('fetch the data files about addresses that have a publisher, where there are newer ones')
    .requiredOption('-c, --config <file>', 'the configuration, vedette.yaml')
    .action(async ({ config: file }: { config: string }) => {
      const { publishers, outbound } = await loadConfig(file, plugins, true);
      useOutboundPolicy(outbound);
      await updateAll(publishers, file);
    });
  return new Command('data').description('data files about addresses').addCommand(update);
}

async function updateAll(publishers: readonly Publisher[], config: string): Promise<void> {
  if (publishers.length === 0) {
    throw new UserError(`${config} names no publishers; list them under enrichment.publishers.`);
  }
  let kept = 0;
  for (const publisher of publishers) {
    const name = basename(publisher.file);
    try {
      const outcome = await updateDataFile(publisher);
      await tell(outcome.state === 'updated' ? `${name}: updated (${outcome.bytes} bytes)` : `${name}: unchanged`);
    } catch (error) {
      kept++;
      await tell(`${name}: kept as it was: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (kept > 0) {
    throw new UserError(`${kept} of ${publishers.length} data files could not be updated.`);
  }
}

async function tell(text: string): Promise<void> {
  await writePieces(process.stdout, [`${terminalText(text)}\n`]);
}
