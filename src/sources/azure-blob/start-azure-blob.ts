import { setTimeout as sleep } from 'node:timers/promises';
import type { ContainerClient } from '@azure/storage-blob';
import type { Journal } from '../../journal/journal.ts';
import { backOffMs } from '../../lib/back-off.ts';
import { OutboundRefused, requireReachable } from '../../lib/outbound/guarded-connection.ts';
import type { Intake } from '../intake.ts';
import { keepInJournal } from '../keep-in-journal.ts';
import { createTally } from '../tally.ts';
import { type BlobSettings, containerClient } from './container-client.ts';
import { endOfRecords } from './end-of-records.ts';

/** What is fetched at once; a record that is longer is passed over. */
const RANGE_BYTES = 4 << 20;
const HOUR_MS = 3_600_000;
/** Azure still adds to an hour's blob after its end. */
const LATE_MS = 2 * HOUR_MS;
const DEFAULT_POLL_MS = 15_000;
/** `…/y=2026/m=11/d=28/h=23/m=00/PT1H.json`. */
const HOUR = /y=(\d{4})\/m=(\d\d)\/d=(\d\d)\/h=(\d\d)\//;
const REFUSED = [401, 403];

export interface AzureBlobOptions {
  settings: BlobSettings;
  journal: Journal;
  pollMs?: number;
}

/** Follows all blobs below a prefix into the journal until it is closed. */
export function startAzureBlob({ settings, journal, pollMs = DEFAULT_POLL_MS }: AzureBlobOptions): Intake {
  const tally = createTally();
  const stop = new AbortController();
  const container = containerClient(settings);
  const where = `${container.accountName}, container ${settings.container}`;

  async function run(): Promise<void> {
    for (let failures = 0; !stop.signal.aborted; ) {
      let pause = pollMs;
      try {
        await requireReachable(new URL(container.url));
        await followAll(container, settings.prefix ?? '', journal, { tally, signal: stop.signal });
        failures = 0;
        tally.isRunning();
      } catch (error) {
        pause = Math.max(pollMs, backOffMs(++failures));
        tally.isWaiting(...problemOf(error, where), Date.now() + pause);
      }
      await sleep(pause, undefined, { signal: stop.signal }).catch(() => {});
    }
  }

  const running = run();
  return {
    ...tally,
    async close() {
      stop.abort();
      await running;
    },
  };
}

type Keeping = Parameters<typeof keepInJournal>[2];

/** Reads what has been added to each blob since the last time. */
async function followAll(
  container: ContainerClient,
  prefix: string,
  journal: Journal,
  keeping: Keeping,
): Promise<void> {
  const abortSignal = keeping.signal;
  const gone = new Set(journal.positions.keys());
  for await (const { name, properties } of container.listBlobsFlat({ prefix, abortSignal })) {
    gone.delete(name);
    const [offset = '0', made = ''] = journal.positions.get(name)?.split(' ') ?? [];
    const created = String(properties.createdOn?.getTime() ?? '');
    const length = properties.contentLength ?? 0;
    const isReplaced = Number(offset) > 0 && (made !== created || length < Number(offset));
    if (isReplaced) {
      keeping.tally.lost({ what: `${name} was replaced; it is read from its beginning` });
    }
    await followBlob(container, { name, created, start: isReplaced ? 0 : Number(offset), length }, journal, keeping);
  }
  if (gone.size > 0) {
    await journal.append(Buffer.of(), Object.fromEntries([...gone].map((name) => [name, null])));
  }
}

async function followBlob(
  container: ContainerClient,
  { name, created, start, length }: { name: string; created: string; start: number; length: number },
  journal: Journal,
  keeping: Keeping,
): Promise<void> {
  for (let at = start; at < length && !keeping.signal.aborted; ) {
    const count = Math.min(RANGE_BYTES, length - at);
    const bytes = await container.getBlobClient(name).downloadToBuffer(at, count, { abortSignal: keeping.signal });
    const end = endOfRecords(bytes, at + count === length && isOver(name), count === RANGE_BYTES);
    if (end === 0) {
      return; // the rest of its last record will come
    }
    const lines =
      bytes[end - 1] === 0x0a ? bytes.subarray(0, end) : Buffer.concat([bytes.subarray(0, end), Buffer.from('\n')]);
    if (!(await keepInJournal(journal, lines, { ...keeping, positions: { [name]: `${at + end} ${created}` } }))) {
      return;
    }
    keeping.tally.took(1, end);
    at += end;
  }
}

/** Whether nothing more is added to a blob of an hour; others are never known to be over. */
function isOver(name: string): boolean {
  const [, year, month, day, hour] = HOUR.exec(name) ?? [];
  return (
    hour !== undefined &&
    Date.now() > Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour)) + HOUR_MS + LATE_MS
  );
}

function problemOf(error: unknown, where: string): ['waiting' | 'refused', string] {
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  if (REFUSED.includes(statusCode ?? 0)) {
    return ['refused', `${where}: the account refuses us (${code ?? statusCode}); check the credential and its rights`];
  }
  if (error instanceof OutboundRefused) {
    return ['refused', `${where}: ${error.message}`];
  }
  return ['waiting', `${where}: ${code ?? statusCode ?? 'cannot be reached'}; it is tried again`];
}
