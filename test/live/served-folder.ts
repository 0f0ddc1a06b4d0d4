import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import type { Alert } from '../../src/model/alert.ts';
import { VEDETTE } from '../run-vedette.ts';

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
  /** @param file another configuration than `config` */
  start(environment?: NodeJS.ProcessEnv, file?: string): Serving;
  /** Another configuration, with the same store. */
  configure(config: object): void;
  /** The alerts as they are stored, by start and name. */
  alerts(): StoredAlert[];
  /** Asks the server that runs, over its own socket. */
  ask(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }>;
  /** As it is answered. */
  askText(path: string): Promise<string>;
  /** What was saved last of the only resource; undefined when nothing was. */
  state(): Uint8Array | undefined;
  /** Kills what runs there. */
  kill(): Promise<void>;
  /** Kills what runs there, then removes it. */
  remove(): Promise<void>;
}

export interface StoredAlert {
  alert: Alert;
  version: number;
  isHistorical: boolean;
}

/** @param config beside the store. @param storeUrl default: a fresh file in the folder */
export function openServedFolder(config: object, storeUrl = 'sqlite:data/vedette.db'): ServedFolder {
  const path = mkdtempSync(join(tmpdir(), 'vedette-live-'));
  const file = join(path, 'vedette.yaml');
  const database = join(path, 'data/vedette.db');
  const socket = join(path, 'data/vedette.sock');
  const configure = (settings: object) =>
    writeFileSync(file, JSON.stringify({ server: { http: { port: 0 } }, ...settings, store: { url: storeUrl } }));
  configure(config);
  const running: Serving[] = [];
  const kill = async (): Promise<void> => {
    await Promise.all(running.map((serving) => serving.end('SIGKILL')));
  };
  return {
    path,
    config: file,
    start(environment = {}, started = file) {
      const serving = startServing(started, environment);
      running.push(serving);
      return serving;
    },
    configure,
    async ask(method, url, body) {
      const { status, text: told } = await ask(socket, method, url, body);
      return { status, body: told === '' ? undefined : JSON.parse(told) };
    },
    askText: async (url) => (await ask(socket, 'GET', url)).text,
    alerts: () => alertsIn(database),
    state: () => stateIn(database),
    kill,
    async remove() {
      await kill();
      rmSync(path, { recursive: true, force: true });
    },
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
): Promise<{ status: number; text: string }> {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ socketPath, method, path, headers }, resolve)
      .once('error', reject)
      .end(body === undefined ? undefined : JSON.stringify(body));
  });
  return { status: answer.statusCode ?? 0, text: await text(answer) };
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
