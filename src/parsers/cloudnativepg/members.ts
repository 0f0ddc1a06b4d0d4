import type { WantedKeys } from '../../azure/object-walker.ts';
import { jsonKeys } from '../../lib/json-keys.ts';

/**
 * Members of a line of CloudNativePG that we read: places in `ObjectWalker.found`. Older operators write no `logger` for
 * their own programs, but `msg`. Within `record` they are called as
 * the columns of csvlog. Source: cloudnative-pg.io/documentation/current/logging (PostgreSQL log, PGAudit logs).
 */
export const Member = {
  logger: 1,
  record: 2,
  log_time: 3,
  user_name: 4,
  database_name: 5,
  connection_from: 6,
  session_id: 7,
  error_severity: 8,
  sql_state_code: 9,
  message: 10,
  detail: 11,
  query: 12,
  application_name: 13,
  audit: 14,
  audit_statement: 15,
  msg: 16,
} as const;

/** Objects in which members are looked for. */
const Scope = { line: 1, record: 2, audit: 3 } as const;

/** Stands at the top of a line where whoever passes the log on takes the envelope away. */
const RECORD_NAMES = [
  'log_time',
  'user_name',
  'database_name',
  'connection_from',
  'session_id',
  'error_severity',
  'sql_state_code',
  'message',
  'detail',
  'query',
  'application_name',
  'audit',
] as const;

const keys = jsonKeys([
  ...(['logger', 'msg', 'record'] as const).map((name) => ({ scope: Scope.line, name, number: Member[name] })),
  ...[Scope.line, Scope.record].flatMap((scope) => RECORD_NAMES.map((name) => ({ scope, name, number: Member[name] }))),
  { scope: Scope.audit, name: 'statement', number: Member.audit_statement },
]);
const scopes = new Uint8Array(keys.count + 1);
scopes[Member.record] = Scope.record;
scopes[Member.audit] = Scope.audit;

export const MEMBER_KEYS: WantedKeys = { ...keys, scopes };
