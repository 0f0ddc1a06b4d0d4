import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { LISTED_ADDRESS } from './listed-logins.ts';

const VEDETTE = new URL('../../bin/vedette', import.meta.url).pathname;
const LOOK_MS = 50;
/** Of the webhooks. */
export const SECRET = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;

/** A folder with a server that watches some logs. */
export interface Served {
  log(resource: string): string;
  start(): Promise<ChildProcess>;
  /** Names of the alerts that it has. */
  alerts(): string[];
  remove(): void;
}

/** @param resources names; each has a log of its own, which is there and empty */
export function servedFolder(resources: readonly string[], channels: object): Served {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-bench-'));
  const log = (resource: string) => join(folder, `${resource}.csv`);
  for (const resource of resources) {
    writeFileSync(log(resource), '');
  }
  writeFileSync(join(folder, 'listed.txt'), `${LISTED_ADDRESS}\n`);
  const config = join(folder, 'vedette.yaml');
  writeFileSync(
    config,
    JSON.stringify({
      resources: resources.map((id) => ({ id, kind: 'postgresql', logs: [{ path: log(id), format: 'csvlog' }] })),
      enrichment: { reputation: ['listed.txt'] },
      notifications: { channels },
      server: { http: { port: 0 } },
      store: { url: 'sqlite:vedette.db' },
    }),
  );
  return {
    log,
    start: () => started(config),
    alerts: () => alertNames(join(folder, 'vedette.db')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function started(config: string): Promise<ChildProcess> {
  const server = spawn(VEDETTE, ['serve', '-c', config, '--workers', '1'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOOK_SECRET: SECRET },
  });
  let told = '';
  server.stderr.on('data', (piece: Buffer) => {
    told += piece.toString();
  });
  while (!told.includes('watching ')) {
    if (server.exitCode !== null) {
      throw new Error(`the server ended: ${told}`);
    }
    await pause(LOOK_MS);
  }
  return server;
}

function alertNames(database: string): string[] {
  const db = new DatabaseSync(database, { readOnly: true });
  const rows = db.prepare('select name from alert order by name').all();
  db.close();
  return rows.map(({ name }) => String(name));
}

/** Ends a server by a signal. */
export async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const closed = new Promise((resolve) => server.once('close', resolve));
  server.kill(signal);
  await closed;
}

/** Waits until something holds; throws when it does not in time. */
export async function until(holds: () => boolean, patienceMs: number, what: string): Promise<void> {
  for (const last = Date.now() + patienceMs; !holds(); await pause(LOOK_MS)) {
    if (Date.now() > last) {
      throw new Error(`waited in vain: ${what}`);
    }
  }
}
