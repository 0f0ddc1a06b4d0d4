import { gunzipSync } from 'node:zlib';
import { parseCutJson } from '../lib/json-cut.ts';
import { isObject, type JsonObject, parsedObject, parsedValue } from './json-object.ts';
import { createObjectStage } from './object-stage.ts';
import { BASE64, MAX_UNPACKED_BYTES, PACKED_HEAD } from './packed-text.ts';
import { recordOfPlatformDocument } from './platform-document.ts';
import { type Emit, MAX_LINE_BYTES, type Stage } from './stage.ts';

/** Members of Azure's records, in lower case: a time and some of the others are in every record, and in hardly anything else. */
const TIMES: ReadonlySet<string> = new Set(['time', 'timegenerated', 'eventtimestamp']);
const OTHERS: ReadonlySet<string> = new Set([
  'category',
  'categoryvalue',
  'type',
  'resourceid',
  '_resourceid',
  'properties',
  'operationname',
]);
const NEEDED_OTHERS = 2;
/** Lists of records that are read as they are. */
const LISTS: ReadonlySet<string> = new Set(['records', 'value']);
/** Objects, lists and texts within each other. */
const MAX_DEPTH = 12;
/** Objects that are looked at, to tell whether records lie within them, in so many bytes. */
const MAX_LOOKED = 20;
const LOOKED_BYTES = 262_144;
const JSON_TEXT = /^\s*[{[]\s*["{]/;
const NEWLINE = Buffer.from('\n');

/**
 * Azure's records that objects of JSON carry, whatever is around them: events of an event hub, documents of Elasticsearch,
 * events of Splunk, messages of Logstash and Beats. They may be texts, and packed ones; the same one counts once.
 */
export function recordsIn(object: JsonObject): JsonObject[] {
  const found = new Map<string, JsonObject>();
  visit(object, MAX_DEPTH, found);
  return [...found.values()].sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0));
}

function visit(given: unknown, depth: number, found: Map<string, JsonObject>): void {
  if (depth === 0) {
    return;
  }
  const value = isObject(given) ? (recordOfPlatformDocument(given) ?? given) : given;
  if (typeof value === 'string') {
    visit(contentOf(value), depth - 1, found);
  } else if (isObject(value) && isRecord(value)) {
    found.set(JSON.stringify(value), value);
  } else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) {
      visit(inner, depth - 1, found);
    }
  }
}

/** What a text says that is JSON, or packs it. */
function contentOf(text: string): unknown {
  if (JSON_TEXT.test(text)) {
    return parsedValue(text);
  }
  if (!PACKED_HEAD.test(text) || !BASE64.test(text)) {
    return undefined;
  }
  const bytes = Buffer.from(text, 'base64');
  try {
    return JSON.parse(
      (text.startsWith('H4sI') ? gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES }) : bytes).toString(),
    );
  } catch {
    return undefined;
  }
}

function hasTime(object: JsonObject): boolean {
  return Object.keys(object).some((name) => TIMES.has(name.toLowerCase()));
}

function isRecord(object: JsonObject): boolean {
  const names = Object.keys(object).map((name) => name.toLowerCase());
  return hasTime(object) && names.filter((name) => OTHERS.has(name)).length >= NEEDED_OTHERS;
}

function timeOf(record: JsonObject): string {
  const name = Object.keys(record).find((member) => TIMES.has(member.toLowerCase()));
  return name === undefined ? '' : String(record[name]);
}

/** Whether it is a record, or a list of some, as Azure writes them. */
function isOwn(object: JsonObject): boolean {
  return (
    isRecord(object) ||
    Object.entries(object).some(([name, value]) => LISTS.has(name.toLowerCase()) && Array.isArray(value))
  );
}

/**
 * Whether what a text of JSON begins with carries records without being one itself. Undefined: there is too little of it
 * to tell.
 */
export function carriesRecords(text: Buffer, isAll: boolean): boolean | undefined {
  const isEnough = isAll || text.length >= LOOKED_BYTES;
  let looked = 0;
  let isCarrier: boolean | undefined;
  const look = (object: JsonObject | undefined, isWhole: boolean) => {
    if (looked++ < MAX_LOOKED && isCarrier === undefined && object !== undefined) {
      const isFound = isWhole && !isOwn(object) && recordsIn(object).length > 0;
      isCarrier = isFound ? true : isOwn(object) || (isWhole && hasTime(object)) ? false : undefined;
    }
  };
  const stage = createObjectStage({
    onObject: (object) => look(parsedObject(object.toString()), true),
    onTorn: (beginning) => look(beginningOf(beginning), isEnough),
  });
  stage.push(text.subarray(0, LOOKED_BYTES), 0, true);
  stage.finish();
  return isCarrier ?? (isEnough || looked > MAX_LOOKED ? false : undefined);
}

function beginningOf(text: Buffer): JsonObject | undefined {
  const value = parseCutJson(text.toString());
  return isObject(value) ? value : undefined;
}

/** Gives the records that objects of JSON carry, one a line. What carries none is given as it is. */
export function createRecordStage(emit: Emit): Stage {
  const give = (text: Buffer, offset: number) => emit(Buffer.concat([text, NEWLINE]), offset);
  const objects = createObjectStage({
    onObject(text, offset) {
      const object = parsedObject(text.toString());
      const records = object === undefined ? [] : recordsIn(object);
      if (records.length === 0) {
        give(text, offset);
      }
      for (const record of records) {
        give(Buffer.from(JSON.stringify(record)), offset);
      }
    },
    onTorn: (beginning, offset) => give(beginning.subarray(0, MAX_LINE_BYTES), offset),
  });
  return objects;
}
