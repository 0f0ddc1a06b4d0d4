import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import type { Server } from '../serve/server.ts';
import type { Source } from '../sources/source.ts';
import { parseWorkers } from './parse-workers.ts';
import { EXIT, reportFailure } from './report-failure.ts';
import type { Plugins as ReplayPlugins } from './run-replay.ts';
import { terminalText } from './terminal-text.ts';
import { vedetteVersion } from './vedette-version.ts';

export type Plugins = ReplayPlugins & { loadSources: () => Promise<readonly Source[]> };

export interface ServeCommandOptions {
  config: string;
  workers: number;
}

/** Between two tellings of how far a history has been read. */
const PROGRESS_MS = 3000;
/** What is older is read as history. */
const HISTORY_MS = 600_000;
const DAY_MS = 86_400_000;

/** The command without what it does. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('watch the configured logs as they grow, store alerts, answer the API')
    .requiredOption('-c, --config <file>', 'the configuration, vedette.yaml')
    .option('--workers <number>', 'threads that judge at most', parseWorkers, availableParallelism());
}

/** Runs `vedette serve` until a signal ends it. */
export async function runServe({ config, workers }: ServeCommandOptions, plugins: Plugins): Promise<void> {
  const started = reloadAtHangup();
  const { serve } = await import('../serve/serve.ts'); // other commands do without all that the server is made of
  const { NOTIFIERS: notifiers } = await import('../notifiers/index.ts');
  const sources = await plugins.loadSources();
  const server = await serve({ config, workers, version: vedetteVersion(), note }, { ...plugins, sources, notifiers });
  started(server);
  note(`watching ${server.configured.length} resources`);
  tellAddresses(server);
  const progress = setInterval(() => tellProgress(server), PROGRESS_MS);
  await new Promise((resolve) => process.once('SIGTERM', resolve).once('SIGINT', resolve));
  clearInterval(progress);
  await server.stop();
  note('stopped');
  process.exit(EXIT.success); // what waits for a store that does not answer must not keep the process
}

/** For a person, on standard output: where the portal is, and how to get in for the first time. */
function tellAddresses({ api }: Server): void {
  const urls = [api.httpUrl, api.httpsUrl].filter((url) => url !== undefined);
  process.stdout.write(`\nVedette is at ${urls.join(' and ')}\n`);
  if (api.ownerLink !== undefined) {
    process.stdout.write(`First sign-in (once, within a day): ${api.ownerLink}\n`);
  }
}

/**
 * Reads the configuration again at each SIGHUP, one after another. Nothing listening, a SIGHUP would end the process: so
 * this comes first, and one that comes during the start waits until the function that it gives is told the server.
 */
function reloadAtHangup(): (server: Server) => void {
  const { promise: started, resolve } = Promise.withResolvers<Server>();
  let last: Promise<unknown> = started;
  process.on('SIGHUP', () => {
    last = last.then(async () => reload(await started));
  });
  return resolve;
}

async function reload(server: Server): Promise<void> {
  try {
    await server.reload();
    note('the configuration was read again');
  } catch (error) {
    note(`the configuration is kept as it was: ${reportFailure(error, process.env).text.trim()}`);
  }
}

/** How far histories have been read: `orders: day 9 of 14`. What came just now is none. */
function tellProgress({ engine }: Server): void {
  for (const { name, first, newest, waitingBytes } of engine.status.values()) {
    if (waitingBytes > 0 && Number.isFinite(newest - first) && Date.now() - newest > HISTORY_MS) {
      const day = Math.floor((newest - first) / DAY_MS) + 1;
      const days = Math.floor((Date.now() - first) / DAY_MS) + 1;
      note(`${name}: day ${day} of ${days}`);
    }
  }
}

function note(text: string): void {
  process.stderr.write(`${new Date().toISOString()} ${terminalText(text)}\n`);
}
