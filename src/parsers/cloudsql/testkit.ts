import { readFileSync } from 'node:fs';

/** A session of each of two servers, by major version of PostgreSQL (samples/README.md). */
export const SAMPLES = { 15: 'postgresql-15.jsonl', 17: 'postgresql-17.json' } as const;

export function sample(name: string): Buffer {
  return readFileSync(new URL(`samples/${name}`, import.meta.url));
}

const LOG_NAME = 'projects/shop/logs/cloudsql.googleapis.com%2Fpostgres.log';
const PREFIX = '2026-11-21 12:00:00.000 UTC [19782]: [3-1] db=shop,user=app ';

/** One entry on a line, newline and all, with a line of the server's log behind Cloud SQL's prefix. */
export function logEntry(line: string, members: Readonly<Record<string, unknown>> = {}, prefix = PREFIX): string {
  const entry = {
    insertId: 's=1;i=1-0-0@a1',
    textPayload: prefix + line,
    timestamp: '2026-11-21T12:00:00.000417Z',
    severity: 'INFO',
    logName: LOG_NAME,
    ...members,
  };
  return `${JSON.stringify(entry)}\n`;
}

/** One entry of pgAudit; a case says what differs. */
export function auditEntry(request: Readonly<Record<string, unknown>> = {}): string {
  return logEntry('', {
    textPayload: undefined,
    logName: 'projects/shop/logs/cloudaudit.googleapis.com%2Fdata_access',
    protoPayload: {
      methodName: 'cloudsql.instances.query',
      request: {
        user: 'app',
        database: 'shop',
        statement: 'SELECT 1',
        databaseSessionId: 19782,
        chunkIndex: 1,
        ...request,
      },
    },
  });
}
