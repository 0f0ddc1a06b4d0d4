import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { findCollection } from '../lib/taxii/find-collection.ts';
import { readObjects } from '../lib/taxii/read-objects.ts';
import { taxiiRequest } from '../lib/taxii/taxii-request.ts';
import { indicatorFile } from './indicator-file.ts';
import type { Fetched, Origin, Publisher } from './update-data-file.ts';

/** What a server has deleted since is only seen by reading all of it again; milliseconds. */
const WHOLE_EVERY_MS = 7 * 24 * 3_600_000;

/**
 * Reads the indicators of a TAXII collection to a path, as a bundle of STIX: what was added since the last time, on top
 * of what is known, or all of them. Undefined: nothing was added. Rejects in one sentence.
 */
export async function fetchCollection(
  { url, collection: wanted, credentials, file }: Publisher & { collection: string },
  origin: Origin | undefined,
  path: string,
  signal: AbortSignal,
): Promise<Fetched | undefined> {
  const now = Date.now();
  const ask = taxiiRequest(credentials, signal);
  const collection = await findCollection(url, wanted, ask);
  const known = now - Date.parse(origin?.wholeRead ?? '') < WHOLE_EVERY_MS ? origin : undefined;
  const after = known?.addedLast;
  const indicators = indicatorFile(after === undefined ? undefined : await readFile(file, 'utf8'));
  const filter = { type: 'indicator', ...(after !== undefined && { addedAfter: after }) };
  const { addedLast = after } = await readObjects(collection, filter, ask, (object) => indicators.take(object));
  if (after !== undefined && indicators.taken === 0) {
    return undefined;
  }
  const bytes = Buffer.from(indicators.text(now));
  await write(path, bytes);
  return {
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    marks: {
      ...(addedLast !== undefined && { addedLast }),
      wholeRead: after === undefined ? new Date(now).toISOString() : known!.wholeRead!,
    },
  };
}

async function write(path: string, bytes: Buffer): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
