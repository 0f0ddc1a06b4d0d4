import { redactEntry } from '../../postgres/redact-entry.ts';
import type { Parser } from '../parser.ts';
import { openTextLog } from '../text-log.ts';

/** What Amazon RDS and Aurora write in front of each line, unless their parameter group says otherwise. */
const RDS_LOG_LINE_PREFIX = '%t:%r:%u@%d:[%p]:';

/** The log files of Amazon RDS for PostgreSQL and Aurora. */
export const rds: Parser = {
  id: 'rds',
  engines: ['postgresql'],
  openEnd: 'line',
  open: ({ logLinePrefix, timezone }) => openTextLog(logLinePrefix ?? RDS_LOG_LINE_PREFIX, timezone),
  redact: (record) => redactEntry(new TextDecoder().decode(record)),
};
