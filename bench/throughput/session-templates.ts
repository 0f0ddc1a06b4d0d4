import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { UserError } from '../../src/lib/user-error.ts';

/** What differs from one amplified session to the next; index into the values given to `render`. */
export const Slot = {
  time: 0,
  user: 1,
  database: 2,
  pid: 3,
  address: 4,
  port: 5,
  sessionId: 6,
  line: 7,
  start: 8,
  /** Only where templates have been given holes for statements. */
  statement: 9,
} as const;

/** A csvlog record with holes: `texts[0] value texts[1] value … texts[n]`. */
export interface RecordTemplate {
  texts: readonly string[];
  slots: readonly number[];
}

/** One recorded session in the order of its records. */
export interface SessionTemplate {
  role: string;
  database: string;
  /** From `connection received` to `connection authorized`. */
  opening: readonly RecordTemplate[];
  /** Statements, errors and notices; empty where nobody got in. */
  body: readonly RecordTemplate[];
  /** The disconnection, or the refusal. */
  closing: readonly RecordTemplate[];
}

export interface SessionTemplates {
  signedIn: readonly SessionTemplate[];
  refused: readonly SessionTemplate[];
}

/** csvlog columns of PostgreSQL 14 and later. Source: postgresql.org/docs/current/runtime-config-logging.html. */
const COLUMN_COUNT = 26;
const Column = {
  time: 0,
  user: 1,
  database: 2,
  pid: 3,
  from: 4,
  sessionId: 5,
  line: 6,
  start: 8,
  severity: 11,
  state: 12,
  message: 13,
  detail: 14,
};

/** Private-use characters that mark holes while a template is built: no recorded log holds them. */
const HOLE = (slot: number): string => String.fromCharCode(0xe000 + slot);
const HOLES = /[\ue000-\ue008]/;

/** Longer statements are recorded to try the limits of a parser, and are nobody's daily work. */
const MAX_STATEMENT_CHARS = 4000;

/** Roles and databases that need no quoting when a number is appended. */
const PLAIN_NAME = /^"[\w.@-]+"$/;

/** The first record of a session that did not come through a Unix socket. */
const OVER_TCP = /^"connection received: host=\S+ port=\d+"$/;

/** A field as it stands, quotes included, and what ends it. */
const FIELD = /("[^"]*(?:""[^"]*)*"|[^,\n"]*)(,|\n)/gy;

/** Reads all `*.csv` and `*.csv.gz` below the folders and keeps the sessions that are whole. */
export function readSessionTemplates(folders: readonly string[]): SessionTemplates {
  const paths = folders.flatMap((folder) =>
    globSync('**/*.{csv,csv.gz}', { cwd: folder }).map((name) => join(folder, name)),
  );
  const signedIn: SessionTemplate[] = [];
  const refused: SessionTemplate[] = [];
  for (const path of paths.sort()) {
    for (const records of sessionsOf(readText(path))) {
      const template = toTemplate(records);
      if (template !== undefined) {
        (template.body.length > 0 ? signedIn : refused).push(template);
      }
    }
  }
  if (signedIn.length === 0 || refused.length === 0) {
    throw new UserError(
      `no recorded sign-ins and refusals found below ${folders.join(', ')}: name a folder with csvlog files of PostgreSQL 14 or later by --templates`,
    );
  }
  return { signedIn, refused };
}

/** One line of csvlog. */
export function render(template: RecordTemplate, values: readonly string[]): string {
  let line = template.texts[0]!;
  for (let i = 0; i < template.slots.length; i++) {
    line += values[template.slots[i]!]! + template.texts[i + 1]!;
  }
  return line;
}

function readText(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
}

/** Records by session id, each in the order of the file. */
function sessionsOf(text: string): Iterable<string[][]> {
  const sessions = new Map<string, string[][]>();
  let fields: string[] = [];
  for (const [, field, end] of text.matchAll(FIELD)) {
    fields.push(field!);
    if (end === '\n') {
      const id = fields[Column.sessionId] ?? '';
      const known = sessions.get(id) ?? [];
      known.push(fields);
      sessions.set(id, known);
      fields = [];
    }
  }
  return sessions.values();
}

/** Undefined unless the session begins with a connection over TCP and ends with a disconnection or a refusal. */
function toTemplate(records: string[][]): SessionTemplate | undefined {
  const [first, last] = [records[0]!, records.at(-1)!];
  const isWhole = records.every((fields) => fields.length === COLUMN_COUNT && !HOLES.test(fields.join()));
  const [role, database] = [last[Column.user] ?? '', last[Column.database] ?? ''];
  if (!(isWhole && OVER_TCP.test(first[Column.message]!) && PLAIN_NAME.test(role) && PLAIN_NAME.test(database))) {
    return undefined;
  }
  const names = { role: role.slice(1, -1), database: database.slice(1, -1) };
  const compile = (fields: string[]): RecordTemplate => compileRecord(fields, names);
  if (last[Column.severity] === 'FATAL' && last[Column.state]!.startsWith('28')) {
    return { ...names, opening: [compile(first)], body: [], closing: [compile(last)] };
  }
  const authorized = records.findIndex((fields) => isNamed(fields, 'connection authorized'));
  const body = records.slice(authorized + 1, -1).filter(isEveryday);
  if (authorized !== 2 || body.length === 0 || !isNamed(last, 'disconnection')) {
    return undefined;
  }
  return { ...names, opening: records.slice(0, 3).map(compile), body: body.map(compile), closing: [compile(last)] };
}

/** How statements are logged: `log_statement`, the extended protocol, pgaudit, `log_min_duration_statement`. */
const STATEMENT = /^"(statement: |execute |AUDIT: |duration: [\d.]+ ms {2}(statement: |execute ))/;

/** Statements and their errors: what may be repeated within a session. */
function isEveryday(fields: readonly string[]): boolean {
  const message = fields[Column.message]!;
  return (fields[Column.severity] === 'ERROR' || STATEMENT.test(message)) && message.length <= MAX_STATEMENT_CHARS;
}

function isNamed(fields: readonly string[], beginning: string): boolean {
  return fields[Column.message]!.startsWith(`"${beginning}`);
}

function compileRecord(recorded: readonly string[], names: { role: string; database: string }): RecordTemplate {
  const fields = [...recorded];
  fields[Column.time] = HOLE(Slot.time);
  fields[Column.user] &&= `"${HOLE(Slot.user)}"`;
  fields[Column.database] &&= `"${HOLE(Slot.database)}"`;
  fields[Column.pid] = HOLE(Slot.pid);
  fields[Column.from] = `"${HOLE(Slot.address)}:${HOLE(Slot.port)}"`;
  fields[Column.sessionId] = HOLE(Slot.sessionId);
  fields[Column.line] = HOLE(Slot.line);
  fields[Column.start] = HOLE(Slot.start);
  if (/^"(connection |disconnection)/.test(fields[Column.message]!) || fields[Column.severity] === 'FATAL') {
    fields[Column.message] = withHoles(fields[Column.message]!, names);
    fields[Column.detail] = withHoles(fields[Column.detail]!, names);
  }
  const parts = `${fields.join(',')}\n`.split(/([\ue000-\ue008])/);
  return {
    texts: parts.filter((_, index) => index % 2 === 0).map(compactText),
    slots: parts.filter((_, index) => index % 2 === 1).map((hole) => hole.charCodeAt(0) - 0xe000),
  };
}

/** The same text, stored with one byte per character where it is Latin-1: parts of a wide text stay wide otherwise. */
function compactText(text: string): string {
  return Buffer.from(text).toString();
}

/** Names and addresses in the message grammar of connections; inner quotes are doubled, as csvlog has them. */
function withHoles(text: string, { role, database }: { role: string; database: string }): string {
  return text
    .replace(/\bhost=\S+ port=\d+/, `host=${HOLE(Slot.address)} port=${HOLE(Slot.port)}`)
    .replace(/\bhost ""[^"]*""/, `host ""${HOLE(Slot.address)}""`)
    .replace(`database=${database}`, `database=${HOLE(Slot.database)}`)
    .replace(`database ""${database}""`, `database ""${HOLE(Slot.database)}""`)
    .replace(`user=${role}`, `user=${HOLE(Slot.user)}`)
    .replaceAll(`""${role}""`, `""${HOLE(Slot.user)}""`);
}
