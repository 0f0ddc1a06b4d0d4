import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import { planReplay } from '../config/plan-replay.ts';
import { resolveFormats } from '../formats/resolve-formats.ts';
import { UserError } from '../lib/user-error.ts';
import type { Alert } from '../model/alert.ts';
import type { OnProgress, ReplayPlan, ResourcePlan } from '../pipeline/plan.ts';
import { replay } from '../pipeline/replay.ts';
import { changesOf } from '../tuning/alert-changes.ts';
import type { Settings } from '../tuning/setting-variants.ts';
import { trialsOf } from '../tuning/trials.ts';
import { lookOf } from './look.ts';
import { parseTime } from './parse-time.ts';
import { parseWorkers } from './parse-workers.ts';
import { progressBar } from './progress-bar.ts';
import type { Plugins } from './run-replay.ts';
import { type Trial, tuneReport } from './tune-report.ts';
import { writePieces } from './write-pieces.ts';

/** What `vedette tune` was asked for. */
export interface TuneOptions {
  config: string;
  /** Absent: every detector that runs. */
  detector?: string;
  /** Epoch milliseconds. */
  from?: number;
  /** Epoch milliseconds. */
  to?: number;
  workers: number;
  all?: boolean;
}

/** The command without what it does. */
export function tuneCommand(): Command {
  return new Command('tune')
    .description(
      'show what each setting would have raised over the history of a resource: what disappears, what appears',
    )
    .argument('<resource>', 'the resource, as its id is written in the configuration')
    .requiredOption('-c, --config <file>', 'the configuration, vedette.yaml')
    .option('--detector <id>', 'only the settings of this detector')
    .option('--from <time>', 'compare only alerts that start here or later', (text) => parseTime(text, '--from'))
    .option('--to <time>', 'stop reading at this time', (text) => parseTime(text, '--to'))
    .option('--workers <number>', 'threads at most; never changes the outcome', parseWorkers, availableParallelism())
    .option('--all', 'list every alert that disappears or appears, not the first few');
}

/** Replays the history once for each setting that is tried; changes nothing. */
export async function runTune(resource: string, options: TuneOptions, plugins: Plugins): Promise<void> {
  const config = await loadConfig(options.config, plugins);
  const inputs = await resolveFormats(config, plugins);
  const plan = await planReplay({ ...config, ...inputs }, options, inputs.notes);
  const subject = subjectOf(plan, resource);
  const trials = chosenTrials(subject, options, plugins);
  const bar = progressBar(process.stderr);
  try {
    const runs = trials.length + 1;
    const judge = async (settings: Settings, run: number): Promise<Alert[]> =>
      alertsOf(await replay(only(plan, subject, settings), plugins, share(bar?.onProgress, run, runs)), subject);
    const now = await judge(subject.settings, 0);
    const tried: Trial[] = [];
    for (const [index, trial] of trials.entries()) {
      const alerts = await judge(trial.settings, index + 1);
      tried.push({ ...trial, changes: changesOf(now, alerts) });
    }
    bar?.stop();
    const look = lookOf(process.stdout, process.env);
    await writePieces(process.stdout, [tuneReport(subject.resource.name, now, tried, look, options.all === true)]);
  } finally {
    bar?.stop();
  }
}

function subjectOf({ resources }: ReplayPlan, asked: string): ResourcePlan {
  const key = asked.toLowerCase();
  const found = resources.find(({ resource }) => resource.name.toLowerCase() === key || resource.key === key);
  if (found === undefined) {
    const names = resources.map(({ resource }) => resource.name).join(', ');
    throw new UserError(`the configuration has no resource "${asked}"; it has ${names}`);
  }
  return found;
}

function chosenTrials({ settings }: ResourcePlan, { detector: asked }: TuneOptions, { detectors }: Plugins) {
  const running = detectors.filter(({ id }) => settings[id] !== undefined).map(({ id }) => id);
  if (asked !== undefined && !running.includes(asked)) {
    throw new UserError(`no detector "${asked}" runs for this resource; there are ${running.join(', ')}`);
  }
  return trialsOf(settings, detectors, asked);
}

/** The plan for one resource with other settings, and for the streams that may name it. */
function only(plan: ReplayPlan, subject: ResourcePlan, settings: Settings): ReplayPlan {
  return { ...plan, resources: [{ ...subject, settings }] };
}

function alertsOf({ alerts }: Awaited<ReturnType<typeof replay>>, { resource }: ResourcePlan): Alert[] {
  const parsed = alerts.map((line) => JSON.parse(line) as Alert);
  return parsed.filter(({ properties }) =>
    properties.resourceIdentifiers.some(({ azureResourceId }) => azureResourceId.toLowerCase() === resource.key),
  );
}

/** One of several runs, as a part of the whole. */
function share(onProgress: OnProgress | undefined, run: number, runs: number): OnProgress | undefined {
  return onProgress && ((read, total) => onProgress(run * total + read, runs * total));
}
