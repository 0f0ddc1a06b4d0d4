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
  resource: 13,
  labels: 14,
  /** `resource.labels.database_id`: `project:instance`. AlloyDB: `resource.labels.instance_id`. */
  databaseId: 15,
} as const;

/** Objects in which members are looked for. */
const Scope = { entry: 1, jsonPayload: 2, protoPayload: 3, request: 4, resource: 5, labels: 6 } as const;

const KEYS = [
  { scope: Scope.entry, names: ['timestamp', 'logName', 'textPayload', 'jsonPayload', 'protoPayload', 'resource'] },
  { scope: Scope.jsonPayload, names: ['message'] },
  { scope: Scope.protoPayload, names: ['request'] },
  { scope: Scope.request, names: ['user', 'database', 'statement', 'databaseSessionId', 'chunkIndex'] },
  { scope: Scope.resource, names: ['labels'] },
] as const;

const keys = jsonKeys([
  ...KEYS.flatMap(({ scope, names }) => names.map((name) => ({ scope, name, number: Member[name] }))),
  ...['database_id', 'instance_id'].map((name) => ({ scope: Scope.labels, name, number: Member.databaseId })),
]);
const scopes = new Uint8Array(keys.count + 1);
scopes[Member.jsonPayload] = Scope.jsonPayload;
scopes[Member.protoPayload] = Scope.protoPayload;
scopes[Member.request] = Scope.request;
scopes[Member.resource] = Scope.resource;
scopes[Member.labels] = Scope.labels;

export const MEMBER_KEYS: WantedKeys = { ...keys, scopes };
