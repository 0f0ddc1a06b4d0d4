import type { CsvRecord } from './csv-records.ts';
import { nameOf, textLines } from './text-lines.ts';

/** As Cloud Logging exports the log of Cloud SQL: each line of a record is an entry. */
export function cloudsqlWriter(): (record: CsvRecord) => string {
  /** Lines that each open session has written, which its prefix numbers. */
  const written = new Map<string, number>();
  let insertId = 0x1000;

  return (record) => {
    const { pid, severity, message, time } = record;
    let line = written.get(pid) ?? 0;
    const lines = textLines(record, ({ user, database }) => {
      line++;
      return `${time} [${pid}]: [${line}-1] db=${nameOf(database)},user=${nameOf(user)} `;
    });
    if (severity === 'FATAL' || message.startsWith('disconnection: ')) {
      written.delete(pid);
    } else {
      written.set(pid, line);
    }
    return lines.map((text) => entryOf(text, record, insertId++)).join('');
  };
}

function entryOf(textPayload: string, { time, pid, severity }: CsvRecord, insertId: number): string {
  const stamp = `${time.slice(0, 10)}T${time.slice(11, 23)}`;
  const json = JSON.stringify({
    textPayload,
    insertId: `s=5d1fa2c94be04d7f9a0c3b8e6f7d2a11;i=${insertId.toString(16)};b=9c40e1f2a3b54c6d8e7f60718293a4b5;p=${pid}-0-0@a1`,
    resource: {
      type: 'cloudsql_database',
      labels: { database_id: 'shop-bench:orders', project_id: 'shop-bench', region: 'europe-west3' },
    },
    timestamp: `${stamp}Z`,
    severity: severity === 'LOG' ? 'INFO' : severity === 'FATAL' ? 'CRITICAL' : 'ERROR',
    labels: { LOG_BUCKET_NUM: '7', INSTANCE_UID: '1-6f0c2a52-1c3e-4e0b-9d57-0a6f3f5b9e21' },
    logName: 'projects/shop-bench/logs/cloudsql.googleapis.com%2Fpostgres.log',
    receiveTimestamp: `${stamp}918Z`,
  });
  return `${json}\n`;
}
