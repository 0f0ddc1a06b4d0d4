import { isObject, type JsonObject } from './json-object.ts';
import { looksLogged } from './logged-text.ts';
import { hasColumns } from './recorded-columns.ts';

/** Names of members, one within the other. */
export type Path = readonly string[];

/**
 * Members that hold the line as it was logged, where it does not look like one of a server's: Docker and Fluent Bit `log`,
 * CloudWatch Logs and most collectors `message`, CloudWatch Logs Insights `@message`, journald `MESSAGE`, Loki `line`,
 * Splunk `_raw`, Supabase `event_message`.
 */
export const TEXT_MEMBERS: readonly string[] = [
  'log',
  'message',
  '@message',
  'MESSAGE',
  'line',
  '_raw',
  'event_message',
  'eventName',
];
/** Objects within which they stand: of Elasticsearch, Splunk's exports and Datadog's archives. */
const AROUND_TEXT = ['_source', 'result', 'content', 'attributes'] as const;
/** Members of records that are read as they are: PostgreSQL's own, CloudNativePG's, Azure's and Google's. */
const RECORD_MEMBERS = [
  'error_severity',
  'record',
  'logging_pod',
  'textPayload',
  'jsonPayload',
  'protoPayload',
  'resourceId',
  'category',
  'properties',
  'TimeGenerated',
  'tables',
  'Tables',
];
/** Objects within objects that are searched, and texts in all. */
const SEARCHED_DEPTH = 6;
const SEARCHED_TEXTS = 200;

/** Whether an object is a record of a format of its own, not one that columns are made into. */
export function isRecord(object: JsonObject): boolean {
  return RECORD_MEMBERS.some((name) => name in object) && !hasColumns(object);
}

/** Whether members so called carry a line of a log, and are no record's own. */
export function carryText(names: readonly string[]): boolean {
  return names.some((name) => TEXT_MEMBERS.includes(name)) && !names.some((name) => RECORD_MEMBERS.includes(name));
}

/** The text that a member holds; undefined where there is none. */
export function lineAt(object: JsonObject, path: Path | undefined): string | undefined {
  let value: unknown = path === undefined ? undefined : object;
  let around: unknown;
  for (const name of path ?? []) {
    around = value;
    value = isObject(value) ? value[name] : undefined;
  }
  return typeof value === 'string' ? wholeOf(value, around) : textOfBytes(value);
}

/** GELF keeps the beginning of a text apart from all of it. */
const WHOLE = 'full_message';

function wholeOf(text: string, around: unknown): string {
  const whole = isObject(around) ? around[WHOLE] : undefined;
  return typeof whole === 'string' && whole.startsWith(text) ? whole : text;
}

/** journald writes a text that is no UTF-8, or has control characters, as a list of its bytes. */
function textOfBytes(value: unknown): string | undefined {
  const isBytes =
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256);
  return isBytes ? Buffer.from(value).toString() : undefined;
}

/** The member that holds what looks like a line of a server's log: of several, one that is called as lines are. */
export function pathOfLine(object: JsonObject): Path | undefined {
  return search(object, SEARCHED_DEPTH, { texts: SEARCHED_TEXTS });
}

function search(object: JsonObject, depth: number, left: { texts: number }): Path | undefined {
  const isLine = (value: unknown) => typeof value === 'string' && left.texts-- > 0 && looksLogged(value);
  const name =
    TEXT_MEMBERS.find((member) => isLine(object[member])) ??
    Object.keys(object).find((member) => !TEXT_MEMBERS.includes(member) && isLine(object[member]));
  if (name !== undefined) {
    return [name];
  }
  for (const [member, inner] of depth > 0 ? Object.entries(object) : []) {
    const path = isObject(inner) ? search(inner, depth - 1, left) : undefined;
    if (path !== undefined) {
      return [member, ...path];
    }
  }
  return undefined;
}

/** The text of a member that is called as lines are. */
export function namedLine(object: JsonObject): string | undefined {
  const inner = AROUND_TEXT.map((name) => object[name]).filter(isObject);
  for (const place of [object, ...inner]) {
    const name = TEXT_MEMBERS.find((member) => typeof place[member] === 'string');
    if (name !== undefined) {
      return place[name] as string;
    }
  }
  return undefined;
}
