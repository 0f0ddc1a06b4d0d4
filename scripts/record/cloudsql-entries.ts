/** `%m [%p]: [%l-1] db=%d,user=%u `: what Cloud SQL puts in front of each line. */
export const CLOUD_SQL_PREFIX = '%m [%p]: [%l-1] db=%d,user=%u ';
const HEAD = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d{3}) UTC \[(\d+)\]: \[\d+-1\] db=/;
const SEVERITY = /(?:LOG|ERROR|FATAL|WARNING|DETAIL|HINT|CONTEXT|STATEMENT|QUERY): {2}/;
/** How the agent on the instance names severities. */
const SEVERITIES: Readonly<Record<string, string>> = { ERROR: 'ERROR', STATEMENT: 'ERROR', FATAL: 'ALERT' };

/** An entry of Cloud Logging. Source: cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry. */
export interface CloudLoggingEntry {
  textPayload: string;
  timestamp: string;
  [member: string]: unknown;
}

/**
 * Puts the lines of a server's log into entries, as Cloud SQL's agent does: one for each line that has a prefix, with
 * the lines that go on with it, without the tabs in front of these.
 */
export function cloudLoggingEntries(log: string): CloudLoggingEntry[] {
  const texts: string[] = [];
  for (const line of log.trimEnd().split('\n')) {
    if (HEAD.test(line)) {
      texts.push(line);
    } else {
      texts.push(`${texts.pop() ?? ''}\n${line.replace(/^\t/, '')}`);
    }
  }
  return texts.map(entryOf);
}

function entryOf(textPayload: string, place: number): CloudLoggingEntry {
  const [, day, time, pid] = HEAD.exec(textPayload) ?? [];
  const number = (place + 4096).toString(16);
  const micros = String(place % 1000).padStart(3, '0');
  const word = SEVERITY.exec(textPayload)?.[0].replace(/\W+/, '') ?? '';
  return {
    textPayload,
    insertId: `s=5d1fa2c94be04d7f9a0c3b8e6f7d2a11;i=${number};b=9c40e1f2a3b54c6d8e7f60718293a4b5;p=${pid}-0-0@a1`,
    resource: {
      type: 'cloudsql_database',
      labels: { database_id: 'shop-prod-4711:orders', project_id: 'shop-prod-4711', region: 'europe-west3' },
    },
    timestamp: `${day}T${time}${micros}Z`,
    severity: SEVERITIES[word] ?? 'INFO',
    labels: { LOG_BUCKET_NUM: '7', INSTANCE_UID: '1-6f0c2a52-1c3e-4e0b-9d57-0a6f3f5b9e21' },
    logName: 'projects/shop-prod-4711/logs/cloudsql.googleapis.com%2Fpostgres.log',
    receiveTimestamp: `${day}T${time}${micros}918Z`,
  };
}
