import { splitCsvFields, unquoteCsvField } from '../lib/csv-fields.ts';
import { createKeepingStage, createLineStage, type Emit, MAX_LINE_BYTES, type Stage } from './stage.ts';

const IN_UTC = / \[utc\]$/i;
/** `6/5/2026, 7:33:01.123 PM`: the portal's way of writing a time, which is one of the United States. */
const PORTAL_TIME = /^(\d{1,2})\/(\d{1,2})\/(\d{4}), (\d{1,2}):(\d\d):(\d\d)(\.\d+)? (AM|PM)$/;
const QUOTE = 0x22;
const NEWLINE = Buffer.from('\n');

/** The names in the first line of a CSV file; undefined where they are none that are wanted. */
export function csvColumns(
  line: string,
  areWanted: (names: readonly string[]) => boolean,
): readonly string[] | undefined {
  const names = splitCsvFields(line.trimEnd()).map(unquoteCsvField);
  return names.length > 1 && areWanted(names) ? names : undefined;
}

/** Gives each row as an object of JSON, what is empty left out. A row that has not as many cells is given as it is. */
export function createCsvRowStage(columns: readonly string[], emit: Emit): Stage {
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
    const cells = splitCsvFields(row.toString().replace(/\r$/, '')).map(unquoteCsvField);
    if (cells.length !== names.length) {
      return row;
    }
    const members = cells.flatMap((cell, i) =>
      cell === '' ? [] : [[names[i]!, isTime[i] === true ? isoTime(cell) : cell]],
    );
    return Buffer.from(JSON.stringify(Object.fromEntries(members)));
  }

  return createKeepingStage(lines, give, () => (begun.length > 0 ? begunOffset : undefined));
}

function quotesIn(line: Buffer): number {
  let count = 0;
  for (let at = line.indexOf(QUOTE); at >= 0; at = line.indexOf(QUOTE, at + 1)) {
    count++;
  }
  return count;
}

function isoTime(cell: string): string {
  const [, month, day, year, hour, minute, second, fraction = '', half] = PORTAL_TIME.exec(cell) ?? [];
  if (half === undefined) {
    return cell;
  }
  const two = (text: string | number | undefined) => `${text}`.padStart(2, '0');
  const hours = (Number(hour) % 12) + (half === 'PM' ? 12 : 0);
  return `${year}-${two(month)}-${two(day)}T${two(hours)}:${minute}:${second}${fraction}Z`;
}
