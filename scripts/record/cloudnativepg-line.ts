import { CSVLOG_COLUMNS } from './csvlog-columns.ts';

/**
 * A record of csvlog as CloudNativePG writes it: one line of JSON, without its newline. Members of `record` are called as
 * the columns; those that are empty are left out. Source: cloudnative-pg.io/documentation/current/logging.
 */
export function cloudNativePgLine(fields: readonly string[]): string {
  const record = Object.fromEntries(
    CSVLOG_COLUMNS.map((name, i) => [name, fields[i] ?? '']).filter(([, value]) => value !== ''),
  );
  const ts = new Date(`${fields[0]!.slice(0, 23).replace(' ', 'T')}Z`).toISOString().replace('Z', '417314Z');
  const line = { level: 'info', ts, logger: 'postgres', msg: 'record', logging_pod: 'orders-1', record };
  // the operator is written in Go, whose JSON escapes what HTML could mistake
  return JSON.stringify(line).replaceAll(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
}
