import { open } from 'node:fs/promises';

/** Bytes of a file, all of which are on disk by then. */
export async function syncedSize(path: string): Promise<number> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}
