import type { CsvRecord } from './csv-records.ts';
import { nameOf, textLines } from './text-lines.ts';

export const SYSLOG_PREFIX = '%m [%p] %u@%d ';

/** The server splits longer lines. Source: PG_SYSLOG_LIMIT in PostgreSQL's elog.c. */
const SYSLOG_LIMIT = 900;

/** As rsyslog writes it with precise times, control characters as `#011`; the server splits at newlines and blanks. */
export function toSyslog(record: CsvRecord): string {
  const lines = textLines(record, ({ time, pid, user, database }) => {
    return `${time} [${pid}] ${nameOf(user)}@${nameOf(database)} `;
  });
  const { time, pid, line } = record;
  const stamp = `${time.slice(0, 10)}T${time.slice(11, 23)}000+00:00`;
  const pieces = lines.flatMap((text) => text.split('\n')).flatMap(splitLong);
  const numbered = pieces.map(
    (piece, index) => `${stamp} db1 postgres[${pid}]: [${line}-${index + 1}] ${escapeControls(piece)}\n`,
  );
  return numbered.join('');
}

/** Pieces of at most 900 characters that end at a blank where there is one. */
function splitLong(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > SYSLOG_LIMIT) {
    const blank = rest.lastIndexOf(' ', SYSLOG_LIMIT);
    const end = blank > 0 ? blank : SYSLOG_LIMIT;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...pieces, rest];
}

function escapeControls(text: string): string {
  return text.replaceAll('\t', '#011');
}
