import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { SelfTestBegun, SelfTestPort } from '../api/context.ts';
import type { LivePlan } from '../live/live-plan.ts';
import type { FileTailOptions } from '../sources/file-tail/file-tail.ts';
import { matchingFiles } from '../sources/file-tail/matching-files.ts';
import { isPackedName } from '../sources/file-tail/tailed-file.ts';
import type { InputPlan } from '../sources/source.ts';
import type { Store } from '../store/store.ts';
import { keepSelfTestMark } from './self-test-marks.ts';
import { selfTestRecord } from './self-test-record.ts';

/** Part of a role's name that nobody has, and that nobody guesses. */
const MARK = 'vedette_selftest_';
const MARK_BYTES = 8;

/** What self-tests need of the server. */
export interface SelfTestSurroundings {
  store: Store;
  /** How a resource is judged at present, as people have decided; undefined: it is not. */
  planOf: (key: string) => Promise<LivePlan | undefined>;
  /** Judges it so; resolves once it holds. */
  apply: (plan: LivePlan) => Promise<void>;
  /** What the configuration says of a way in, by its id. */
  settingsOf: (inputId: string) => object | undefined;
}

export function createSelfTests({ store, planOf, apply, settingsOf }: SelfTestSurroundings): SelfTestPort {
  return {
    async begin(key, push) {
      const plan = await planOf(key);
      if (plan === undefined || !plan.isOn) {
        return { problem: 'its protection is off, so that nothing is judged; switch it on first' };
      }
      const mark = MARK + randomBytes(MARK_BYTES).toString('hex');
      await keepSelfTestMark(store, key, mark);
      await apply((await planOf(key))!);
      const begun = { mark, waitingTime: Date.now() };
      const input = inputToTry(plan);
      const settings = input && (settingsOf(input.id) as SyslogSettings | undefined);
      const record = input && selfTestRecord(input, plan.resource, mark, settings);
      if (input === undefined || record === undefined) {
        return { ...begun, way: 'by-hand' };
      }
      return { ...begun, record, ...(await written(input, record, settings, push)) };
    },
  };
}

type SyslogSettings = { listen: string; hostname?: string; appName?: string };
type Written = Pick<SelfTestBegun, 'way' | 'place' | 'writtenTime' | 'problem'>;

/** The first log into which something can be written from here. */
function inputToTry({ logs }: LivePlan): InputPlan | undefined {
  const inputs = logs.flatMap((log) => log.inputs);
  return inputs.find(({ source }) => ['file-tail', 'http-push', 'syslog'].includes(source));
}

async function written(
  input: InputPlan,
  record: string,
  settings: SyslogSettings | undefined,
  push: (record: string) => Promise<void>,
): Promise<Written> {
  if (input.source === 'file-tail') {
    return appended(input, record);
  }
  if (input.source === 'syslog') {
    await sent(record, new URL(settings!.listen));
    return { way: 'syslog', place: settings!.listen, writtenTime: Date.now() };
  }
  await push(record);
  return { way: 'push', place: 'POST /api/v1/ingest', writtenTime: Date.now() };
}

/** A log that may only be read is written by whoever asks. */
async function appended(input: InputPlan, record: string): Promise<Written> {
  const { pattern, history } = input.options as FileTailOptions;
  const found = pattern === undefined ? history.flatMap(matchingFiles) : matchingFiles(pattern);
  const files = found.filter(({ path }) => !isPackedName(path)).sort((a, b) => b.stats.mtimeMs - a.stats.mtimeMs);
  const [newest] = files;
  if (newest === undefined) {
    return { way: 'by-hand' };
  }
  try {
    await appendFile(newest.path, record);
    return { way: 'file', place: newest.path, writtenTime: Date.now() };
  } catch (error) {
    return { way: 'file', place: newest.path, problem: (error as NodeJS.ErrnoException).code ?? 'unknown error' };
  }
}

/** To our own listener: what its certificate says is of no concern. */
async function sent(messages: string, { protocol, hostname, port }: URL): Promise<void> {
  const asked = hostname.replace(/^\[|\]$/g, '');
  const host = asked === '0.0.0.0' ? '127.0.0.1' : asked === '::' ? '::1' : asked;
  if (protocol === 'udp:') {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    for (const message of messages.trimEnd().split('\n')) {
      await new Promise<void>((resolve, reject) => {
        socket.send(message, Number(port), host, (error) => (error ? reject(error) : resolve()));
      });
    }
    socket.close();
    return;
  }
  const address = { host, port: Number(port) };
  const isTls = protocol === 'tls:';
  const socket = isTls ? connectTls({ ...address, rejectUnauthorized: false }) : createConnection(address);
  await once(socket, isTls ? 'secureConnect' : 'connect');
  socket.end(messages);
  await once(socket.resume(), 'close');
}
