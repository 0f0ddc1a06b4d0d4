import { createAuditLineStage, isAuditLine } from './audit-file.ts';
import { createLineFinder } from './carried-lines.ts';
import { createColorStage, hasColors } from './colors.ts';
import { areColumns, type CsvHead, createCsvRowStage, csvHead, headLine, isPreamble } from './csv-rows.ts';
import { createHeadedLineStage, type HeaderKind, LINE_HEADERS } from './headed-lines.ts';
import { type JsonObject, parsedObject } from './json-object.ts';
import { createJsonTextStage, partOfAnswer } from './json-texts.ts';
import { carryText, isRecord } from './line-members.ts';
import { createObjectLineStage, isLooseRecord } from './object-lines.ts';
import { createObjectStage } from './object-stage.ts';
import { type Emit, MAX_LINE_BYTES, NEWLINE, type Stage } from './stage.ts';
import { createUtf16Stage, utf16Form } from './utf16.ts';
import { beginsWithEvents, createXmlEventStage } from './xml-events.ts';

/** What a log is wrapped in. */
export interface Envelope {
  /** As people call it, behind "in". */
  name: string;
  open(emit: Emit): Stage;
}

/** Lines, and objects, looked at: programs beside the server may write the first ones. */
const ENTRIES = 100;
/** Part of them that must have it: those that go on with an entry may have none. */
const SHARE = 0.5;
const HEAD_BYTES = 512;
const CSVLOG_COLUMN = 'log_time';
/** An answer is held whole, to be put in order. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/** An object, perhaps the first of a list; or too little of one to tell. */
const OBJECT = /^[\ufeff\s]*(?:\[\s*)?(?:\{\s*"|\{\s*$|$)/;

/**
 * What a text begins with: an envelope, `none`, or, where there is too little of it to tell, undefined.
 *
 * @param isAll no more of it will come
 */
export type FindEnvelope = (text: Buffer, isAll: boolean) => Envelope | 'none' | undefined;

/** Of all kinds. */
export const findEnvelope: FindEnvelope = (text, isAll) => find(text, isAll, LINE_HEADERS);

/** Of those that leave alone the headers of lines that some format reads itself. */
export const findObjects: FindEnvelope = (text, isAll) => find(text, isAll, UNREAD_HEADERS);

const UNREAD_HEADERS = LINE_HEADERS.filter((kind) => 'isUnread' in kind && kind.isUnread === true);

function find(text: Buffer, isAll: boolean, headers: readonly HeaderKind[]): Envelope | 'none' | undefined {
  const form = utf16Form(text);
  if (form !== undefined) {
    return { name: form.toUpperCase(), open: (emit) => createUtf16Stage(form, emit) };
  }
  const head = text.toString('utf8', 0, HEAD_BYTES);
  if (beginsWithEvents(head)) {
    return { name: 'events in XML', open: createXmlEventStage };
  }
  return OBJECT.test(head) ? jsonEnvelope(text, isAll) : lineEnvelope(text, isAll, headers);
}

/** Most of the objects tell that are records or carry lines; one that is longer than what is looked at by its beginning. */
function jsonEnvelope(text: Buffer, isAll: boolean): Envelope | 'none' | undefined {
  const finder = createLineFinder();
  const count = { objects: 0, records: 0, carriers: 0, lines: 0, loose: 0 };
  const look = (object: JsonObject | undefined) => {
    const isOwn = object !== undefined && isRecord(object);
    const { length } = object === undefined || isOwn ? [] : finder.linesOf(object);
    count.objects++;
    count.records += isOwn ? 1 : 0;
    count.carriers += length > 0 ? 1 : 0;
    count.lines = Math.max(count.lines, length);
  };
  const stage = createObjectStage({
    onObject(bytes, offset) {
      const object = parsedObject(bytes.toString());
      look(object);
      count.loose += object !== undefined && isLooseRecord(object, bytes, text.subarray(offset + bytes.length)) ? 1 : 0;
    },
    onTorn: (beginning) => count.objects > 0 || look(partOfAnswer(beginning)),
  });
  stage.push(text, 0, true);
  if (isAll) {
    stage.finish();
  }
  if (count.loose > SHARE * count.objects) {
    return { name: 'a list, or objects of several lines', open: createObjectLineStage };
  }
  if (count.carriers === 0 || count.records > count.carriers) {
    return count.records > 0 || isAll || count.objects >= ENTRIES ? 'none' : undefined;
  }
  const maxBytes = count.lines > 1 ? MAX_ANSWER_BYTES : MAX_LINE_BYTES;
  return { name: 'objects of JSON', open: (emit) => createJsonTextStage(emit, { finder, maxBytes }) };
}

function lineEnvelope(text: Buffer, isAll: boolean, headers: readonly HeaderKind[]): Envelope | 'none' | undefined {
  const end = text.lastIndexOf(NEWLINE);
  if (end < 0 && !isAll) {
    return undefined;
  }
  const whole = text.subarray(0, end < 0 ? text.length : end + 1);
  const table = tableHead(whole);
  if (table !== undefined) {
    return { name: 'CSV', open: (emit) => createTableStage(table, emit) };
  }
  const lines = whole
    .toString('latin1')
    .split('\n', ENTRIES)
    .filter((line) => line.length > 0);
  const isShared = (test: (line: string) => boolean) => {
    const count = lines.filter(test).length;
    return count > 0 && count >= SHARE * lines.length;
  };
  if (isShared(hasColors)) {
    return { name: 'the colours of a terminal', open: createColorStage };
  }
  if (isShared(isAuditLine)) {
    return { name: 'the file of pgauditlogtofile', open: createAuditLineStage };
  }
  const header = headers
    .flatMap((kind) => ('find' in kind ? (kind.find(lines) ?? []) : kind))
    .find(({ pattern }) => isShared((line) => pattern.test(line)));
  return header === undefined ? 'none' : { name: header.name, open: (emit) => createHeadedLineStage(header, emit) };
}

/** The names of its columns, where a text is a table whose rows carry lines; csvlog's own are its records. */
function tableHead(text: Buffer): CsvHead | undefined {
  const head = csvHead(headLine(text.toString()).line, (names) => names[0] !== CSVLOG_COLUMN && areColumns(names));
  if (head === undefined || carryText(head.names) || head.isNested === true) {
    return head;
  }
  const finder = createLineFinder();
  let isCarried = false;
  let rows = 0;
  const table = createTableStage(head, (row) => {
    const object = rows++ < ENTRIES && !isCarried ? parsedObject(row.toString()) : undefined;
    isCarried ||= object !== undefined && !isRecord(object) && finder.linesOf(object).length > 0;
  });
  table.push(text, 0, true);
  return isCarried ? head : undefined;
}

/** Rows behind the lines with the names of the columns. */
function createTableStage(table: CsvHead, emit: Emit): Stage {
  let isAbove = true;
  return createCsvRowStage(table, (row, offset) => {
    if (!isAbove) {
      emit(row, offset);
    }
    isAbove &&= isPreamble(row.toString());
  });
}
