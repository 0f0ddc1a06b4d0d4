import { splitCsvFields, unquoteCsvField } from '../lib/csv-fields.ts';
import { createKeepingStage, createLineStage, type Emit, MAX_LINE_BYTES, type Stage } from './stage.ts';

const IN_UTC = / \[utc\]$/i;
/**
 * `6/5/2026, 7:33:01.123 PM`: the portal writes times as people in the region that is set in it do. The month stands first
 * where `PM` is in capitals, as in the United States; others have `pm` or no halves of the day, and write the day first.
 */
const PORTAL_TIME =
  /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}),? (\d{1,2}):(\d\d):(\d\d)([.,]\d+)?(?:\s(AM|PM|am|pm|a\.m\.|p\.m\.))?$/;
/** `2026/6/5 19:33:01.123`, and the same with other marks. */
const YEAR_FIRST = /^(\d{4})([/.-])(\d{1,2})\2(\d{1,2}),? (\d{1,2}):(\d\d):(\d\d)([.,]\d+)?$/;
/** Of regions where numbers have commas; of what is copied out of Data Explorer. */
const SEPARATORS = [',', ';', '\t'];
const QUOTE = 0x22;
const NEWLINE = Buffer.from('\n');

/** Lines that PowerShell and spreadsheets write above the names: `#TYPE System.Object`, `sep=;`. */
const PREAMBLE = /^(?:\ufeff)?(?:#TYPE |"?sep=)[^\n]*(?:\n|$)/;
/** What Windows calls the last cell of its events by: nothing. */
const UNNAMED = 'message';

/** Records of Cloud Logging, whose members lie within each other. */
const LOG_NAME = 'logName';
const PAYLOAD = /^(?:text|json|proto)Payload\b/;

/** What the first lines of a table tell. */
export interface CsvHead {
  names: readonly string[];
  separator: string;
  /** `resource.labels.database_id` is a member within others. */
  isNested?: boolean;
}

/** The line with the names of a table's columns, and what stands above its rows with it; `isWhole`: it has its end. */
export function headLine(text: string): { line: string; above: string; isWhole: boolean } {
  const start = PREAMBLE.exec(text)?.[0].length ?? 0;
  const end = text.indexOf('\n', start);
  const stop = end < 0 ? text.length : end;
  return { line: text.slice(start, stop).replace(/^\ufeff/, ''), above: text.slice(0, stop + 1), isWhole: end >= 0 };
}

/** A name of a column, no cell of a record. */
const COLUMN = /^[A-Za-z_@][\w@.: ()-]{0,63}$/;

export function areColumns(names: readonly string[]): boolean {
  return names.every((name) => COLUMN.test(name));
}

/** Whether a row stands above the names of the columns. */
export function isPreamble(row: string): boolean {
  return PREAMBLE.test(row);
}

/** Undefined where the names are none that are wanted, whatever stands between them. */
export function csvHead(line: string, areWanted: (names: readonly string[]) => boolean): CsvHead | undefined {
  const head = SEPARATORS.map((separator) => ({
    names: splitCsvFields(line.trimEnd(), separator).map(unquoteCsvField),
    separator,
  })).find(({ names }) => names.length > 1 && areWanted(names));
  const isNested = head?.names.includes(LOG_NAME) === true && head.names.some((name) => PAYLOAD.test(name));
  return head && { ...head, isNested };
}

/** Gives each row as an object of JSON, what is empty left out. A row that has not as many cells, or one more, is given as it is. */
export function createCsvRowStage({ names: columns, separator, isNested }: CsvHead, emit: Emit): Stage {
  const names = columns.map((name) => name.replace(IN_UTC, ''));
  const isTime = columns.map((name) => IN_UTC.test(name));
  let begun: Buffer[] = [];
  let begunBytes = 0;
  let begunOffset = 0;
  let isQuoted = false;

  const lines = createLineStage((line, offset) => {
    begunOffset = begun.length === 0 ? offset : begunOffset;
    begun.push(line);
    begunBytes += line.length;
    isQuoted = quotesIn(line) % 2 === 1 ? !isQuoted : isQuoted;
    if (!isQuoted || begunBytes > MAX_LINE_BYTES) {
      give();
    }
  });

  function give(): void {
    const row = Buffer.concat(begun.flatMap((line, i) => (i === 0 ? [line] : [NEWLINE, line])));
    begun = [];
    begunBytes = 0;
    isQuoted = false;
    if (row.length > 0) {
      emit(Buffer.concat([objectOf(row), NEWLINE]), begunOffset);
    }
  }

  function objectOf(row: Buffer): Buffer {
    const cells = splitCsvFields(row.toString().replace(/\r$/, ''), separator).map(unquoteCsvField);
    if ((cells.length !== names.length && cells.length !== names.length + 1) || isPreamble(row.toString())) {
      return row;
    }
    const members = cells.flatMap((cell, i) =>
      cell === '' ? [] : [[names[i] ?? UNNAMED, isTime[i] === true ? isoTime(cell) : cell] as const],
    );
    return Buffer.from(JSON.stringify(isNested === true ? nested(members) : Object.fromEntries(members)));
  }

  return createKeepingStage(lines, give, () => (begun.length > 0 ? begunOffset : undefined));
}

interface Nest {
  [name: string]: Nest | string;
}

/** Objects within each other, by names that are joined by dots. */
function nested(members: readonly (readonly [name: string, text: string])[]): Nest {
  const all = Object.create(null) as Nest;
  for (const [name, text] of members) {
    const path = name.split('.');
    let around = all;
    for (const step of path.slice(0, -1)) {
      const there = around[step];
      const inner = typeof there === 'object' ? there : (Object.create(null) as Nest);
      around[step] = inner;
      around = inner;
    }
    around[path.at(-1)!] = text;
  }
  return all;
}

function quotesIn(line: Buffer): number {
  let count = 0;
  for (let at = line.indexOf(QUOTE); at >= 0; at = line.indexOf(QUOTE, at + 1)) {
    count++;
  }
  return count;
}

function isoTime(cell: string): string {
  const [, year, , month, day, ...clock] = YEAR_FIRST.exec(cell) ?? [];
  if (year !== undefined) {
    return isoText([year, month, day], clock);
  }
  const [, first, , second, lastYear, ...time] = PORTAL_TIME.exec(cell) ?? [];
  if (lastYear === undefined) {
    return cell;
  }
  const half = time[4] ?? '';
  const isMonthFirst = Number(second) > 12 || (/^[AP]M$/.test(half) && Number(first) <= 12);
  return isoText(isMonthFirst ? [lastYear, first, second] : [lastYear, second, first], time);
}

type Texts = readonly (string | undefined)[];

function isoText(date: Texts, [hour, minute, second, fraction = '', half = '']: Texts): string {
  const two = (text: string | number | undefined) => `${text}`.padStart(2, '0');
  const noon = /^p/i.test(half) ? 12 : 0;
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + noon;
  return `${date.map(two).join('-')}T${two(hours)}:${minute}:${second}${fraction.replace(',', '.')}Z`;
}
