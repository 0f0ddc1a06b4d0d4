import { splitCsvFields, unquoteCsvField } from '../../lib/csv-fields.ts';
import { type FieldRoles, findRoles, readAddressText } from './address-text.ts';
import { type ListSink, type ListText, noteOf } from './list-entry.ts';
import { isComment, linesOf } from './plain-list.ts';
import { confidenceOf, timeOf } from './stated-value.ts';
import { isTorHeading, saysTor } from './tor-words.ts';

/** Rows that are looked at to find the column of addresses. */
const SAMPLE_ROWS = 1000;
/** The first field, and the separator behind it. */
const FIRST_FIELD = /^("(?:[^"]|"")*"|[^,;\t|]*?)\s*([,;\t|])/;

interface Layout {
  separator: string;
  roles: FieldRoles;
  /** The first row that is no comment tells the names of the columns. */
  hasHeaderRow: boolean;
}

/**
 * Whether a list is a table rather than addresses with comments: its first field is quoted, followed by a comma, or
 * no address.
 */
export function isCsv(text: string): boolean {
  for (const line of linesOf(text)) {
    if (line !== '' && !isComment(line)) {
      const [, field, separator] = FIRST_FIELD.exec(line) ?? [];
      const isPlain = field === undefined || (separator !== ',' && readAddressText(field) !== undefined);
      return !isPlain && !/^ExitNode |^@type /.test(line);
    }
  }
  return false;
}

/**
 * Reads a table of indicators, one a line: the column of addresses is found by its name and by what is in it.
 * Rows that hold something else there (domains, hashes) are left out.
 */
export function readCsvList(list: ListText, sink: ListSink): void {
  const layout = findLayout(list.text);
  const isTor = list.isTor || headings(list.text).some(isTorHeading);
  let isHeader = layout.hasHeaderRow;
  let lineNumber = 0;
  for (const line of linesOf(list.text)) {
    lineNumber++;
    if (line !== '' && !isComment(line) && !isHeader) {
      readRow(fieldsOf(line, layout.separator), layout.roles, isTor, `line ${lineNumber}`, sink);
    }
    isHeader &&= line === '' || isComment(line);
  }
}

function readRow(fields: readonly string[], roles: FieldRoles, isTor: boolean, where: string, sink: ListSink): void {
  const prefix = readAddressText(fields[roles.address] ?? '');
  if (prefix === undefined) {
    sink.leaveOut(where);
    return;
  }
  const note = fields[roles.note] ?? '';
  sink.add({
    prefix,
    kind: isTor || saysTor(note) ? 'tor' : 'threat',
    ...noteOf(note),
    ...confidenceOf(fields[roles.confidence]),
    ...timeOf(fields[roles.validUntil]),
  });
}

function findLayout(text: string): Layout {
  const rows = sampleRows(text);
  const separator = FIRST_FIELD.exec(rows[0] ?? '')?.[2] ?? ',';
  const table = rows.map((row) => fieldsOf(row, separator));
  const width = table[0]?.length ?? 0;
  const comment = headings(text)
    .map((line) => fieldsOf(line.replace(/^[#;/\s]+/, ''), separator))
    .findLast(({ length }) => length === width && length > 1);
  const isData = table[0]?.some((field) => readAddressText(field) !== undefined) ?? true;
  const hasHeaderRow = comment === undefined && !isData;
  const names = comment ?? (isData ? [] : table[0]);
  const counts: number[] = [];
  for (const row of table) {
    for (const [column, field] of row.entries()) {
      counts[column] = (counts[column] ?? 0) + (readAddressText(field) === undefined ? 0 : 1);
    }
  }
  return { separator, roles: findRoles(names, counts), hasHeaderRow };
}

function sampleRows(text: string): string[] {
  const rows: string[] = [];
  for (const line of linesOf(text)) {
    if (line !== '' && !isComment(line) && rows.push(line) === SAMPLE_ROWS) {
      break;
    }
  }
  return rows;
}

/** The comments before the first row. */
function headings(text: string): string[] {
  const comments: string[] = [];
  for (const line of linesOf(text)) {
    if (isComment(line)) {
      comments.push(line);
    } else if (line !== '') {
      break;
    }
  }
  return comments;
}

function fieldsOf(line: string, separator: string): string[] {
  const fields = separator === ',' ? splitCsvFields(line) : line.split(separator);
  return fields.map((field) => unquoteCsvField(field.trim()));
}
