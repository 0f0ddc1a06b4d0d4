import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { guardedFetch } from '../lib/outbound/guarded-fetch.ts';
import { type EnrichmentSettings, loadAddressData } from './enrichment.ts';

/** Where a data file comes from. */
export interface Publisher {
  kind: 'geo' | 'asn' | 'cloudRanges' | 'reputation';
  url: string;
  /** Absolute path. */
  file: string;
  /** Address of its SHA-256, as `sha256sum` writes it. */
  sha256Url?: string;
}

/** What is noted beside a file: `FILE.source.json`. */
interface Origin {
  url: string;
  sha256: string;
  etag?: string;
  lastModified?: string;
  /** ISO 8601, UTC. */
  fetched: string;
}

export type UpdateOutcome = { state: 'updated'; bytes: number } | { state: 'unchanged' };

/** Geo databases have some hundred megabytes; more is none of them. */
const MAX_BYTES = 1_000_000_000;
const TIMEOUT_MS = 600_000;
const NOT_MODIFIED = 304;
const NOTHING: EnrichmentSettings = { networks: [], geo: [], asn: [], cloudRanges: [], reputation: [] };

/**
 * Fetches the file if its publisher has a newer one. The new one must have the published checksum and be readable as
 * data of its kind before it takes the place of the old, at once and whole. Throws, and keeps the old one, otherwise.
 */
export async function updateDataFile(publisher: Publisher, maxBytes = MAX_BYTES): Promise<UpdateOutcome> {
  const { url, file } = publisher;
  const origin = await knownOrigin(publisher);
  const response = await request(url, {
    ...(origin?.etag !== undefined && { 'if-none-match': origin.etag }),
    ...(origin?.lastModified !== undefined && { 'if-modified-since': origin.lastModified }),
  });
  if (response.status === NOT_MODIFIED) {
    return { state: 'unchanged' };
  }
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const staging = await mkdtemp(join(dirname(file), '.update-'));
  try {
    const staged = join(staging, basename(file)); // its name tells the format
    const { bytes, sha256 } = await download(response, staged, maxBytes);
    await requireChecksum(publisher, sha256);
    await loadAddressData({ ...NOTHING, [publisher.kind]: [staged] });
    await rename(staged, file);
    await noteOrigin(file, { url, sha256, ...validators(response), fetched: new Date().toISOString() });
    return { state: 'updated', bytes };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Of the file as it is; undefined where that is not what was fetched from there. */
async function knownOrigin({ file, url }: Publisher): Promise<Origin | undefined> {
  try {
    const origin = JSON.parse(await readFile(`${file}.source.json`, 'utf8')) as Origin;
    return origin.url === url && origin.sha256 === (await hashOf(file)) ? origin : undefined;
  } catch {
    return undefined;
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}

async function request(url: string, headers: Record<string, string> = {}): Promise<Response> {
  let response: Response;
  try {
    response = await guardedFetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    const { cause, message } = error as Error;
    throw new Error(`the publisher does not answer (${cause instanceof Error ? cause.message : message})`);
  }
  if (!response.ok && response.status !== NOT_MODIFIED) {
    await response.body?.cancel();
    throw new Error(`the publisher answers ${response.status}`);
  }
  return response;
}

async function download(response: Response, path: string, maxBytes: number) {
  const hash = createHash('sha256');
  let bytes = 0;
  if (response.body === null) {
    throw new Error('the publisher sent nothing');
  }
  async function* counted(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) {
        throw new Error(`the publisher sends more than ${maxBytes} bytes`);
      }
      hash.update(chunk);
      yield chunk;
    }
  }
  await pipeline(Readable.fromWeb(response.body), counted, createWriteStream(path, { mode: 0o600 }));
  const handle = await open(path);
  await handle.sync();
  await handle.close();
  return { bytes, sha256: hash.digest('hex') };
}

/** `sha256sum` writes a digest and a name on each line; a digest alone will do, too. */
async function requireChecksum({ sha256Url, url }: Publisher, sha256: string): Promise<void> {
  if (sha256Url === undefined) {
    return;
  }
  const lines = (await (await request(sha256Url)).text()).slice(0, 100_000).split('\n');
  const name = basename(new URL(url).pathname);
  const line = lines.find((text) => text.trim().endsWith(name)) ?? lines[0] ?? '';
  if (/\b[0-9a-f]{64}\b/i.exec(line)?.[0].toLowerCase() !== sha256) {
    throw new Error('the file does not have the checksum that its publisher tells');
  }
}

function validators({ headers }: Response): Pick<Origin, 'etag' | 'lastModified'> {
  const [etag, lastModified] = [headers.get('etag'), headers.get('last-modified')];
  return { ...(etag !== null && { etag }), ...(lastModified !== null && { lastModified }) };
}

async function noteOrigin(file: string, origin: Origin): Promise<void> {
  const part = `${file}.source.json.part`;
  await writeFile(part, `${JSON.stringify(origin)}\n`, { mode: 0o600 });
  await rename(part, `${file}.source.json`);
}
