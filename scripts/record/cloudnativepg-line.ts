/**
 * The members of `record`, in the order of the columns of csvlog; those that are empty at the end of a record are left
 * out. Source: cloudnative-pg.io/documentation/current/logging.
 */
const MEMBERS = [
  'log_time',
  'user_name',
  'database_name',
  'process_id',
  'connection_from',
  'session_id',
  'session_line_num',
  'command_tag',
  'session_start_time',
  'virtual_transaction_id',
  'transaction_id',
  'error_severity',
  'sql_state_code',
  'message',
  'detail',
  'hint',
  'internal_query',
  'internal_query_pos',
  'context',
  'query',
  'query_pos',
  'location',
  'application_name',
  'backend_type',
  'leader_pid',
  'query_id',
];

/** A record of csvlog as CloudNativePG writes it: one line of JSON, without its newline. */
export function cloudNativePgLine(fields: readonly string[]): string {
  const record = Object.fromEntries(
    MEMBERS.map((name, i) => [name, fields[i] ?? '']).filter(([, value]) => value !== ''),
  );
  const ts = new Date(`${fields[0]!.slice(0, 23).replace(' ', 'T')}Z`).toISOString().replace('Z', '417314Z');
  const line = { level: 'info', ts, logger: 'postgres', msg: 'record', logging_pod: 'orders-1', record };
  // the operator is written in Go, whose JSON escapes what HTML could mistake
  return JSON.stringify(line).replaceAll(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
}
