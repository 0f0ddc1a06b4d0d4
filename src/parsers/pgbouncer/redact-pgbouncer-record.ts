/** `password=…` of a connection string, quoted or not; PgBouncer quotes its settings when it cannot read them. */
const PASSWORD = /(\bpassword\s*=\s*)(?:'(?:[^'\\]|\\.)*'?|[^\s']+)/gi;

/** A line as it may be shown. PgBouncer logs no statements, and passwords only where its configuration is quoted. */
export function redactPgbouncerRecord(record: Uint8Array): string {
  return new TextDecoder().decode(record).replaceAll(PASSWORD, '$1?');
}
