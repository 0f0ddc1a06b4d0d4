import type { Resource } from '../model/resource.ts';
import type { Precondition } from './change.ts';
import type { Page, PageRequest } from './page.ts';

/** `configured`: by the file. `added`: by API or portal. `discovered`: named by a record of a shared stream. */
export type ResourceOrigin = 'configured' | 'added' | 'discovered';

export interface ResourceRow {
  resource: Resource;
  origin: ResourceOrigin;
  tags: Readonly<Record<string, string>>;
  /** How an added resource is read, as the configuration would say it. */
  declaration?: unknown;
  /** Wall clock, milliseconds since the epoch. */
  firstSeenTime: number;
  changedTime: number;
  etag: string;
}

export interface NewResource {
  resource: Resource;
  origin: ResourceOrigin;
  tags?: Readonly<Record<string, string>>;
  declaration?: unknown;
  /** Wall clock, milliseconds since the epoch. */
  time: number;
}

export interface ResourceFilter {
  scopes?: readonly string[];
  origins?: readonly ResourceOrigin[];
  engine?: Resource['engine'];
  /** Part of the id, in any casing. */
  text?: string;
}

export interface ResourceStore {
  /** Adds the resource, or changes origin, tags and declaration of the one there is; the id keeps its first casing. */
  put(resource: NewResource, precondition?: Precondition): Promise<ResourceRow>;
  /** Adds those that are not there yet, as long as there are fewer than `cap` discovered ones; returns what was added. */
  discover(resources: readonly NewResource[], cap: number): Promise<string[]>;
  get(key: string): Promise<ResourceRow | undefined>;
  /** By key. */
  list(filter: ResourceFilter, page: PageRequest): Promise<Page<ResourceRow>>;
  /** Forgets the resource and its settings; its alerts stay. */
  remove(key: string, precondition?: Precondition): Promise<void>;
}
