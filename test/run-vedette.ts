import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Alert } from '../src/model/alert.ts';

export const ROOT = join(import.meta.dirname, '..');
export const VEDETTE = join(ROOT, 'bin/vedette');

/** What a finished `vedette` left behind. */
export interface Run {
  /** Null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
  /** Largest resident memory, as far as `/proc` tells; 0 elsewhere. */
  peakBytes: number;
}

/** How often the memory of a running process is looked at. */
const LOOK_EVERY_MS = 20;

/** Runs the real program as a process of its own. `prefix` is a command to start it with, such as another Node. */
export async function runVedette(args: readonly string[], prefix: readonly string[] = []): Promise<Run> {
  const [command, ...rest] = [...prefix, VEDETTE, ...args];
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  const { promise: closed, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject).once('close', resolve);
  let peakBytes = 0;
  const look = setInterval(() => {
    peakBytes = Math.max(peakBytes, peakOf(child.pid));
  }, LOOK_EVERY_MS);
  try {
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    return { code, stdout, stderr, peakBytes };
  } finally {
    clearInterval(look);
  }
}

/** Replays a configuration and gives its alerts; throws unless the run succeeded. */
export async function replayAlerts(config: string, ...options: readonly string[]): Promise<Alert[]> {
  return parseAlerts(await replayJson(config, ...options));
}

/** The same as bytes. */
export async function replayJson(config: string, ...options: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runVedette(['replay', '-c', config, '--format', 'json', ...options]);
  if (code !== 0) {
    throw new Error(`vedette replay ended with ${code}: ${stderr}`);
  }
  return stdout;
}

export function parseAlerts(lines: string): Alert[] {
  const json = lines.split('\n').filter((line) => line !== '');
  return json.map((line) => JSON.parse(line) as Alert);
}

/** A log of a configuration: its path relative to the file, and its format. */
export type LogCase = readonly [path: string, format: 'csvlog' | 'azure'];

/** Writes a configuration with these resources, each with its log. JSON is YAML, too. */
export function writeConfig(file: string, resources: Readonly<Record<string, LogCase>>, more: object = {}): string {
  const entries = Object.entries(resources).map(([id, [path, format]]) => ({
    id,
    kind: format === 'azure' ? 'cosmosdb' : 'postgresql',
    logs: [{ path, format }],
  }));
  writeFileSync(file, JSON.stringify({ resources: entries, ...more }));
  return file;
}

/** `VmHWM:	  197244 kB` of a process; 0 where nothing tells. */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0; // gone, or not Linux
  }
}
