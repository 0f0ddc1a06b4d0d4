import type { CsvRecord } from './csv-records.ts';

/** What stands in front of each line: `log_line_prefix`, filled in. */
export type PrefixOf = (record: CsvRecord) => string;

/** A name as the server writes it in a prefix. */
export function nameOf(value: string): string {
  return value === '' ? '[unknown]' : value;
}

/**
 * The lines of a record in a log of text, each with its prefix; further lines of one text begin with a tab.
 * Source: send_message_to_server_log in PostgreSQL's elog.c.
 */
export function textLines(record: CsvRecord, prefixOf: PrefixOf): string[] {
  const { queryPosition, internalPosition } = record;
  const place = queryPosition || internalPosition;
  const texts = [
    [record.severity, place === '' ? record.message : `${record.message} at character ${place}`],
    ['DETAIL', record.detail],
    ['HINT', record.hint],
    ['QUERY', record.internalQuery],
    ['CONTEXT', record.context],
    ['STATEMENT', record.query],
  ];
  return texts
    .filter(([, text], index) => index === 0 || text !== '')
    .map(([label, text]) => `${prefixOf(record)}${label}:  ${text!.replaceAll('\n', '\n\t')}`);
}
