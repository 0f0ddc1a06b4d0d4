import { beforeHour } from './file-order.ts';
import type { SourcePlan } from './plan.ts';

/** Files of a stream that are read at a time: each takes a megabyte. */
const MAX_CHAINS = 32;
/** What Azure's exports to storage write before the id of the resource whose hours follow. */
const RESOURCE_IN_PATH = /\/resourceId=\/?(.*)$/i;

/**
 * The chains of files of one log: files of a chain are read one after another, chains side by side. A log is one chain,
 * unless Azure's export to storage wrote it: that keeps a folder of hours for each category.
 */
export function chainsOfLog(log: SourcePlan): SourcePlan[] {
  return split(log, (path) => beforeHour(path) ?? '');
}

/**
 * The chains of files of all streams, in bundles that are judged one after another. Where paths tell the resource, as
 * in Azure's exports to storage, each has a bundle of its own: however many there are, few files are open at a time.
 */
export function bundlesOfStreams(streams: readonly SourcePlan[]): SourcePlan[][] {
  const bundles = new Map<string, SourcePlan[]>();
  for (const stream of streams) {
    for (const [resource, part] of byKey(stream, resourceInPath)) {
      const chains = resource === '' ? chainsOfFolder(part) : chainsOfLog(part);
      bundles.set(resource, [...(bundles.get(resource) ?? []), ...chains]);
    }
  }
  return [...bundles].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, chains]) => chains);
}

/** Files that nothing is known about may be of any time: side by side, or, where they are many, by their names without digits. */
function chainsOfFolder(stream: SourcePlan): SourcePlan[] {
  if (stream.files.length <= MAX_CHAINS) {
    return split(stream, (path) => path);
  }
  const chains = split(stream, (path) => path.replace(/\d+/g, '').replace(/\.(?:gz|zst)$/, ''));
  return chains.length <= MAX_CHAINS ? chains : [stream];
}

function resourceInPath(path: string): string {
  const folder = beforeHour(path);
  return folder === undefined ? '' : (RESOURCE_IN_PATH.exec(folder)?.[1] ?? '').toLowerCase();
}

function split(plan: SourcePlan, keyOf: (path: string) => string): SourcePlan[] {
  return [...byKey(plan, keyOf).values()];
}

/** Parts of a plan, by what their files have in common, in the order of the files. */
function byKey(plan: SourcePlan, keyOf: (path: string) => string): Map<string, SourcePlan> {
  return new Map([...Map.groupBy(plan.files, keyOf)].map(([key, files]) => [key, { ...plan, files }]));
}
