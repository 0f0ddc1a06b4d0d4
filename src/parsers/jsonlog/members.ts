import { jsonKeys } from '../../lib/json-keys.ts';
import { createKeyTable } from '../../scan/key-table.ts';

/** Members of a jsonlog record that we read: places in `ScanWindow.found`. All of them are strings. */
export const Member = {
  timestamp: 1,
  user: 2,
  dbname: 3,
  remote_host: 4,
  session_id: 5,
  error_severity: 6,
  state_code: 7,
  message: 8,
  detail: 9,
  statement: 10,
  application_name: 11,
} as const;

/**
 * All keys in the order in which the server writes them; those that have no value are left out.
 * Source: postgresql.org/docs/current/runtime-config-logging.html (Using JSON-Format Log Output), of PostgreSQL 15 to 18.
 */
export const KEYS = [
  'timestamp',
  'user',
  'dbname',
  'pid',
  'remote_host',
  'remote_port',
  'session_id',
  'line_num',
  'ps',
  'session_start',
  'vxid',
  'txid',
  'error_severity',
  'state_code',
  'message',
  'detail',
  'hint',
  'internal_query',
  'internal_position',
  'context',
  'statement',
  'cursor_position',
  'func_name',
  'file_name',
  'file_line_num',
  'application_name',
  'backend_type',
  'leader_pid',
  'query_id',
] as const;

/** Those that we read, for lines that are written otherwise. A record is flat: there is one object. */
export const MEMBER_KEYS = jsonKeys(Object.entries(Member).map(([name, number]) => ({ scope: 1, name, number })));

/** All of them, for lines as PostgreSQL writes them. */
export const WRITTEN_KEYS = createKeyTable(
  KEYS.map((name) => ({ name, number: (Member as Partial<Record<string, number>>)[name] ?? 0 })),
);
