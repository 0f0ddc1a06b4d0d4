import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { openServedFolder, type ServedFolder, type Serving } from '../live/served-folder.ts';
import { until } from '../live/until.ts';
import { random } from '../random.ts';
import { type FaultOutcome, outcomeIn } from './fault-outcome.ts';
import { rememberedIn } from './memory-of.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { rotatingLog } from './rotating-log.ts';
import { openSight } from './sight.ts';

/** After the last record windows may close for so long; checkpoints are more frequent by far. */
const QUIET_MS = 4000;
/** A benchmark runs behind all else. */
export const PATIENCE_MS = 900_000;
/** Of the log. Of other pieces it is rotated elsewhere, and evidence tells other places. */
const PIECES = 60;
const SECRET = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;
/** A short list of who announces addresses of the log: the whole one is read at each start. */
const NETWORKS = [
  '45.155.204.0\t45.155.204.255\t64496\tNL\tEXAMPLE-A',
  '87.138.0.0\t87.138.255.255\t64497\tDE\tEXAMPLE-B',
  '88.68.0.0\t88.68.255.255\t64498\tDE\tEXAMPLE-C',
  '178.2.0.0\t178.2.255.255\t64499\tDE\tEXAMPLE-D',
  '179.118.0.0\t179.118.255.255\t64500\tBR\tEXAMPLE-E',
  '185.156.73.0\t185.156.73.255\t64501\tRU\tEXAMPLE-F',
];
/** The address of a store may hold a password, which no configuration does. */
const STORE = '${env:FAULT_STORE}';

/** A log that is written in steps, a server that watches it when it is started, and who is told of alerts. */
export interface Stage {
  folder: ServedFolder;
  receiver: Receiver;
  start(environment?: NodeJS.ProcessEnv): Serving;
  /** A server with the same store and a folder of its own. */
  startBeside(): Serving;
  /** Pieces of the log that are not written yet. */
  readonly left: number;
  /** Writes so many further pieces of the log. */
  write(pieces: number): Promise<void>;
  /** Hashes of statements depend on a secret of the store: with the same one equal memories are equal. */
  shareSecret(): Promise<void>;
  /** Writes what is left, waits until all is judged, ends the server in order, and tells what it leaves. */
  finish(serving: Serving): Promise<FaultOutcome>;
  close(): Promise<void>;
}

/** @param storeUrl default: a file of SQLite */
export async function openStage(storeUrl = 'sqlite:data/vedette.db'): Promise<Stage> {
  const receiver = await startReceiver();
  // checkpoints so often that there is something to be disturbed at
  const surroundings = { VEDETTE_SAVE_MS: '250', FAULT_SECRET: SECRET, FAULT_STORE: storeUrl };
  const folder = openServedFolder({}, STORE);
  const log = rotatingLog(folder.path, PIECES, random(7));
  const logId = `${log.pattern} csvlog`;
  const settings = {
    resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path: log.pattern, format: 'csvlog' }] }],
    alertsFrom: 'all',
    enrichment: { asn: [join(folder.path, 'asn.tsv')] },
    notifications: { channels: { ops: { webhook: { url: receiver.url, secret: `\${env:FAULT_SECRET}` } } } },
  };
  writeFileSync(settings.enrichment.asn[0]!, NETWORKS.join('\n'));
  folder.configure(settings);
  const withStore = async <T>(use: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openStore(storeUrl, { directory: folder.path });
    try {
      return await use(store);
    } finally {
      await store.close();
    }
  };
  const write = async (count: number): Promise<void> => {
    for (const step of log.steps.splice(0, count)) {
      await pause(step());
    }
  };
  return {
    folder,
    receiver,
    get left() {
      return log.steps.length;
    },
    start: (environment) => folder.start({ ...surroundings, ...environment }),
    write,
    startBeside() {
      const file = join(folder.path, 'beside.yaml');
      const server = { directory: 'beside', http: { port: 0 } };
      writeFileSync(file, JSON.stringify({ ...settings, server, store: { url: STORE } }));
      return folder.start(surroundings, file);
    },
    shareSecret() {
      for (const directory of ['data', 'beside']) {
        mkdirSync(join(folder.path, directory), { recursive: true, mode: 0o700 });
        writeFileSync(join(folder.path, directory, 'evidence.key'), Buffer.alloc(32, 7), { mode: 0o600 });
      }
      return withStore(async ({ documents }) => {
        await documents.put({ kind: 'engine', scope: 'hash-key', body: { low: 7, high: 11 }, time: 0 });
      });
    },
    async finish(serving) {
      await write(log.steps.length);
      await until('it is at work', () => serving.text().includes('watching'), PATIENCE_MS);
      await settled(storeUrl, folder.path, logId, log.bytes).catch((error: Error) => {
        throw new Error(`${error.message}; the server said: ${serving.text()}`);
      });
      await serving.end('SIGTERM');
      return withStore((store) => outcomeIn(store, folder.path, logId));
    },
    async close() {
      receiver.close();
      await folder.remove();
    },
  };
}

/** Waits until so many bytes have been judged, and nothing changes any more. */
async function settled(storeUrl: string, directory: string, logId: string, bytes: number): Promise<void> {
  const sight = await openSight(storeUrl, directory);
  const judgedBytes = async () => {
    const state = await sight.state();
    return state === undefined ? 0 : rememberedIn(state, logId).counts.bytes;
  };
  let before = '';
  let since = Date.now();
  const isSettled = async () => {
    const now = await sight.look();
    since = now === before ? since : Date.now();
    before = now;
    return now !== '' && Date.now() - since > QUIET_MS && (await judgedBytes()) === bytes;
  };
  try {
    await until('all is judged and nothing changes any more', isSettled, PATIENCE_MS);
  } catch (error) {
    throw new Error(`${Number(await judgedBytes())} bytes of ${bytes} are judged`, { cause: error });
  } finally {
    await sight.close();
  }
}
