import type { HealthNotice, HealthNoticeKind, ResourceHealth } from '../model/resource-health.ts';

export interface HealthStore {
  /** Replaces what is known of these resources. */
  put(rows: readonly ResourceHealth[]): Promise<void>;
  get(resourceKey: string): Promise<ResourceHealth | undefined>;
  /** By key. */
  list(): Promise<ResourceHealth[]>;
  /** One notice of a kind for a resource: the first one keeps its time, the text is the newest. */
  raise(notice: HealthNotice): Promise<void>;
  clear(resourceKey: string, kind: HealthNoticeKind): Promise<void>;
  /** Newest first. */
  notices(): Promise<HealthNotice[]>;
}
