import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { Alert } from '../../src/model/alert.ts';
import { VEDETTE } from '../run-vedette.ts';

const LOOK_EVERY_MS = 25;

/** A running `vedette serve`. */
export interface Serving {
  readonly process: ChildProcess;
  /** What it has written to standard error. */
  text(): string;
  /** Its exit code, once it has ended; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Ends it by a signal; gives its exit code, null where a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** A folder with a configuration whose store and data lie in it. */
export interface ServedFolder {
  path: string;
  config: string;
  start(environment?: NodeJS.ProcessEnv): Serving;
  /** Another configuration, with the same store. */
  configure(config: object): void;
  /** The alerts as they are stored, by start and name. */
  alerts(): StoredAlert[];
  /** Asks the server that runs, over its own socket. */
  ask(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }>;
  /** What was saved last of the only resource; undefined when nothing was. */
  state(): Uint8Array | undefined;
}

export interface StoredAlert {
  alert: Alert;
  version: number;
  isHistorical: boolean;
}

/** @param config beside the store, which is a fresh one in the folder */
export function servedFolder(config: object): ServedFolder {
  const path = mkdtempSync(join(tmpdir(), 'vedette-live-'));
  const file = join(path, 'vedette.yaml');
  const database = join(path, 'data/vedette.db');
  const configure = (settings: object) =>
    writeFileSync(
      file,
      JSON.stringify({ server: { http: { port: 0 } }, ...settings, store: { url: 'sqlite:data/vedette.db' } }),
    );
  configure(config);
  const running: Serving[] = [];
  onTestFinished(async () => {
    await Promise.all(running.map((serving) => serving.end('SIGKILL')));
    rmSync(path, { recursive: true, force: true });
  });
  return {
    path,
    config: file,
    start(environment = {}) {
      const serving = startServing(file, environment);
      running.push(serving);
      return serving;
    },
    configure,
    ask: (method, url, body) => ask(join(path, 'data/vedette.sock'), method, url, body),
    alerts: () => alertsIn(database),
    state: () => stateIn(database),
  };
}

function startServing(config: string, environment: NodeJS.ProcessEnv): Serving {
  const child = spawn(VEDETTE, ['serve', '-c', config, '--workers', '1'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let log = '';
  child.stderr.on('data', (piece: Buffer) => {
    log += piece.toString();
  });
  const { promise: closed, resolve } = Promise.withResolvers<number | null>();
  child.once('close', resolve);
  return {
    process: child,
    ended: closed,
    text: () => log,
    end(signal) {
      child.kill(signal);
      return closed;
    },
  };
}

async function ask(
  socketPath: string,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: unknown }> {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ socketPath, method, path, headers }, resolve)
      .once('error', reject)
      .end(body === undefined ? undefined : JSON.stringify(body));
  });
  const told = await text(answer);
  return { status: answer.statusCode ?? 0, body: told === '' ? undefined : JSON.parse(told) };
}

/** Empty while there is no store yet. */
function alertsIn(database: string): StoredAlert[] {
  try {
    const db = new DatabaseSync(database, { readOnly: true });
    const rows = db.prepare('select body, version, is_historical from alert order by start_time, name').all();
    db.close();
    return rows.map((row) => ({
      alert: JSON.parse(String(row.body)) as Alert,
      version: Number(row.version),
      isHistorical: Number(row.is_historical) === 1,
    }));
  } catch {
    return [];
  }
}

function stateIn(database: string): Uint8Array | undefined {
  try {
    const db = new DatabaseSync(database, { readOnly: true });
    const row = db.prepare('select state from resource_state').get();
    db.close();
    return row?.state as Uint8Array | undefined;
  } catch {
    return undefined;
  }
}

/** Waits until something holds; throws, saying what, when it does not within three minutes. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 180_000; !holds(); await pause(LOOK_EVERY_MS)) {
    if (Date.now() > end) {
      throw new Error(`waited in vain until ${what}`);
    }
  }
}

/** A port of this machine that nobody listens at. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  return port;
}
