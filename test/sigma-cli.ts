import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './run-vedette.ts';

const run = promisify(execFile);

/** From PyPI; Debian has no package of it. */
const VERSION = '3.1.0';
/** Milliseconds that an installation may take where the network is slow. */
const PATIENCE_MS = 300_000;

/**
 * The program `sigma`: the one that SIGMA_CLI names, or one that is installed from PyPI once, into the folder where
 * packages keep what they make. A `problem` is why there is none, in a sentence without its stop.
 */
export async function sigmaCli(): Promise<{ command: string } | { problem: string }> {
  const given = process.env.SIGMA_CLI;
  if (given !== undefined) {
    return (await works(given)) ? { command: given } : { problem: `SIGMA_CLI is ${given}, which is no sigma-cli` };
  }
  const folder = join(ROOT, 'node_modules/.cache', `sigma-cli-${VERSION}`);
  const command = join(folder, 'bin/sigma');
  if (await works(command)) {
    return { command };
  }
  const options = { timeout: PATIENCE_MS };
  try {
    await run('python3', ['-m', 'venv', '--clear', folder], options);
    const quiet = ['-q', '--disable-pip-version-check', '--no-input'];
    await run(join(folder, 'bin/pip'), ['install', ...quiet, `sigma-cli==${VERSION}`], options);
    return { command };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    const [why] = String((error as Error).message).split('\n');
    return { problem: `sigma-cli ${VERSION} could not be installed with python3 and pip from PyPI: ${why}` };
  }
}

function works(command: string): Promise<boolean> {
  return run(command, ['--help']).then(
    () => true,
    () => false,
  );
}
