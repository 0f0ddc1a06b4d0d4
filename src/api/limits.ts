/** What one client may ask of the server. */
export const LIMITS = {
  bodyBytes: 1024 * 1024,
  /** Lists and objects in each other, in a body. */
  bodyDepth: 64,
  /** From the first byte of a request to its last. */
  requestMs: 30_000,
  headersMs: 10_000,
  keepAliveMs: 65_000,
  /** How often it is looked who is too slow. */
  lookMs: 5000,
  /** Of one listener. */
  connections: 2000,
  /** Characters of one part of a path, encoded: an id of a resource is one. */
  pathSegment: 500,
  /** From one address. */
  requestsPerMinute: 6000,
  signInsPerMinute: 20,
  tokensPerMinute: 120,
  revealsPerMinute: 30,
  /** Addresses that are counted at a time. */
  rateLimited: 10_000,
  /** Open event streams, of one principal and of all. */
  streams: 20,
  streamsOfAll: 500,
} as const;
