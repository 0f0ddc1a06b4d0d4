import { DEFAULT_LOG_LINE_PREFIX } from '../../postgres/log-line-prefix.ts';
import { redactEntry } from '../../postgres/redact-entry.ts';
import type { Parser } from '../parser.ts';
import { openTextLog } from '../text-log.ts';

/** PostgreSQL's log as text, with any `log_line_prefix`; by default that of PostgreSQL itself. */
export const stderr: Parser = {
  id: 'stderr',
  engines: ['postgresql'],
  openEnd: 'line',
  defaultPrefix: DEFAULT_LOG_LINE_PREFIX,
  open: ({ logLinePrefix, timezone }) => openTextLog(logLinePrefix ?? DEFAULT_LOG_LINE_PREFIX, timezone),
  redact: (record) => redactEntry(new TextDecoder().decode(record)),
};
