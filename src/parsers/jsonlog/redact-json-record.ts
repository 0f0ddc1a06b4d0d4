import { parseCutJson } from '../../lib/json-cut.ts';
import { redactTexts } from '../../postgres/redact-message.ts';

/** What is shown of a record of which nothing can be told. */
const NOTHING = '"?"';
/** Members that the server fills itself: names, times, numbers, places in its code. */
const PLAIN = new Set([
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
]);
/** Members that hold SQL. */
const QUERIES = ['internal_query', 'statement'];

/**
 * A jsonlog record as it may be shown, one line of JSON, whole or cut off at its end: statements without their
 * literals, what the server itself tells as it is. Members that PostgreSQL does not write are masked.
 */
export function redactJsonRecord(record: Uint8Array): string {
  const members = parseCutJson(new TextDecoder().decode(record));
  if (typeof members !== 'object' || members === null || Array.isArray(members)) {
    return NOTHING;
  }
  const at = (name: string): string => textOf((members as Record<string, unknown>)[name]);
  const { message, detail, context, queries } = redactTexts({
    severity: at('error_severity'),
    sqlState: at('state_code') || '00000',
    message: at('message'),
    detail: at('detail'),
    context: at('context'),
    queries: QUERIES.map(at),
  });
  const redacted = new Map(QUERIES.map((name, i) => [name, queries[i]!]))
    .set('message', message)
    .set('detail', detail)
    .set('context', context);
  const shown = Object.entries(members).map(([name, value]) => [name, redacted.get(name) ?? shownMember(name, value)]);
  return JSON.stringify(Object.fromEntries(shown));
}

function shownMember(name: string, value: unknown): unknown {
  const isHarmless = value === null || typeof value === 'number' || typeof value === 'boolean';
  return isHarmless || (typeof value === 'string' && PLAIN.has(name)) ? value : '?';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
