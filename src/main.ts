import { isMainThread } from 'node:worker_threads';
import { runCli } from './cli/run-cli.ts';
import { detectors } from './detectors/index.ts';
import { parsers } from './parsers/index.ts';
import { runReplayWorker } from './pipeline/replay-worker.ts';

/** Arguments that name Node and this file. */
const OWN_ARGUMENTS = 2;

const plugins = { parsers, detectors };

if (isMainThread) {
  process.exitCode = await runCli(process.argv.slice(OWN_ARGUMENTS), plugins);
} else {
  runReplayWorker(plugins);
}
