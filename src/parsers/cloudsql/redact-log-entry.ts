import { parseCutJson } from '../../lib/json-cut.ts';
import { redactEntry } from '../../postgres/redact-entry.ts';
import { maskLiterals } from '../../sql/mask-literals.ts';

/** What is shown of an entry of which nothing can be told. */
const NOTHING = '"?"';
/** Members that Google and the server fill themselves, wherever they stand. */
const PLAIN = new Set([
  '@type',
  'auditClass',
  'auditType',
  'command',
  'database',
  'database_id',
  'insertId',
  'INSTANCE_UID',
  'LOG_BUCKET_NUM',
  'logName',
  'methodName',
  'object',
  'objectType',
  'project_id',
  'receiveTimestamp',
  'region',
  'resourceName',
  'serviceName',
  'severity',
  'timestamp',
  'type',
  'user',
]);
/** Objects that are shown member by member. They nest three deep. */
const OBJECTS = new Set(['jsonPayload', 'labels', 'protoPayload', 'request', 'resource']);
const MAX_DEPTH = 4;
/** Members that hold lines of the server's log. */
const LINES = new Set(['textPayload', 'message']);
/** pgAudit writes so where it has no parameters. */
const NO_PARAMETER = /^[<[](?:not logged|none)[>\]]$/;

/** Words behind the prefix of a line; one that has none goes on with the line before. */
const HEAD =
  /^[^\n]{0,1023}?(?:DEBUG|INFO|NOTICE|WARNING|LOG|ERROR|FATAL|PANIC|(DETAIL|HINT|QUERY|CONTEXT|STATEMENT)): {2}/;
/** Stands for the line that a DETAIL is about, which is an entry of its own. */
const LEAD = 'ERROR:  \n';

/**
 * An entry of Cloud Logging as it may be shown, one line of JSON, whole or cut off at its end: statements without their
 * literals, what the server itself tells as it is, members that are not known masked.
 */
export function redactLogEntry(record: Uint8Array): string {
  const entry = parseCutJson(new TextDecoder().decode(record));
  return isObject(entry) ? JSON.stringify(shownObject(entry, 1)) : NOTHING;
}

function shownObject(members: Record<string, unknown>, depth: number): unknown {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      isObject(value) && OBJECTS.has(name) && depth < MAX_DEPTH
        ? shownObject(value, depth + 1)
        : shownValue(name, value),
    ]),
  );
}

function shownValue(name: string, value: unknown): unknown {
  if (typeof value !== 'string') {
    return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : '?';
  }
  if (LINES.has(name)) {
    return shownLines(value);
  }
  if (name === 'statement') {
    return maskLiterals(value);
  }
  return PLAIN.has(name) || (name === 'parameter' && NO_PARAMETER.test(value)) ? value : '?';
}

/** Cloud SQL takes the tabs away that the server puts in front of lines that go on with the one before. */
function shownLines(text: string): string {
  const [first = '', ...lines] = text.split('\n');
  const head = HEAD.exec(first);
  if (head === null) {
    return maskLiterals(text);
  }
  const lead = head[1] === undefined ? '' : LEAD;
  const joined = [first, ...lines.map((line) => (HEAD.test(line) || line.startsWith('\t') ? line : `\t${line}`))];
  return redactEntry(lead + joined.join('\n'))
    .slice(lead.length)
    .replaceAll('\n\t', '\n');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
