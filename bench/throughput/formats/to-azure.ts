import type { CsvRecord } from './csv-records.ts';
import { withoutFraction } from './to-text-log.ts';

/** The Flexible Server that the generated records name. */
export const AZURE_SERVER_ID =
  '/subscriptions/7b0e5f1c-4c1a-4d53-9b57-2f6b0c7d9a11/resourceGroups/rg-shop/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-shop';

/** As PostgreSQLLogs of a Flexible Server: prefix `%t-%c-`, the statement of an error as a record of its own. */
export function toAzure(record: CsvRecord): string {
  const { severity, message, detail, query } = record;
  const text = logRecord(record, `${severity}:  ${message}`, detail);
  return query === '' ? text : text + logRecord(record, `STATEMENT:  ${query}`, '');
}

function logRecord(record: CsvRecord, text: string, detail: string): string {
  const { time, pid, sessionId, severity, state, backend } = record;
  const json = JSON.stringify({
    properties: {
      timestamp: time,
      processId: Number(pid),
      errorLevel: severity,
      sqlerrcode: state,
      backend_type: backend,
      message: `${withoutFraction(time)}-${sessionId}-${text}`,
      ...(detail === '' ? {} : { detail }),
    },
    resourceId: AZURE_SERVER_ID.toUpperCase(),
    category: 'PostgreSQLLogs',
    operationName: 'LogEvent',
    location: 'westeurope',
    time: `${time.slice(0, 10)}T${time.slice(11, 23)}Z`,
    LogicalServerName: 'pg-shop',
    ReplicaRole: 'Primary',
  });
  return `${json}\n`;
}
