/** Columns of csvlog, from postgresql.org/docs/current/runtime-config-logging.html (Using CSV-Format Log Output). */
export const Column = {
  logTime: 0,
  userName: 1,
  databaseName: 2,
  connectionFrom: 4,
  sessionId: 5,
  errorSeverity: 11,
  sqlState: 12,
  message: 13,
  detail: 14,
  internalQuery: 16,
  context: 18,
  query: 19,
  applicationName: 22,
  /** Since PostgreSQL 13. */
  backendType: 23,
} as const;
