import type { ApiContext } from './context.ts';

/** Parts that only handlers use. */
const THERE = {} as never;
/** What adds no route. */
type Settings = 'store' | 'identity' | 'clock' | 'publicUrl' | 'portalDirectory' | 'declaredSettings';
type Doings = 'raise' | 'signIns' | 'notReady' | 'ingest';

/** What the rest of the server gives to the routes, empty: for tests that want every route to be there. */
export const EVERY_PORT: Required<Omit<ApiContext, Settings | Doings>> = {
  archive: THERE,
  notifications: THERE,
  oidc: { label: 'Example', signIn: THERE, roles: [] },
  metrics: { contentType: 'text/plain', text: async () => '' },
  resourceIntake: { problemOf: async () => undefined },
  evidenceKey: new Uint8Array(32),
  catalogue: [],
  networks: { declared: () => [], problemOf: async () => undefined },
  surveyLines: async () => undefined,
  addressData: async () => ({ files: [], attributions: [], notes: [] }),
  learned: async () => ({}),
  selfTests: { begin: async () => ({ problem: 'nothing is judged here' }) },
  tuning: {
    start: async () => 'no-history',
    get: () => undefined,
    held: async () => ({ 'brute-force': { sensitivity: 'low' } }),
    cancel: () => undefined,
  },
};
