import { SEVERITY_WORDS } from '../postgres/severity.ts';
import { isObject, type JsonObject } from './json-object.ts';
import { msOf } from './received-time.ts';

/**
 * Members of jsonlog, in the order in which the server writes them, and what people call the parts of a line that they had a
 * collector take apart: in small letters, without marks between words.
 */
const NAMES_OF: Readonly<Record<string, readonly string[]>> = {
  timestamp: ['timestamp', 'logtime', 'time', 'datetime', 'ts', 'date'],
  user: ['user', 'username', 'usename', 'dbuser', 'role'],
  dbname: ['database', 'dbname', 'db', 'databasename', 'datname'],
  pid: ['pid', 'processid', 'procid', 'backendpid', 'process'],
  remote_host: [
    'clientaddr',
    'clientip',
    'client',
    'clienthost',
    'remotehost',
    'remoteaddr',
    'remote',
    'connectionfrom',
    'host',
  ],
  session_id: ['sessionid', 'session'],
  line_num: ['linenum', 'line', 'sessionlinenum'],
  error_severity: ['errorseverity', 'severity', 'level', 'loglevel', 'severitytext'],
  state_code: ['sqlstate', 'statecode', 'sqlstatecode', 'errorcode', 'code'],
  message: ['message', 'msg', 'logmessage', 'text', 'body', 'content'],
  detail: ['detail'],
  hint: ['hint'],
  context: ['context'],
  statement: ['statement', 'query', 'sql'],
  application_name: ['applicationname', 'application', 'appname', 'app'],
  backend_type: ['backendtype'],
};
/** No other program calls what it logs so. */
const OWN_SEVERITY = 'LOG';
/** Objects within each other. */
const MAX_DEPTH = 2;
const MARKS = /[^a-z\d]/g;
const AROUND = /^(?:parsed|fields|attributes|postgres(?:ql)?|pg|log)[._](?=.)/;
const NUMBER = /^\d{1,10}$/;
const SESSION_ID = /^[\da-f]{1,16}\.[\da-f]{1,8}$/;
const STATE = /^[\dA-Z]{5}$/;
/** `192.0.2.7(5432)`, `192.0.2.7:5432`, `[local]`; not the name of the server, which collectors add. */
const CLIENT = /^(\[local\]|[\d.]{7,15}|[\da-fA-F:]*:[\da-fA-F:.]*?)(?:[(:](\d{1,5})\)?)?$/;
/** An address with its port is shorter. */
const MAX_CLIENT_CHARS = 80;
const RECEIVED = /^connection received: host=(\S+)/;
const LOCAL = '[local]';
/** What a prefix writes before a client has told it. */
const UNKNOWN = '[unknown]';

/** What a collector made of a line, and whether it is certainly one of PostgreSQL's. */
export interface PartedLine {
  /** As a record of jsonlog. */
  record: string;
  isCertain: boolean;
}

/** Undefined where an object does not hold the parts of a line: severity, process, time and message. */
export function partedLine(object: JsonObject): PartedLine | undefined {
  const parts = new Map<string, string>();
  collect(object, MAX_DEPTH, parts);
  const told = (member: string) => NAMES_OF[member]!.map((name) => parts.get(name)).find((text) => text !== undefined);
  const [severity, message, pid, time] = [told('error_severity'), told('message'), told('pid'), told('timestamp')];
  if (
    !SEVERITY_WORDS.includes(severity ?? '') ||
    message === undefined ||
    !NUMBER.test(pid ?? '') ||
    time === undefined
  ) {
    return undefined;
  }
  const ms = msOf(time);
  const [, host, port] = clientOf(told, message) ?? [];
  const id = told('session_id');
  const changed: JsonObject = {
    timestamp: ms === undefined ? time : new Date(ms).toISOString(),
    pid: Number(pid),
    remote_host: host,
    session_id: SESSION_ID.test(id ?? '') ? id : `0.${Number(pid).toString(16)}`,
    line_num: undefined,
    state_code: told('state_code')?.match(STATE)?.[0],
  };
  const members = Object.keys(NAMES_OF).flatMap((name) => {
    const value = name in changed ? changed[name] : told(name);
    return name === 'remote_host' && port !== undefined
      ? [
          [name, value],
          ['remote_port', Number(port)],
        ]
      : [[name, value]];
  });
  return { record: JSON.stringify(Object.fromEntries(members)), isCertain: severity === OWN_SEVERITY };
}

/** The first of those that are called alike counts; what lies deeper comes last. */
function collect(object: JsonObject, depth: number, parts: Map<string, string>): void {
  for (const [name, value] of Object.entries(object)) {
    const plain = name.toLowerCase().replace(AROUND, '').replace(MARKS, '');
    const isText = typeof value === 'string' ? value !== '' && value !== UNKNOWN : typeof value === 'number';
    if (isText && !parts.has(plain)) {
      parts.set(plain, String(value));
    }
  }
  for (const value of depth > 0 ? Object.values(object) : []) {
    if (isObject(value)) {
      collect(value, depth - 1, parts);
    }
  }
}

/** A client whose address is not told counts as one without: a record that names none is the server's own. */
function clientOf(
  told: (member: string) => string | undefined,
  message: string,
): RegExpExecArray | string[] | undefined {
  const [, received] = RECEIVED.exec(message) ?? [];
  const found = CLIENT.exec((told('remote_host') ?? '').slice(0, MAX_CLIENT_CHARS));
  return found ?? (received !== undefined ? ['', received] : told('user') === undefined ? undefined : ['', LOCAL]);
}
