import { type JsonObject, parsedValue } from './json-object.ts';
import { recordOfColumns } from './recorded-columns.ts';
import { createLineStage, type Emit, type Stage } from './stage.ts';

/**
 * What the extension pgauditlogtofile writes beside the server's log: CSV, whose fields are quoted as JSON quotes (up to 1.6 as
 * csvlog does), or objects of JSON. Source: github.com/fmbiete/pgauditlogtofile, Record format.
 */
const SOURCE = 'pgauditlogtofile';
const QUOTED = '"(?:[^"\\\\]|\\\\.|"")*"';
const FIELD = new RegExp(`(${QUOTED}|[^,"]*)(?:,|$)`, 'y');
/** Time, user, database, process, client and session; up to the kind of audit, or a message of the server. */
const LINE = new RegExp(
  `^"?\\d{4}-\\d\\d-\\d\\d [\\d:.]{8,18} [^",]{1,20}"?,(?:${QUOTED}|[^",]*),(?:${QUOTED}|[^",]*),"?\\d+"?,(?:${QUOTED}|[^",]*),` +
    `"?[\\da-f]+\\.[\\da-f]+"?,(?:(?:${QUOTED}|[^",]*),){1,6}"?(?:(?:SESSION|OBJECT)"?,"?\\d+"?,"?\\d+"?,|connection auth|disconnection: )`,
);
const MESSAGE = /^(?:connection auth\w+|disconnection): /;
const KIND = /^(?:SESSION|OBJECT)$/;
/** Of pgaudit, in front of the statement. */
const NAMES = 7;
/** What stands behind a statement, as pgaudit writes both. */
const PARAMETERS = /,(?:<none>|<not logged>|".*")$/s;
const FIRST_BEHIND_SESSION = 6;
const APPLICATION_BEHIND = 9;
const FINER_THAN_MS = /(\.\d{3})\d+/;

/** The members of its records in JSON, by csvlog's columns. */
const MEMBER_OF: Readonly<Record<string, string>> = {
  log_time: 'timestamp',
  user_name: 'db.user',
  database_name: 'db.name',
  process_id: 'custom.process_id',
  session_id: 'custom.session_id',
  sql_state_code: 'custom.state_code',
  detail: 'custom.detail_log',
};
/** As programs call what pgaudit writes in front of a statement, in its order. */
export const AUDIT_MEMBERS: readonly string[] = [
  'audit_type',
  'statement_id',
  'substatement_id',
  'class',
  'command',
  'object_type',
  'object_name',
];

export function isAuditLine(line: string): boolean {
  return LINE.test(line);
}

/** Gives the lines as records of jsonlog. What is none is given as it is. */
export function createAuditLineStage(emit: Emit): Stage {
  return createLineStage((line, offset) =>
    emit(Buffer.from(`${recordOfLine(line.toString()) ?? line.toString()}\n`), offset),
  );
}

function recordOfLine(line: string): string | undefined {
  const fields = LINE.test(line) ? fieldsOf(line.replace(/\r$/, '')) : [];
  const at = fields.findIndex((field, i) => i >= FIRST_BEHIND_SESSION && (KIND.test(field) || MESSAGE.test(field)));
  if (at < 0) {
    return undefined;
  }
  const isAudit = KIND.test(fields[at]!);
  const statement = fields[at + NAMES] ?? '';
  const isWhole = PARAMETERS.test(statement);
  const text = isWhole || !isAudit ? statement : `"${statement.replaceAll('"', '""')}",${fields[at + NAMES + 1] ?? ''}`;
  const last = isAudit ? at + NAMES : at;
  return recordOf({
    log_time: fields[0],
    user_name: fields[1],
    database_name: fields[2],
    process_id: fields[3],
    connection_from: fields[4],
    session_id: fields[5],
    message: isAudit ? `AUDIT: ${fields.slice(at, at + NAMES).join(',')},${text}` : fields[at],
    application_name: isWhole || !isAudit ? fields[last + APPLICATION_BEHIND] : undefined,
  });
}

function fieldsOf(line: string): string[] {
  const fields: string[] = [];
  FIELD.lastIndex = 0;
  for (let found = FIELD.exec(line); found !== null && found[0] !== ''; found = FIELD.exec(line)) {
    fields.push(plain(found[1]!));
  }
  return fields;
}

function plain(field: string): string {
  const value = field.startsWith('"') && field.includes('\\') ? parsedValue(field) : undefined;
  return typeof value === 'string' ? value : field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
}

/** Undefined where an object is none of its. */
export function recordOfAuditObject(object: JsonObject): string | undefined {
  if (object['log.source'] !== SOURCE) {
    return undefined;
  }
  const told = (name: string) => {
    const value = object[name];
    return typeof value === 'string' ? value : '';
  };
  const [host, port, content] = ['net.peer.name', 'net.peer.port', 'content'].map(told);
  const audit = AUDIT_MEMBERS.map((name) => told(`custom.${name}`));
  return recordOf({
    ...Object.fromEntries(Object.entries(MEMBER_OF).map(([column, name]) => [column, told(name)])),
    connection_from: port === '' ? host : `${host}:${port}`,
    message: audit[0] === '' ? content : `AUDIT: ${audit.join(',')},${content}`,
  });
}

function recordOf(columns: JsonObject): string | undefined {
  const time = typeof columns.log_time === 'string' ? columns.log_time.replace(FINER_THAN_MS, '$1') : undefined;
  return recordOfColumns({ ...columns, log_time: time, process_id: Number(columns.process_id), error_severity: 'LOG' });
}
