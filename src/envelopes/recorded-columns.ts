import { isObject, type JsonObject, parsedValue } from './json-object.ts';
import { isRecord, namedLine } from './line-members.ts';
import { receivedTime } from './received-time.ts';

/**
 * Columns of csvlog, as they are called where it is kept in a table, by the members of jsonlog, in the order in which the
 * server writes these. Source: postgresql.org/docs/current/runtime-config-logging.html.
 */
const COLUMN_OF: Readonly<Record<string, string>> = {
  timestamp: 'log_time',
  user: 'user_name',
  dbname: 'database_name',
  pid: 'process_id',
  remote_host: 'connection_from',
  session_id: 'session_id',
  line_num: 'session_line_num',
  ps: 'command_tag',
  session_start: 'session_start_time',
  vxid: 'virtual_transaction_id',
  txid: 'transaction_id',
  error_severity: 'error_severity',
  state_code: 'sql_state_code',
  message: 'message',
  detail: 'detail',
  hint: 'hint',
  internal_query: 'internal_query',
  internal_position: 'internal_query_pos',
  context: 'context',
  statement: 'query',
  cursor_position: 'query_pos',
  application_name: 'application_name',
  backend_type: 'backend_type',
  leader_pid: 'leader_pid',
  query_id: 'query_id',
};
/** Those that are called so in csvlog only; each record has some of them. */
const TELLING = Object.entries(COLUMN_OF).flatMap(([name, column]) => (name === column ? [] : [column]));
const MIN_TELLING = 2;
const MAX_DEPTH = 4;
const MAX_MEMBERS = 50;
/** `host:port`; the host may be an address with colons. */
const ENDPOINT = /^(.*):(\d{1,5})$/;

/**
 * A record of jsonlog made of one whose members are called as csvlog's columns, perhaps within others, or with their
 * names in front (`parsed.user_name`). What it lacks, the object around it tells. Undefined where there is none.
 */
export function recordOfColumns(object: JsonObject): string | undefined {
  const columns = columnsIn(object, MAX_DEPTH);
  if (columns === undefined) {
    return undefined;
  }
  const message = columns.message ?? namedLine(object);
  const { connection_from: from } = columns;
  const [, host, port] = typeof from === 'string' ? (ENDPOINT.exec(from) ?? []) : [];
  const told: JsonObject = {
    ...columns,
    log_time: columns.log_time ?? columns.timestamp ?? timeOf(object),
    connection_from: host ?? from,
    message,
  };
  const members = Object.entries(COLUMN_OF).flatMap(([name, column]) => {
    const value = told[column];
    const own = value === undefined || value === null || value === '' ? [] : [[name, value] as const];
    return name === 'remote_host' && port !== undefined ? [...own, ['remote_port', Number(port)] as const] : own;
  });
  return message === undefined ? undefined : JSON.stringify(Object.fromEntries(members));
}

/** Whether an object's own members are such columns. */
export function hasColumns(object: JsonObject): boolean {
  const telling = typeof object.error_severity === 'string' ? TELLING.filter((name) => name in object) : [];
  return telling.length >= MIN_TELLING;
}

function timeOf(object: JsonObject): string | undefined {
  const ms = receivedTime(object);
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

/** Tables hold objects as texts. */
const JSON_TEXT = /^\[?\{/;

/** What a text holds, unless that is a record of a format of its own: then it is a line. */
function unpacked(cell: unknown): unknown {
  const value = typeof cell === 'string' && JSON_TEXT.test(cell) ? parsedValue(cell) : cell;
  return typeof cell === 'string' && isObject(value) && isRecord(value) ? undefined : value;
}

/** Lists of several are of several records. */
function columnsIn(cell: unknown, depth: number): JsonObject | undefined {
  const value = unpacked(cell);
  if (depth < 0 || typeof value !== 'object' || value === null || (Array.isArray(value) && value.length > 1)) {
    return undefined;
  }
  if (isObject(value)) {
    const columns = Object.keys(value).some((name) => name.includes('.'))
      ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name.slice(name.lastIndexOf('.') + 1), each]))
      : value;
    if (hasColumns(columns)) {
      return columns;
    }
  }
  for (const inner of Object.values(value).slice(0, MAX_MEMBERS)) {
    const found = columnsIn(inner, depth - 1);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
