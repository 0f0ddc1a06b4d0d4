import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { OUT_DIR } from './generated-file.ts';
import type { LoadName } from './group-by-load.ts';
import type { CountName } from './own-counts.ts';

const ROOT = join(import.meta.dirname, '../..');
/** The runtime that the project pins, whatever runs this benchmark. */
const NODE = join(ROOT, 'node_modules/.bin/node');

/** A resource as the configuration names it, with its one log. */
export interface ReplayResource {
  id: string;
  kind: 'postgresql' | 'cosmosdb';
  format: string;
  logLinePrefix?: string;
  path: string;
}

/** `vedette replay` with all detectors and the address data that comes with it, alerts written to a file. */
export function replayCommand(name: string, resources: readonly ReplayResource[], workers: number): string[] {
  const config = join(OUT_DIR, `${name}.yaml`);
  const entries = resources.map(({ id, kind, ...log }) => ({ id, kind, logs: [log] }));
  writeFileSync(config, stringify({ resources: entries }));
  const options = ['--format', 'json', '--out', alertsFile(name), '--workers', String(workers)];
  return [join(ROOT, 'bin/vedette'), 'replay', '-c', config, ...options];
}

/** Where the replay of that name leaves its alerts, one a line. */
export function alertsFile(name: string): string {
  return join(OUT_DIR, `${name}.alerts.jsonl`);
}

export function duckdbCommand(load: LoadName, path: string): string[] {
  return [NODE, join(import.meta.dirname, 'duckdb.ts'), load, path];
}

/** mawk is the fastest awk that Debian has. */
export function mawkCommand(path: string, options: readonly string[] = []): string[] {
  return ['mawk', ...options, '-f', join(import.meta.dirname, 'stderr-load.awk'), path];
}

export function ownCountsCommand(counts: CountName, path: string): string[] {
  return [NODE, join(import.meta.dirname, 'own-counts.ts'), counts, path];
}

export function wcCommand(path: string): string[] {
  return ['wc', '-l', path];
}
