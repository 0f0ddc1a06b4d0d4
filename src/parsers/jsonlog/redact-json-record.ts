import { parseCutJson } from '../../lib/json-cut.ts';
import { type MemberNames, redactMembers } from '../../postgres/redact-members.ts';

/** What is shown of a record of which nothing can be told. */
const NOTHING = '"?"';
const NAMES: MemberNames = {
  plain: new Set([
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
    'hint',
    'internal_position',
    'cursor_position',
    'func_name',
    'file_name',
    'file_line_num',
    'application_name',
    'backend_type',
    'leader_pid',
    'query_id',
  ]),
  queries: ['internal_query', 'statement'],
  sqlState: 'state_code',
};

/**
 * A jsonlog record as it may be shown, one line of JSON, whole or cut off at its end: statements without their
 * literals, what the server itself tells as it is. Members that PostgreSQL does not write are masked.
 */
export function redactJsonRecord(record: Uint8Array): string {
  const members = parseCutJson(new TextDecoder().decode(record));
  if (typeof members !== 'object' || members === null || Array.isArray(members)) {
    return NOTHING;
  }
  return JSON.stringify(redactMembers(members as Record<string, unknown>, NAMES));
}
