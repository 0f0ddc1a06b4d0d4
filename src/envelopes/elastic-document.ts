import { isObject, type JsonObject } from './json-object.ts';

/**
 * Members of jsonlog, in the order in which the server writes them, and what Elastic's module and integration for PostgreSQL
 * call them in the documents that they make of lines. Source: elastic.co/docs/reference/beats/filebeat/exported-fields-postgresql.
 */
const FIELD_OF: Readonly<Record<string, string>> = {
  timestamp: 'postgresql.log.timestamp',
  user: 'user.name',
  dbname: 'postgresql.log.database',
  pid: 'process.pid',
  remote_host: 'postgresql.log.client_addr',
  remote_port: 'postgresql.log.client_port',
  session_id: 'postgresql.log.session_id',
  line_num: 'postgresql.log.session_line_number',
  ps: 'postgresql.log.command_tag',
  session_start: 'postgresql.log.session_start_time',
  vxid: 'postgresql.log.virtual_transaction_id',
  txid: 'postgresql.log.transaction_id',
  error_severity: 'log.level',
  state_code: 'postgresql.log.sql_state_code',
  message: 'message',
  detail: 'postgresql.log.detail',
  hint: 'postgresql.log.hint',
  context: 'postgresql.log.context',
  application_name: 'postgresql.log.application_name',
  backend_type: 'postgresql.log.backend_type',
};
const QUERY = 'postgresql.log.query';
const QUERY_STEP = 'postgresql.log.query_step';
const QUERY_NAME = 'postgresql.log.query_name';
/** Documents are kept in it. */
const SOURCE = '_source';
/** What a statement begins with; the server's own messages are in small letters, or begin otherwise. */
const STATEMENT =
  /^\s*(?:select|insert|update|delete|merge|with|create|alter|drop|truncate|copy|begin|start|commit|rollback|savepoint|release|set|reset|show|explain|analyze|vacuum|grant|revoke|call|do|declare|fetch|move|close|lock|listen|notify|prepare|execute|deallocate|discard|refresh|reindex|cluster|comment|checkpoint)\b/i;
const RECEIVED = /^connection received: host=(\S+)/;
const ABOUT_CLIENT = /^connection |authentication failed|pg_hba\.conf/;
const LOCAL = '[local]';
type Tell = (field: string) => unknown;
const CHECKPOINT = /^(?:checkpoint|restartpoint) (?:starting|complete):/;

/** A record of jsonlog made of a document of Elastic's, whose line is not kept. Undefined where an object is none. */
export function recordOfDocument(object: JsonObject): string | undefined {
  const document = isObject(object[SOURCE]) ? object[SOURCE] : object;
  const told = (field: string) => valueAt(document, field.split('.'));
  const time = told(FIELD_OF.timestamp!);
  const message = messageOf(told);
  if (typeof time !== 'string' || message === undefined) {
    return undefined;
  }
  const pid = Number(told(FIELD_OF.pid!));
  const changed: JsonObject = {
    pid: Number.isNaN(pid) ? undefined : pid,
    remote_host: hostOf(told, message),
    session_id: told(FIELD_OF.session_id!) ?? `0.${(Number.isNaN(pid) ? 0 : pid).toString(16)}`,
    message,
  };
  const statement = told(QUERY_STEP) === undefined ? told(QUERY) : undefined;
  const members = Object.entries(FIELD_OF).map(([name, field]) => [name, changed[name] ?? told(field)]);
  return JSON.stringify(Object.fromEntries([...members, ['statement', statement]]));
}

/** A client whose address is not told counts as one without: a record that names none is the server's own. */
function hostOf(told: Tell, message: string): unknown {
  const host = told(FIELD_OF.remote_host!);
  const [, received] = RECEIVED.exec(message) ?? [];
  const isClient = told(FIELD_OF.user!) !== undefined || ABOUT_CLIENT.test(message);
  return host === 'local' ? LOCAL : (host ?? received ?? (isClient ? LOCAL : undefined));
}

/** As the server wrote it: a statement has lost what stood in front of it. */
function messageOf(told: Tell): string | undefined {
  const textOf = (field: string) => {
    const value = told(field);
    return typeof value === 'string' ? value : undefined;
  };
  const message = textOf(FIELD_OF.message!);
  const step = textOf(QUERY_STEP);
  if (step !== undefined) {
    const name = textOf(QUERY_NAME);
    return `${step}${name === undefined ? '' : ` ${name}`}: ${textOf(QUERY) ?? message ?? ''}`;
  }
  const isLogged = message !== undefined && told(FIELD_OF.error_severity!) === 'LOG';
  return isLogged && STATEMENT.test(message) && !CHECKPOINT.test(message) ? `statement: ${message}` : message;
}

/** Its names may be joined by dots, at any place; search results have each value in a list. */
function valueAt(value: unknown, path: readonly string[]): unknown {
  if (path.length === 0 || !isObject(value)) {
    const only = Array.isArray(value) && value.length === 1 ? value[0] : value;
    return path.length > 0 || only === null || only === '' ? undefined : only;
  }
  for (let count = path.length; count > 0; count--) {
    const found = valueAt(value[path.slice(0, count).join('.')], path.slice(count));
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
