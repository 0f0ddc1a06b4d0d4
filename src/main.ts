import { isMainThread, workerData } from 'node:worker_threads';
import { runCli } from './cli/run-cli.ts';
import { detectors } from './detectors/index.ts';
import { runLiveThread } from './live/live-thread.ts';
import { parsers } from './parsers/index.ts';
import { runReplayWorker } from './pipeline/replay-worker.ts';
import { sources } from './sources/index.ts';

/** Arguments that name Node and this file. */
const OWN_ARGUMENTS = 2;

const plugins = { parsers, detectors, sources };

if (isMainThread) {
  process.exitCode = await runCli(process.argv.slice(OWN_ARGUMENTS), plugins);
} else if ((workerData as { live?: true }).live) {
  runLiveThread(plugins);
} else {
  runReplayWorker(plugins);
}
