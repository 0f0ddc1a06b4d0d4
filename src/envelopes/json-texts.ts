import { gunzipSync } from 'node:zlib';
import { createObjectStage } from './object-stage.ts';
import { createKeepingStage, type Emit, MAX_LINE_BYTES, NEWLINE, type Stage } from './stage.ts';

/**
 * Members that hold the line as it was logged: Docker and Fluent Bit `log`, CloudWatch Logs and most collectors
 * `message`, CloudWatch Logs Insights `@message`, journald `MESSAGE`, Loki `line`, Splunk `_raw`.
 */
const TEXT_MEMBERS: readonly string[] = ['log', 'message', '@message', 'MESSAGE', 'line', '_raw'];
/** Objects within which they stand: of Elasticsearch, Splunk's exports and Datadog's archives. */
const AROUND_TEXT = ['_source', 'result', 'content', 'attributes'] as const;
/** Members of records that are read as they are: PostgreSQL's own, CloudNativePG's, Azure's and Google's. */
const RECORD_MEMBERS = [
  'error_severity',
  'record',
  'textPayload',
  'jsonPayload',
  'protoPayload',
  'resourceId',
  'category',
  'properties',
];
/** Docker cuts a line into pieces of this size, of which only the last ends with a newline. */
const PIECE_BYTES = 16_384;
const LINE_END = Buffer.from('\n');

type JsonObject = Readonly<Record<string, unknown>>;

/** Whether an object only carries a line of a log, or many, packed. */
export function isJsonEnvelope(text: Buffer): boolean {
  const object = parsed(text);
  return (
    object !== undefined &&
    (packedEvents(object) !== undefined || lineOf(object) !== undefined) &&
    !RECORD_MEMBERS.some((name) => name in object)
  );
}

/** Whether members so called carry a line of a log, and are no record's own. */
export function carryText(names: readonly string[]): boolean {
  return names.some((name) => TEXT_MEMBERS.includes(name)) && !names.some((name) => RECORD_MEMBERS.includes(name));
}

/** Gives the lines that objects of JSON carry. What is no such object is given as it is. */
export function createJsonTextStage(emit: Emit): Stage {
  /** Beginning of a line that Docker has cut. */
  let begun: Buffer[] = [];
  let begunBytes = 0;
  let begunOffset = 0;

  function give(text: Buffer, offset: number): void {
    begunOffset = begun.length === 0 ? offset : begunOffset;
    begun.push(text);
    begunBytes += text.length;
    if (text.at(-1) === NEWLINE || text.length !== PIECE_BYTES || begunBytes >= MAX_LINE_BYTES) {
      end();
    }
  }

  function end(): void {
    if (begun.length > 0) {
      const isEnded = begun.at(-1)!.at(-1) === NEWLINE;
      emit(Buffer.concat(isEnded ? begun : [...begun, LINE_END]), begunOffset);
      begun = [];
      begunBytes = 0;
    }
  }

  const objects = createObjectStage((text, offset) => {
    const object = parsed(text);
    const events = object === undefined ? undefined : packedEvents(object);
    if (events !== undefined) {
      for (const event of events) {
        give(Buffer.from(lineOf(event) ?? ''), offset);
      }
      return;
    }
    const line = object === undefined ? undefined : lineOf(object);
    give(line === undefined ? text : Buffer.from(line), offset);
  });

  return createKeepingStage(objects, end, () => (begun.length > 0 ? begunOffset : undefined));
}

function lineOf(object: JsonObject): string | undefined {
  const line = textOf(object);
  if (line !== undefined) {
    return line;
  }
  for (const name of AROUND_TEXT) {
    const inner = object[name];
    const text = isObject(inner) ? textOf(inner) : undefined;
    if (text !== undefined) {
      return text;
    }
  }
  return undefined;
}

function textOf(object: JsonObject): string | undefined {
  for (const name of TEXT_MEMBERS) {
    const text = object[name];
    if (typeof text === 'string') {
      return text;
    }
  }
  return undefined;
}

/** Events as CloudWatch Logs gives them to a function: `{"awslogs": {"data": "…"}}`, gzip in Base64. */
function packedEvents({ awslogs }: JsonObject): readonly JsonObject[] | undefined {
  const data = isObject(awslogs) ? awslogs.data : undefined;
  if (typeof data !== 'string') {
    return undefined;
  }
  try {
    const { logEvents } = JSON.parse(
      gunzipSync(Buffer.from(data, 'base64'), { maxOutputLength: 8 * MAX_LINE_BYTES }).toString(),
    );
    return Array.isArray(logEvents) ? logEvents.filter(isObject) : undefined;
  } catch {
    return undefined;
  }
}

function parsed(text: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text.toString());
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
