import { readFileSync } from 'node:fs';

/** Majors of PostgreSQL of which there are samples: jsonlog came with 15. */
export const MAJORS = [15, 16, 17, 18] as const;

/** What the server logged in a recorded session (samples/README.md). */
export function sample(major: number): Buffer {
  return readFileSync(new URL(`samples/postgresql-${major}.jsonl`, import.meta.url));
}

/** One record as the server writes it, newline and all. A case says what differs; undefined: the key is not there. */
export function jsonRecord(members: Readonly<Record<string, unknown>> = {}): string {
  const record = {
    timestamp: '2026-11-21 12:00:00.000 UTC',
    user: 'app',
    dbname: 'shop',
    pid: 19782,
    remote_host: '192.0.2.10',
    remote_port: 41234,
    session_id: '6b01ebad.4d46',
    line_num: 3,
    ps: 'SELECT',
    session_start: '2026-11-21 11:59:57 UTC',
    vxid: '3/14',
    txid: 0,
    error_severity: 'LOG',
    message: 'statement: SELECT 1',
    application_name: 'shop-api',
    backend_type: 'client backend',
    query_id: 0,
    ...members,
  };
  return `${JSON.stringify(record)}\n`;
}
