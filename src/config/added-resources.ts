import { resolve, sep } from 'node:path';
import { UserError } from '../lib/user-error.ts';
import type { Engine } from '../model/resource.ts';
import { parseResourceId } from '../model/resource-id.ts';

/** A resource that people added at run time, as the file would say it. Plain data; nothing in it is a reference. */
export interface AddedResource {
  id: string;
  kind: Engine;
  logs: readonly AddedLog[];
  tags?: Readonly<Record<string, string>>;
}

export interface AddedLog {
  path?: string;
  /** In place of `path`: programs send the records, with an ingest token. */
  push?: Record<string, never>;
  format?: string;
  logLinePrefix?: string;
  timezone?: string;
}

/** Of the document of a configuration, as far as it matters here. */
interface Document {
  resources?: readonly { id?: unknown; kind?: unknown }[];
}

/** The document with the resources that people added; where the file has one of the same id, that counts. */
export function withAdded(document: unknown, added: readonly AddedResource[]): unknown {
  if (added.length === 0 || typeof document !== 'object' || document === null) {
    return document;
  }
  const { resources = [] } = document as Document;
  const declared = new Set(Array.isArray(resources) ? resources.map(keyOf) : []);
  const more = added.filter((resource) => !declared.has(keyOf(resource)));
  return { ...document, resources: [...resources, ...more] };
}

/** People who add resources may not read any file of the machine: only logs, in folders that the file allows. */
export function requireLogFolders(
  added: readonly AddedResource[],
  folders: readonly string[],
  directory: string,
): void {
  const allowed = folders.map((folder) => resolve(directory, folder));
  for (const { id, logs } of added) {
    for (const { path } of logs) {
      const whole = resolve(directory, path ?? '.');
      if (
        path !== undefined &&
        !allowed.some((folder) => whole.startsWith(folder + (folder.endsWith(sep) ? '' : sep)))
      ) {
        throw new UserError(
          `${id}: "${path}" lies in no folder of logs (${allowed.join(', ')}); add its folder to server.logFolders in the file`,
        );
      }
    }
  }
}

/** Empty for what has no valid id; the schema refuses it. */
function keyOf({ id, kind }: { id?: unknown; kind?: unknown }): string {
  const resource = typeof id === 'string' ? parseResourceId(id, kind as Engine) : { problem: '' };
  return 'problem' in resource ? '' : resource.key;
}
