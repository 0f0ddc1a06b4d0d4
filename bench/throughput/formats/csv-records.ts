import { closeSync, openSync, readSync } from 'node:fs';

/** One record of a csvlog, by what PostgreSQL calls the columns; empty where a column is. */
export interface CsvRecord {
  time: string;
  user: string;
  database: string;
  pid: string;
  address: string;
  port: string;
  sessionId: string;
  line: string;
  tag: string;
  start: string;
  virtualTransaction: string;
  transaction: string;
  severity: string;
  state: string;
  message: string;
  detail: string;
  hint: string;
  internalQuery: string;
  internalPosition: string;
  context: string;
  query: string;
  queryPosition: string;
  application: string;
  backend: string;
  leader: string;
  queryId: string;
}

const READ_BYTES = 1 << 20;
const NEWLINE = 0x0a;
/** A field, without its quotes or with them off, and what ends it. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^,\n"]*))(,|\n)/gy;

/** Hands over the records of a generated csvlog in their order: the columns are those of PostgreSQL 14 and later. */
export function forEachCsvRecord(path: string, take: (record: CsvRecord) => void): void {
  let fields: string[] = [];
  forEachText(path, (text) => {
    for (const [, quoted, bare, end] of text.matchAll(FIELD)) {
      fields.push(quoted === undefined ? bare! : quoted.includes('"') ? quoted.replaceAll('""', '"') : quoted);
      if (end === '\n') {
        take(recordOf(fields));
        fields = [];
      }
    }
  });
}

/** The file in pieces that end where a record does: behind a newline with an even number of quotes before it. */
function forEachText(path: string, take: (text: string) => void): void {
  const descriptor = openSync(path, 'r');
  const block = Buffer.alloc(READ_BYTES);
  let pending = Buffer.alloc(0);
  for (let got = readSync(descriptor, block); got > 0; got = readSync(descriptor, block)) {
    const bytes = Buffer.concat([pending, block.subarray(0, got)]);
    const end = lastRecordEnd(bytes);
    take(bytes.toString('utf8', 0, end));
    pending = bytes.subarray(end);
  }
  closeSync(descriptor);
}

function lastRecordEnd(bytes: Buffer): number {
  let end = 0;
  let isQuoted = false;
  for (let p = 0; p < bytes.length; p++) {
    if (bytes[p] === 0x22) {
      isQuoted = !isQuoted;
    } else if (bytes[p] === NEWLINE && !isQuoted) {
      end = p + 1;
    }
  }
  return end;
}

function recordOf(fields: readonly string[]): CsvRecord {
  const [time, user, database, pid, from, sessionId, line, tag, start, virtualTransaction, transaction] = fields;
  const [severity, state, message, detail, hint, internalQuery, internalPosition, context] = fields.slice(11);
  const [query, queryPosition, , application, backend, leader, queryId] = fields.slice(19);
  const colon = from!.lastIndexOf(':');
  return {
    time: time!,
    user: user!,
    database: database!,
    pid: pid!,
    address: from!.slice(0, colon),
    port: from!.slice(colon + 1),
    sessionId: sessionId!,
    line: line!,
    tag: tag!,
    start: start!,
    virtualTransaction: virtualTransaction!,
    transaction: transaction!,
    severity: severity!,
    state: state!,
    message: message!,
    detail: detail!,
    hint: hint!,
    internalQuery: internalQuery!,
    internalPosition: internalPosition!,
    context: context!,
    query: query!,
    queryPosition: queryPosition!,
    application: application!,
    backend: backend!,
    leader: leader!,
    queryId: queryId!,
  };
}
