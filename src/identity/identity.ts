import type { IdentityStore } from '../store/identity-store.ts';

/** What everything about identity needs. */
export interface Identity {
  store: IdentityStore;
  /** 32 bytes that are not in the store: what is secret there is sealed with it. */
  sealKey: Uint8Array;
  /** The one directory that this server is, as Azure's clients want to have it named: a GUID. */
  tenantId: string;
  /** Milliseconds since the epoch. */
  clock: () => number;
}
