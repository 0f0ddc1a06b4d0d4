import type { WantedKeys } from '../../azure/object-walker.ts';
import { jsonKeys } from '../../lib/json-keys.ts';

/**
 * Members of an entry of Cloud Logging that we read: places in `ObjectWalker.found`.
 * Source: cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry; pgAudit's in cloud.google.com/sql/docs/postgres/pg-audit.
 */
export const Member = {
  timestamp: 1,
  logName: 2,
  textPayload: 3,
  jsonPayload: 4,
  /** `jsonPayload.message`: some agents and routers write the line there. */
  message: 5,
  protoPayload: 6,
  request: 7,
  user: 8,
  database: 9,
  statement: 10,
  databaseSessionId: 11,
  chunkIndex: 12,
} as const;

/** Objects in which members are looked for. */
const Scope = { entry: 1, jsonPayload: 2, protoPayload: 3, request: 4 } as const;

const KEYS = [
  { scope: Scope.entry, names: ['timestamp', 'logName', 'textPayload', 'jsonPayload', 'protoPayload'] },
  { scope: Scope.jsonPayload, names: ['message'] },
  { scope: Scope.protoPayload, names: ['request'] },
  { scope: Scope.request, names: ['user', 'database', 'statement', 'databaseSessionId', 'chunkIndex'] },
] as const;

const keys = jsonKeys(KEYS.flatMap(({ scope, names }) => names.map((name) => ({ scope, name, number: Member[name] }))));
const scopes = new Uint8Array(keys.count + 1);
scopes[Member.jsonPayload] = Scope.jsonPayload;
scopes[Member.protoPayload] = Scope.protoPayload;
scopes[Member.request] = Scope.request;

export const MEMBER_KEYS: WantedKeys = { ...keys, scopes };
