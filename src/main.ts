import { isMainThread, workerData } from 'node:worker_threads';
import { detectors } from './detectors/index.ts';
import { parsers } from './parsers/index.ts';

/** Arguments that name Node and this file. */
const OWN_ARGUMENTS = 2;

const plugins = { parsers, detectors };
/** Ways in of logs that grow: for the server alone. */
const loadSources = async () => (await import('./sources/index.ts')).sources;

// each loads what it needs and no more: a thread that judges has no use for the server, nor for its start-up time
if (isMainThread) {
  const { runCli } = await import('./cli/run-cli.ts');
  process.exitCode = await runCli(process.argv.slice(OWN_ARGUMENTS), { ...plugins, loadSources });
  if (process.exitCode !== 0) {
    process.stdout.write('', () => process.exit()); // what a command had begun when it failed would keep the process
  }
} else if ((workerData as { live?: true } | null)?.live) {
  const { runLiveThread } = await import('./live/live-thread.ts');
  runLiveThread({ ...plugins, sources: await loadSources() });
} else {
  const { runReplayWorker } = await import('./pipeline/replay-worker.ts');
  runReplayWorker(plugins);
}
