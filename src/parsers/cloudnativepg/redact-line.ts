import { AUDIT_MEMBERS } from '../../envelopes/audit-file.ts';
import { parseCutJson } from '../../lib/json-cut.ts';
import { type MemberNames, redactMembers, shownMember } from '../../postgres/redact-members.ts';
import { maskLiterals } from '../../sql/mask-literals.ts';

/** What is shown of a line of which nothing can be told. */
const NOTHING = '"?"';
/** Members that the operator fills itself. */
const ENVELOPE = new Set(['level', 'ts', 'logger', 'msg', 'logging_pod', 'logging_podName']);
const RECORD: MemberNames = {
  plain: new Set([
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
    'hint',
    'internal_query_pos',
    'query_pos',
    'location',
    'application_name',
    'backend_type',
    'leader_pid',
    'query_id',
  ]),
  queries: ['internal_query', 'query'],
  sqlState: 'sql_state_code',
};
const AUDIT: ReadonlySet<string> = new Set(AUDIT_MEMBERS);
/** pgaudit writes so where it has no statement or parameters. */
const AUDIT_NONE = /^<[a-z ]+>$/;

/**
 * A line of CloudNativePG as it may be shown, one line of JSON, whole or cut off at its end: statements without their
 * literals, what the server and the operator themselves tell as it is, other members masked.
 */
export function redactLine(line: Uint8Array): string {
  const text = new TextDecoder().decode(line);
  const members = parseCutJson(text.slice(Math.max(0, text.indexOf('{'))));
  if (!isObject(members)) {
    return NOTHING;
  }
  return JSON.stringify('log_time' in members ? shownRecord(members) : shownEnvelope(members));
}

function shownEnvelope(members: Record<string, unknown>): unknown {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      name === 'record' && isObject(value) ? shownRecord(value) : shownMember(name, value, ENVELOPE),
    ]),
  );
}

function shownRecord(record: Record<string, unknown>): unknown {
  const shown = redactMembers(record, RECORD);
  return isObject(record.audit) ? { ...shown, audit: shownAudit(record.audit) } : shown;
}

function shownAudit(audit: Record<string, unknown>): unknown {
  return Object.fromEntries(
    Object.entries(audit).map(([name, value]) => {
      if (typeof value === 'string' && (name === 'statement' || name === 'parameter')) {
        return [name, AUDIT_NONE.test(value) ? value : name === 'statement' ? maskLiterals(value) : '?'];
      }
      return [name, shownMember(name, value, AUDIT)];
    }),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
