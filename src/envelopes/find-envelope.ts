import { createCsvRowStage, csvColumns } from './csv-rows.ts';
import { createHeadedLineStage, LINE_HEADERS } from './headed-lines.ts';
import { carryText, createJsonTextStage, isJsonEnvelope } from './json-texts.ts';
import { createObjectStage } from './object-stage.ts';
import { type Emit, NEWLINE, type Stage } from './stage.ts';
import { createUtf16Stage, utf16Form } from './utf16.ts';

/** What a log is wrapped in. */
export interface Envelope {
  /** As people call it, behind "in". */
  name: string;
  open(emit: Emit): Stage;
}

/** Lines looked at for a header: programs beside the server may write the first ones. */
const LINES = 100;
/** Part of them that must have it: those that go on with an entry may have none. */
const SHARE = 0.5;
const HEAD_BYTES = 512;
/** An object, perhaps the first of a list; or too little of one to tell. */
const OBJECT = /^[\ufeff\s]*(?:\[\s*)?(?:\{\s*"|\{\s*$|$)/;

/**
 * What a text begins with: an envelope, `none`, or, where there is too little of it to tell, undefined.
 *
 * @param isAll no more of it will come
 */
export function findEnvelope(text: Buffer, isAll: boolean): Envelope | 'none' | undefined {
  const form = utf16Form(text);
  if (form !== undefined) {
    return { name: form.toUpperCase(), open: (emit) => createUtf16Stage(form, emit) };
  }
  const head = text.toString('utf8', 0, HEAD_BYTES);
  return OBJECT.test(head) ? jsonEnvelope(text, isAll) : lineEnvelope(text, isAll);
}

function jsonEnvelope(text: Buffer, isAll: boolean): Envelope | 'none' | undefined {
  let isEnvelope: boolean | undefined;
  const objects = createObjectStage((object) => {
    isEnvelope ??= isJsonEnvelope(object);
  });
  objects.push(text, 0, true);
  if (isEnvelope === undefined) {
    return isAll ? 'none' : undefined;
  }
  return isEnvelope ? { name: 'objects of JSON', open: createJsonTextStage } : 'none';
}

function lineEnvelope(text: Buffer, isAll: boolean): Envelope | 'none' | undefined {
  const end = text.lastIndexOf(NEWLINE);
  if (end < 0 && !isAll) {
    return undefined;
  }
  const columns = csvColumns(firstLine(text, end), carryText);
  if (columns !== undefined) {
    return { name: 'CSV', open: (emit) => createTableStage(columns, emit) };
  }
  const lines = text
    .subarray(0, end < 0 ? text.length : end)
    .toString('latin1')
    .split('\n', LINES)
    .filter((line) => line.length > 0);
  const header = LINE_HEADERS.find(({ pattern }) => {
    const count = lines.filter((line) => pattern.test(line)).length;
    return count > 0 && count >= SHARE * lines.length;
  });
  return header === undefined ? 'none' : { name: header.name, open: (emit) => createHeadedLineStage(header, emit) };
}

/** The names of its columns, where a text is a table. */
function firstLine(text: Buffer, end: number): string {
  const newline = text.indexOf(NEWLINE);
  return text.toString('utf8', 0, newline < 0 ? Math.max(0, end) : newline).replace(/^\ufeff/, '');
}

/** Rows behind the line with the names of the columns. */
function createTableStage(columns: readonly string[], emit: Emit): Stage {
  let isHead = true;
  return createCsvRowStage(columns, (row, offset) => {
    if (!isHead) {
      emit(row, offset);
    }
    isHead = false;
  });
}
