import { Command } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import { surveyInputs } from '../formats/survey.ts';
import { checkReport } from './check-report.ts';
import { lookOf } from './look.ts';
import type { Plugins } from './run-replay.ts';
import { writePieces } from './write-pieces.ts';

export interface CheckOptions {
  config: string;
}

/** The command without what it does. */
export function checkConfigCommand(): Command {
  return new Command('check-config')
    .description('validate the configuration, look at the beginning of each log, and tell what detectors miss in it')
    .requiredOption('-c, --config <file>', 'the configuration, vedette.yaml');
}

/** Runs `vedette check-config`: the report goes to standard output; a mistake in the configuration is a `UserError`. */
export async function runCheckConfig({ config: file }: CheckOptions, plugins: Plugins): Promise<void> {
  const surveys = await surveyInputs(await loadConfig(file, plugins), plugins);
  await writePieces(process.stdout, [checkReport(file, surveys, lookOf(process.stdout, process.env))]);
}
