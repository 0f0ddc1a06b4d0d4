import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Credentials } from '../lib/outbound/credentials.ts';
import { type EnrichmentSettings, loadAddressData } from './enrichment.ts';
import { fetchCollection } from './fetch-collection.ts';
import { fetchFile } from './fetch-file.ts';

/** Where a data file comes from. */
export interface Publisher {
  kind: 'geo' | 'asn' | 'cloudRanges' | 'reputation';
  /** Of the file, or of a TAXII 2.1 server. */
  url: string;
  /** Id, alias or title of a collection of that server. Absent: it is a file. */
  collection?: string;
  credentials?: Credentials;
  /** Absolute path. */
  file: string;
  /** How often a running server asks, milliseconds; absent: never. */
  everyMs?: number;
  /** Address of its SHA-256, as `sha256sum` writes it. */
  sha256Url?: string;
}

/** What a publisher told of what it sent, to be told it again. */
export interface Marks {
  etag?: string;
  lastModified?: string;
  /** Of a collection: when the last of its objects was added, as the server tells, and when all of it was read. */
  addedLast?: string;
  wholeRead?: string;
}

/** What is noted beside a file: `FILE.source.json`. */
export interface Origin extends Marks {
  url: string;
  collection?: string;
  sha256: string;
  /** ISO 8601, UTC. */
  fetched: string;
}

/** What was fetched into a file of its own. */
export interface Fetched {
  bytes: number;
  sha256: string;
  marks: Marks;
}

export interface UpdateOptions {
  /** More than any file of its kind has. */
  maxBytes?: number;
  signal?: AbortSignal;
}

export type UpdateOutcome = { state: 'updated'; bytes: number } | { state: 'unchanged' };

/** Geo databases have some hundred megabytes; more is none of them. */
const MAX_BYTES = 1_000_000_000;
const TIMEOUT_MS = 600_000;
const NOTHING: EnrichmentSettings = { networks: [], geo: [], asn: [], cloudRanges: [], reputation: [] };

/**
 * Fetches the file if its publisher has a newer one. The new one must have the published checksum and be readable as
 * data of its kind before it takes the place of the old, at once and whole. Throws, and keeps the old one, otherwise.
 */
export async function updateDataFile(
  publisher: Publisher,
  { maxBytes = MAX_BYTES, signal = new AbortController().signal }: UpdateOptions = {},
): Promise<UpdateOutcome> {
  const { url, file, collection, kind } = publisher;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const origin = await knownOrigin(publisher);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const staging = await mkdtemp(join(dirname(file), '.update-'));
  try {
    const staged = join(staging, basename(file)); // its name tells the format
    const fetched =
      collection === undefined
        ? await fetchFile(publisher, origin, staged, { maxBytes, signal: limited })
        : await fetchCollection({ ...publisher, collection }, origin, staged, limited);
    if (fetched === undefined) {
      return { state: 'unchanged' };
    }
    const { bytes, sha256, marks } = fetched;
    const isNew = sha256 !== origin?.sha256;
    if (isNew) {
      await loadAddressData({ ...NOTHING, [kind]: [staged] });
      await rename(staged, file);
    }
    const source = { url, ...(collection !== undefined && { collection }) };
    await noteOrigin(file, { ...source, sha256, ...marks, fetched: new Date().toISOString() });
    return isNew ? { state: 'updated', bytes } : { state: 'unchanged' };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Of the file as it is; undefined where that is not what was fetched from there. */
async function knownOrigin({ file, url, collection }: Publisher): Promise<Origin | undefined> {
  try {
    const origin = JSON.parse(await readFile(`${file}.source.json`, 'utf8')) as Origin;
    const isFromThere = origin.url === url && origin.collection === collection;
    return isFromThere && origin.sha256 === (await hashOf(file)) ? origin : undefined;
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

async function noteOrigin(file: string, origin: Origin): Promise<void> {
  const part = `${file}.source.json.part`;
  await writeFile(part, `${JSON.stringify(origin)}\n`, { mode: 0o600 });
  await rename(part, `${file}.source.json`);
}
