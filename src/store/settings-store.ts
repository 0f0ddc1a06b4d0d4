import type { ProtectionSettings } from '../model/protection-settings.ts';
import type { Engine } from '../model/resource.ts';
import type { Precondition } from './change.ts';

/** What people changed at run time about one scope, beside what the file declares. */
export interface SettingsOverride {
  /** Lower-cased id: a resource, resource group or subscription. */
  scope: string;
  settings: ProtectionSettings;
  changedBy: string;
  /** Milliseconds since the epoch. */
  changedTime: number;
  etag: string;
}

/** Defaults of all resources that fit; all that is given must fit. */
export interface PolicyMatch {
  subscriptionId?: string;
  resourceGroup?: string;
  engine?: Engine;
  /** Name and value of a tag; without a value: that it is there. */
  tag?: { name: string; value?: string };
  /** Of the resource's name, with `*` for anything: `prod-*`. */
  namePattern?: string;
}

export interface FleetPolicy {
  name: string;
  /** Higher ones overrule lower ones. */
  rank: number;
  match: PolicyMatch;
  settings: ProtectionSettings;
  changedBy: string;
  /** Milliseconds since the epoch. */
  changedTime: number;
  etag: string;
}

export type NewOverride = Omit<SettingsOverride, 'etag'>;
export type NewPolicy = Omit<FleetPolicy, 'etag'>;

export interface SettingsStore {
  override(scope: string): Promise<SettingsOverride | undefined>;
  overrides(): Promise<SettingsOverride[]>;
  /** Replaces the whole override of the scope. */
  putOverride(override: NewOverride, precondition?: Precondition): Promise<SettingsOverride>;
  removeOverride(scope: string, precondition?: Precondition): Promise<void>;
  /** Lowest rank first. */
  policies(): Promise<FleetPolicy[]>;
  putPolicy(policy: NewPolicy, precondition?: Precondition): Promise<FleetPolicy>;
  removePolicy(name: string, precondition?: Precondition): Promise<void>;
  /** Higher after each change of settings, resources or documents by any process: cheap to ask every second. */
  revision(): Promise<number>;
  /** Calls after each such change that this process made. Returns how to stop. */
  watch(listener: () => void): () => void;
}
