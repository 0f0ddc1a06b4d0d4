import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { authorizationOf } from '../lib/outbound/credentials.ts';
import { guardedFetch } from '../lib/outbound/guarded-fetch.ts';
import type { Fetched, Marks, Origin, Publisher, UpdateOptions } from './update-data-file.ts';

const NOT_MODIFIED = 304;

/** Fetches a file to a path, where its publisher has another one than before; undefined: it has not. */
export async function fetchFile(
  publisher: Publisher,
  origin: Origin | undefined,
  path: string,
  { maxBytes, signal }: Required<UpdateOptions>,
): Promise<Fetched | undefined> {
  const { url, credentials } = publisher;
  const headers = {
    ...(credentials !== undefined && { authorization: authorizationOf(credentials) }),
    ...(origin?.etag !== undefined && { 'if-none-match': origin.etag }),
    ...(origin?.lastModified !== undefined && { 'if-modified-since': origin.lastModified }),
  };
  const response = await request(url, headers, signal);
  if (response.status === NOT_MODIFIED) {
    return undefined;
  }
  const { bytes, sha256 } = await download(response, path, maxBytes);
  await requireChecksum(publisher, sha256, signal);
  return { bytes, sha256, marks: validators(response) };
}

async function request(url: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await guardedFetch(url, { headers, signal });
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
async function requireChecksum({ sha256Url, url }: Publisher, sha256: string, signal: AbortSignal): Promise<void> {
  if (sha256Url === undefined) {
    return;
  }
  const lines = (await (await request(sha256Url, {}, signal)).text()).slice(0, 100_000).split('\n');
  const name = basename(new URL(url).pathname);
  const line = lines.find((text) => text.trim().endsWith(name)) ?? lines[0] ?? '';
  if (/\b[0-9a-f]{64}\b/i.exec(line)?.[0].toLowerCase() !== sha256) {
    throw new Error('the file does not have the checksum that its publisher tells');
  }
}

function validators({ headers }: Response): Marks {
  const [etag, lastModified] = [headers.get('etag'), headers.get('last-modified')];
  return { ...(etag !== null && { etag }), ...(lastModified !== null && { lastModified }) };
}
