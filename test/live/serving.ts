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
