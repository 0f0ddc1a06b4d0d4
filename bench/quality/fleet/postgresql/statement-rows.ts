/**
 * What the server logs of statements: `log_statement = all`; pgaudit with read, write, ddl and role;
 * `log_min_duration_statement = 0`; or errors only.
 */
export type LogStyle = 'all' | 'pgaudit' | 'duration' | 'errors';

/** One statement that a client sends. */
export interface Step {
  /** Milliseconds since the one before. */
  afterMs: number;
  sql: string;
  /** Values that travel apart from the text (extended protocol); absent: simple protocol. */
  parameters?: readonly string[];
  /** As pgaudit counts them. */
  rows?: number;
  /** Time that it takes. */
  ms?: number;
  /** How it ends where it fails. */
  error?: { state: string; message: string; position?: number };
}

interface Row {
  tag: string;
  severity?: 'ERROR';
  state?: string;
  message: string;
  detail?: string;
  query?: string;
  position?: number;
}

/** A statement that does not parse has no line of its own, only its error. */
const SYNTAX_ERROR = '42601';

export function executionRows(step: Step, style: LogStyle, ordinal: number): Row[] {
  const { sql, error } = step;
  const started = error?.state === SYNTAX_ERROR ? [] : startRows(step, style, ordinal);
  if (error === undefined) {
    return started;
  }
  const broken: Row = {
    tag: commandOf(sql),
    severity: 'ERROR',
    state: error.state,
    message: error.message,
    query: sql,
  };
  return [
    ...(style === 'all' ? started : []),
    error.position === undefined ? broken : { ...broken, position: error.position },
  ];
}

function startRows(step: Step, style: LogStyle, ordinal: number): Row[] {
  switch (style) {
    case 'all':
      return [plainRow(step)];
    case 'pgaudit':
      return auditRows(step, ordinal);
    case 'duration':
      return durationRows(step);
    default:
      return [];
  }
}

function plainRow({ sql, parameters }: Step): Row {
  return parameters === undefined
    ? { tag: 'idle', message: `statement: ${sql}` }
    : { tag: commandOf(sql), message: `execute <unnamed>: ${sql}`, detail: valuesText(parameters) };
}

function durationRows({ sql, parameters, ms = 1 + (sql.length % 17) / 10 }: Step): Row[] {
  const tag = commandOf(sql);
  if (parameters === undefined) {
    return [{ tag, message: `duration: ${ms.toFixed(3)} ms  statement: ${sql}` }];
  }
  const detail = valuesText(parameters);
  return [
    { tag: 'PARSE', message: `duration: 0.112 ms  parse <unnamed>: ${sql}` },
    { tag: 'BIND', message: `duration: 0.094 ms  bind <unnamed>: ${sql}`, detail },
    { tag, message: `duration: ${ms.toFixed(3)} ms  execute <unnamed>: ${sql}`, detail },
  ];
}

/** `AUDIT: SESSION,10,1,READ,SELECT,,,"SELECT …",<not logged>,10`; what is MISC is not audited. */
function auditRows({ sql, rows = 1 }: Step, ordinal: number): Row[] {
  const command = commandOf(sql);
  const kind = auditClass(command, sql);
  if (kind === undefined) {
    return [];
  }
  const text = /[",\n\r]/.test(sql) ? `"${sql.replaceAll('"', '""')}"` : sql;
  const counted = command === 'COPY' ? 0 : rows;
  return [
    {
      tag: command,
      message: `AUDIT: SESSION,${ordinal},1,${kind},${auditCommand(sql)},,,${text},<not logged>,${counted}`,
    },
  ];
}

function auditClass(command: string, sql: string): string | undefined {
  if (/^\s*(GRANT|REVOKE|(CREATE|ALTER|DROP) (ROLE|USER))\b/i.test(sql)) {
    return 'ROLE';
  }
  if (command === 'SELECT' || (command === 'COPY' && /\bTO\b/i.test(sql))) {
    return 'READ';
  }
  if (['INSERT', 'UPDATE', 'DELETE', 'COPY'].includes(command)) {
    return 'WRITE';
  }
  return ['CREATE', 'ALTER', 'DROP', 'TRUNCATE'].includes(command) ? 'DDL' : undefined;
}

/** `CREATE TABLE`, `ALTER ROLE`; of others the first word. */
function auditCommand(sql: string): string {
  return /^\s*((?:CREATE|ALTER|DROP|GRANT|REVOKE)\s+\w+|\w+)/i.exec(sql)![1]!.toUpperCase();
}

function commandOf(sql: string): string {
  const word = /^\W*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? '';
  return word === 'WITH' ? 'SELECT' : word;
}

function valuesText(parameters: readonly string[]): string {
  return `parameters: ${parameters.map((value, index) => `$${index + 1} = '${value.replaceAll("'", "''")}'`).join(', ')}`;
}
