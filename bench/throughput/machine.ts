import { execFileSync, spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { version } from '@duckdb/node-api';

/** The machine and the versions that the numbers hold for, as a markdown list. */
export function machineLines(): string[] {
  const wc = execFileSync('wc', ['--version'], { encoding: 'utf8' }).split('\n', 1)[0];
  return [
    `- CPU: ${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores`,
    `- Memory: ${(totalmem() / 1e9).toFixed(0)} GB`,
    `- Node ${process.version}, DuckDB ${version()} with one thread, ${wc}`,
  ];
}

/** Whether a command is found on the path. */
export function isInstalled(command: string): boolean {
  return spawnSync('which', [command]).status === 0;
}
