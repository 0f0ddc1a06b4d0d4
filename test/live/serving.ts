import { once } from 'node:events';
import { createServer } from 'node:net';
import { onTestFinished } from 'vitest';
import { openServedFolder, type ServedFolder } from './served-folder.ts';

export type { ServedFolder, Serving } from './served-folder.ts';
export { until } from './until.ts';

/** A folder that goes when the test ends, with what runs there. @param config beside the store, a fresh one in the folder */
export function servedFolder(config: object): ServedFolder {
  const folder = openServedFolder(config);
  onTestFinished(() => folder.remove());
  return folder;
}

/** A port of this machine that nobody listens at. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  return port;
}
