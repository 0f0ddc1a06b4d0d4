import type { ApiContext } from './context.ts';

/** What the rest of the server gives to the routes, empty: for tests that want every route to be there. */
export const EVERY_PORT: Partial<ApiContext> = {
  catalogue: [],
  networks: { declared: () => [], problemOf: async () => undefined },
  surveyLines: async () => undefined,
  addressData: async () => ({ files: [], attributions: [], notes: [] }),
  learned: async () => ({}),
  tuning: {
    start: async () => 'no-history',
    get: () => undefined,
    held: async () => ({ 'brute-force': { sensitivity: 'low' } }),
    cancel: () => undefined,
  },
};
