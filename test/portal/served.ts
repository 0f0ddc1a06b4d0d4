import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { ROOT, VEDETTE } from '../run-vedette.ts';

/** A server with a store and a port of its own. */
export interface Served {
  url: string;
  /** The one-time link that the terminal shows. */
  ownerLink: string;
  /** Path of the server's own socket: whoever writes to it is an Owner. */
  socketPath: string;
  /** What it has written to standard error. */
  complaints(): string;
  /** Where its configuration and its data lie. */
  folder: string;
  /** Adds resources to the configuration, in YAML, and lets the server read it again. */
  addResources(yaml: string): void;
  stop(): Promise<void>;
}

/** A configuration without its server. */
interface Settings {
  resources: readonly object[];
  server?: object;
  [section: string]: unknown;
}

interface Sample extends Settings {
  resources: { logs: { path: string }[] }[];
}

/** The server of `npm start`. */
export function serveQuickstart(): Promise<Served> {
  return serveConfig(quickstart());
}

/**
 * The configuration of the example, for another folder.
 *
 * @param logs folder of its logs
 */
export function quickstart(logs = join(ROOT, 'examples/quickstart/logs')): Sample {
  const sample = parse(readFileSync(join(ROOT, 'examples/quickstart/vedette.yaml'), 'utf8')) as Sample;
  for (const log of sample.resources.flatMap(({ logs }) => logs)) {
    log.path = join(logs, basename(log.path));
  }
  return sample;
}

/** Resolves when the addresses are printed; rejects when the program ends before. */
export async function serveConfig(settings: Settings): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-portal-'));
  const config = join(folder, 'vedette.yaml');
  const server = { ...settings.server, http: { port: 0 } };
  writeFileSync(config, stringify({ ...settings, server }));
  const child = spawn(VEDETTE, ['serve', '-c', config], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const addResources = (yaml: string) => {
    const resources = [...settings.resources, ...(parse(yaml) as object[])];
    writeFileSync(config, stringify({ ...settings, resources, server }));
    child.kill('SIGHUP');
  };
  let output = '';
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => {
    complaint += String(text);
  });
  for await (const text of child.stdout) {
    output += String(text);
    const url = /Vedette is at (\S+)/.exec(output)?.[1];
    const ownerLink = /sign-in .*: (\S+)\n/.exec(output)?.[1];
    if (url !== undefined && ownerLink !== undefined) {
      const socketPath = join(folder, 'data/vedette.sock');
      return { url, ownerLink, folder, socketPath, addResources, complaints: () => complaint, stop };
    }
  }
  await stop();
  throw new Error(`vedette serve ended: ${complaint}`);
}
