import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { UserError } from '../lib/user-error.ts';
import { parseTime } from './parse-time.ts';
import { parseWorkers } from './parse-workers.ts';

/** `json`: Azure's alert resource. `ocsf`: Detection Finding of OCSF. `cef`: Common Event Format. `table`: for people. */
const FORMATS = ['table', 'json', 'ocsf', 'cef'] as const;
export type OutputFormat = (typeof FORMATS)[number];

/** What `vedette replay` was asked for. */
export interface ReplayOptions {
  config: string;
  /** Epoch milliseconds. */
  from?: number;
  /** Epoch milliseconds. */
  to?: number;
  /** Absent: standard output. */
  out?: string;
  /** Absent: told by the name of `out`. */
  format?: OutputFormat;
  workers: number;
  /** Name of the one alert to show, or its end. */
  alert?: string;
  /** Another configuration, by which the same history is judged. */
  compare?: string;
  /** File of what people decided about what is usual. */
  decisions?: string;
}

/** The command without what it does. Mistakes in values are `UserError`s. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('run the detectors over the configured logs as history')
    .requiredOption('-c, --config <file>', 'the configuration, vedette.yaml')
    .option(
      '--from <time>',
      'print only alerts that start here or later; earlier records are learned (UTC unless a zone is given)',
      (text) => parseTime(text, '--from'),
    )
    .option('--to <time>', 'stop reading at this time', (text) => parseTime(text, '--to'))
    .option('--out <file>', 'write alerts to a file instead of standard output')
    .addOption(
      new Option(
        '--format <format>',
        'table for people; for programs, one alert a line: json (Azure), ocsf (OCSF 1.8.0 Detection Finding) or cef (default: by the name of --out, else table)',
      ).choices(FORMATS),
    )
    .option('--workers <number>', 'threads at most; never changes the outcome', parseWorkers, availableParallelism())
    .option('--alert <name>', 'show one alert whole; the end of its name is enough')
    .option(
      '--decisions <file>',
      'what people decided, as `vedette baseline decisions -o json` prints it: each holds from where it happened',
    )
    .option('--compare <file>', 'another configuration: tell only what it would raise, and what it would not');
}

/** The format, by default the one that the name of the output speaks of. */
export function formatOf({ format, out = '' }: ReplayOptions): OutputFormat {
  if (format !== undefined) {
    return format;
  }
  const extension = /\.(json|jsonl|ndjson|cef)$/i.exec(out)?.[1].toLowerCase();
  return extension === undefined ? 'table' : extension === 'cef' ? 'cef' : 'json';
}

/** Refuses a span of time that nothing can lie in. */
export function requireSpan({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: ReplayOptions): void {
  if (from >= to) {
    throw new UserError('--from must be earlier than --to; between them lies nothing');
  }
}
