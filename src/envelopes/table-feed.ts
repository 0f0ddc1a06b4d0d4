import type { Feed } from '../scan/feed.ts';
import { createBeginning } from './beginning.ts';
import { areColumns, type CsvHead, createCsvRowStage, csvHead, headLine } from './csv-rows.ts';
import { createHeadedLineStage, OBJECT_HEADER } from './headed-lines.ts';
import { parsedObject } from './json-object.ts';
import { createJsonRowStage } from './json-rows.ts';
import type { Emit, Stage } from './stage.ts';
import { createStagedFeed, type FeedStages } from './staged-feed.ts';
import { createUtf16Stage, utf16Form } from './utf16.ts';
import { carriesRecords, createRecordStage, recordsIn } from './wrapped-records.ts';

/** What a query's answer begins with: Log Analytics writes `tables`, its older interface `Tables`, Data Explorer frames. */
const ANSWER = /^\s*(?:\{\s*"tables"|\[\s*\{\s*"FrameType")\s*:/i;
/** A column of time, which every table of Log Analytics has; the portal adds the zone that it shows times in. */
const TIME_COLUMN = /^timegenerated(?: \[utc\])?$/i;
/** An answer, and what stands in front of an object, is told by so much. */
const OPENING_BYTES = 512;
/** The names of a table's columns are shorter. */
const HEAD_BYTES = 65_536;
const LOOKED_ROWS = 20;
/** What comes in tiny pieces is looked at each time only so often; then whenever it has grown by a quarter. */
const MAX_EAGER_LOOKS = 50;
const GROWTH = 1.25;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');
const QUOTE_OR_LETTER = /^["#A-Za-z_]/;
const OBJECTS = /^\s*(?:\[\s*)?\{/;

/** A table, and what its rows become objects of JSON by. */
interface Table {
  name: string;
  /** Bytes in front of the first row. */
  head: number;
  open(emit: Emit): Stage;
}

/**
 * Gives the rows of a table as objects of JSON, one a line: of CSV as the portal of Log Analytics exports it, and of the
 * answer that its query interface gives; and the records that other objects carry. Anything else is read as it is.
 */
export function createTableFeed(): Feed {
  return createStagedFeed(openStages, '');
}

function openStages(give: Emit): FeedStages {
  const held = createBeginning();
  let found: Table | 'none' | undefined;
  let rows: Stage | undefined;
  /** How often it was looked for a table, and in how much. */
  let looks = 0;
  let lookedBytes = 0;

  function push(piece: Buffer, offset: number, isSource: boolean): void {
    if (rows !== undefined) {
      rows.push(piece, offset, isSource);
    } else if (found === 'none') {
      give(piece, offset, isSource);
    } else {
      held.add(piece, offset, isSource);
      if (held.isEnough) {
        decide(true);
      }
    }
  }

  function decide(isAll: boolean): void {
    looks++;
    lookedBytes = held.length;
    found = findTable(held.text(), isAll);
    if (found === undefined) {
      return;
    }
    rows = found === 'none' ? undefined : found.open(give);
    held.take(found === 'none' ? 0 : found.head);
    for (const { bytes, offset, isSource } of held.take()) {
      push(bytes, offset, isSource);
    }
  }

  return {
    push,
    pause() {
      const isNews = looks < MAX_EAGER_LOOKS || held.length >= GROWTH * lookedBytes;
      if (found === undefined && held.length > 0 && isNews) {
        decide(false);
      }
      rows?.pause?.();
    },
    finish() {
      if (found === undefined && held.length > 0) {
        decide(true);
      }
      rows?.finish();
    },
    get heldOffset() {
      return held.heldOffset ?? rows?.heldOffset;
    },
    get isPlain() {
      return found === 'none';
    },
    get envelopes() {
      return typeof found === 'object' ? [found.name] : [];
    },
    language: undefined,
  };
}

/** Undefined: there is too little of it to tell. */
function findTable(text: Buffer, isAll: boolean): Table | 'none' | undefined {
  const form = utf16Form(text);
  if (form !== undefined) {
    return within(form.toUpperCase(), 0, (emit) => createUtf16Stage(form, emit));
  }
  const start = text.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  const opening = text.toString('latin1', start, start + OPENING_BYTES);
  if (OBJECTS.test(opening)) {
    return jsonTable(text, opening, isAll);
  }
  if (OBJECT_HEADER.pattern.test(opening)) {
    return within(OBJECT_HEADER.name, 0, (emit) => createHeadedLineStage(OBJECT_HEADER, emit));
  }
  if (QUOTE_OR_LETTER.test(opening)) {
    return csvTable(text, start, isAll);
  }
  return opening.length < OPENING_BYTES && !isAll ? undefined : 'none';
}

/** What is found behind an outer envelope may be a table, or carry records, too. */
function within(name: string, head: number, open: (emit: Emit) => Stage): Table {
  return {
    name,
    head,
    open(emit) {
      const inner = openStages(emit);
      const outer = open((text, offset) => inner.push(text, offset, false));
      return {
        push: (piece, offset, isSource) => outer.push(piece, offset, isSource),
        pause: () => inner.pause(),
        finish() {
          outer.finish();
          inner.finish();
        },
        get heldOffset() {
          return inner.heldOffset ?? outer.heldOffset;
        },
      };
    },
  };
}

function jsonTable(text: Buffer, opening: string, isAll: boolean): Table | 'none' | undefined {
  if (ANSWER.test(opening)) {
    return { name: "a query's answer", head: 0, open: createJsonRowStage };
  }
  const isCarrier = carriesRecords(text, isAll);
  return isCarrier === undefined
    ? undefined
    : isCarrier
      ? { name: 'objects of JSON', head: 0, open: createRecordStage }
      : 'none';
}

function csvTable(text: Buffer, start: number, isAll: boolean): Table | 'none' | undefined {
  const { line, above, isWhole } = headLine(text.toString('utf8', start, start + HEAD_BYTES));
  if (!isWhole) {
    return text.length < HEAD_BYTES && !isAll ? undefined : 'none';
  }
  const head = start + Buffer.byteLength(above);
  const table = csvHead(line, (names) => names.some((name) => TIME_COLUMN.test(name)));
  if (table !== undefined) {
    return { name: 'CSV', head, open: (emit) => createCsvRowStage(table, emit) };
  }
  const carrying = csvHead(line, areColumns);
  return carrying === undefined || !carriesInRows(text.subarray(head), carrying)
    ? 'none'
    : within('CSV', head, (emit) => createCsvRowStage(carrying, emit));
}

/** Whether a cell of the first rows holds a record, as searches of logs are exported. */
function carriesInRows(text: Buffer, head: CsvHead): boolean {
  let rows = 0;
  let isCarrier = false;
  const stage = createCsvRowStage(head, (row) => {
    const object = rows++ < LOOKED_ROWS ? parsedObject(row.toString()) : undefined;
    isCarrier ||= object !== undefined && recordsIn(object).length > 0;
  });
  stage.push(text, 0, true);
  stage.finish();
  return isCarrier;
}
