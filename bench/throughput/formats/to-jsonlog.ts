import type { CsvRecord } from './csv-records.ts';

/**
 * The record as jsonlog has it: keys in the server's order, those without a value left out.
 * The server escapes texts as JSON.stringify does. Source: write_jsonlog in PostgreSQL 15's jsonlog.c.
 */
export function toJsonlog(record: CsvRecord): string {
  const json = JSON.stringify({
    timestamp: record.time,
    user: textOf(record.user),
    dbname: textOf(record.database),
    pid: numberOf(record.pid),
    remote_host: textOf(record.address),
    remote_port: numberOf(record.port),
    session_id: record.sessionId,
    line_num: numberOf(record.line),
    ps: record.tag, // written for every client, empty or not
    session_start: record.start,
    vxid: textOf(record.virtualTransaction),
    txid: numberOf(record.transaction),
    error_severity: record.severity,
    state_code: record.state === '00000' ? undefined : record.state,
    message: record.message,
    detail: textOf(record.detail),
    hint: textOf(record.hint),
    internal_query: textOf(record.internalQuery),
    internal_position: numberOf(record.internalPosition),
    context: textOf(record.context),
    statement: textOf(record.query),
    cursor_position: numberOf(record.queryPosition),
    application_name: textOf(record.application),
    backend_type: record.backend,
    leader_pid: numberOf(record.leader),
  });
  // the last key; it has 64 bits, more than a number of JavaScript keeps
  return `${json.slice(0, -1)},"query_id":${record.queryId}}\n`;
}

function textOf(value: string): string | undefined {
  return value === '' ? undefined : value;
}

function numberOf(value: string): number | undefined {
  return value === '' ? undefined : Number(value);
}
