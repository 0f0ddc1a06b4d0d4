import { realpathSync } from 'node:fs';
import { type Config, loadConfig } from '../config/load-config.ts';
import { planReplay } from '../config/plan-replay.ts';
import { resolveFormats } from '../formats/resolve-formats.ts';
import { UserError } from '../lib/user-error.ts';
import type { Alert } from '../model/alert.ts';
import type { ReplayPlan, ReplayResult } from '../pipeline/plan.ts';
import { replay, startCrew } from '../pipeline/replay.ts';
import type { ReplayWorker } from '../pipeline/replay-worker.ts';
import { alertOutput } from './alert-output.ts';
import { closingCounts } from './closing-counts.ts';
import { comparisonText } from './comparison-text.ts';
import { FILE_LOOK, lookOf } from './look.ts';
import { type OutputFile, openOutput } from './output-file.ts';
import { progressBar } from './progress-bar.ts';
import { withDecisions } from './read-decisions.ts';
import { type ReplayOptions, requireSpan } from './replay-options.ts';
import { writePieces } from './write-pieces.ts';

export type Plugins = Parameters<typeof replay>[1];

/** Milliseconds of a second. */
const SECOND_MS = 1000;

/** Runs `vedette replay`: alerts to standard output or a file, counts to standard error. */
export async function runReplay(options: ReplayOptions, plugins: Plugins): Promise<void> {
  requireSpan(options);
  if (options.compare !== undefined) {
    await runComparison({ ...options, compare: options.compare }, plugins);
    return;
  }
  const config = await loadConfig(options.config, plugins);
  const crew = startCrew(config, options.workers);
  const inputs = await resolveFormats(config, plugins);
  const output = options.out === undefined ? undefined : openOutput(options.out);
  refuseOwnInput(config, options, output);
  const { decisions } = options;
  const resources = decisions === undefined ? inputs.resources : withDecisions(inputs.resources, decisions);
  const plan = await planReplay({ ...config, ...inputs, resources }, options, inputs.notes);
  const started = performance.now();
  const { alerts: lines, counts } = await replayWithBar(plan, plugins, crew);
  const seconds = (performance.now() - started) / SECOND_MS;
  const alerts = { lines, parsed: lines.map((line) => JSON.parse(line) as Alert) };
  if (output) {
    output.write(alertOutput(alerts, options, counts, FILE_LOOK));
  } else if (
    !(await writePieces(process.stdout, alertOutput(alerts, options, counts, lookOf(process.stdout, process.env))))
  ) {
    return;
  }
  const outcome = { counts, alerts: alerts.parsed, seconds, attributions: plan.addressData.attributions };
  await writePieces(process.stderr, [closingCounts(outcome)]);
}

/** Judges the history by two configurations; says on standard output, or in a file, how they differ. */
async function runComparison(options: ReplayOptions & { compare: string }, plugins: Plugins): Promise<void> {
  const files = { before: options.config, after: options.compare };
  const output = options.out === undefined ? undefined : openOutput(options.out);
  const judged: Alert[][] = [];
  for (const file of [files.before, files.after]) {
    const config = await loadConfig(file, plugins);
    const inputs = await resolveFormats(config, plugins);
    refuseOwnInput(config, { ...options, config: file }, output);
    const { alerts } = await replayWithBar(await planReplay({ ...config, ...inputs }, options, inputs.notes), plugins);
    judged.push(alerts.map((line) => JSON.parse(line) as Alert));
  }
  const look = output ? FILE_LOOK : lookOf(process.stdout, process.env);
  const text = comparisonText(files, judged[0], judged[1], look);
  if (output) {
    output.write([text]);
  } else {
    await writePieces(process.stdout, [text]);
  }
}

/** Alerts in place of the log that they are about would destroy the evidence. */
function refuseOwnInput(config: Config, { config: file, out }: ReplayOptions, output: OutputFile | undefined): void {
  const sources = [...config.resources.flatMap((resource) => resource.sources), ...config.streams.sources];
  const logs = sources.flatMap(({ files }) => files);
  if (output && [file, ...logs].some((path) => realpathSync(path) === output.path)) {
    throw new UserError(`--out "${out}" is a file that this run reads; name another file`);
  }
}

async function replayWithBar(plan: ReplayPlan, plugins: Plugins, crew?: ReplayWorker[]): Promise<ReplayResult> {
  const bar = progressBar(process.stderr);
  try {
    return await replay(plan, plugins, bar?.onProgress, crew);
  } finally {
    bar?.stop();
  }
}
