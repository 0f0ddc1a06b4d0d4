import { type Compilable, type Kysely, sql } from 'kysely';
import type { Schema } from '../sql/schema.ts';
import type { ColumnTypes, Migration } from './migration.ts';

/** Columns of one table: a type each, `?` where it may be null, `!` for the primary key. */
type Columns = Record<string, `${keyof ColumnTypes}${'' | '?' | '!'}`>;

const VERSIONED = { created_time: 'integer', changed_time: 'integer', revision: 'integer' } as const;

const TABLES: Record<string, Columns> = {
  counter: { name: 'text!', value: 'integer' },
  alert: {
    name: 'text!',
    resource_key: 'text',
    body: 'text',
    version: 'integer',
    updates: 'integer',
    revision: 'integer',
    alert_type: 'text',
    severity: 'integer',
    status: 'text',
    is_incident: 'integer',
    is_historical: 'integer',
    correlation_key: 'text',
    start_time: 'integer',
    end_time: 'integer',
    detected_time: 'integer',
    changed_time: 'integer',
    suppressed_by: 'text?',
    status_by: 'text?',
    status_time: 'integer?',
    status_reason: 'text?',
  },
  alert_word: { name: 'text!', word: 'text!' },
  alert_status_change: {
    alert_name: 'text!',
    revision: 'integer!',
    status: 'text',
    made_by: 'text',
    made_time: 'integer',
    reason: 'text?',
  },
  alert_comment: { id: 'text!', alert_name: 'text', made_by: 'text', made_time: 'integer', text: 'text' },
  shard_owner: { shard: 'integer!', epoch: 'integer', owner: 'text', claimed_time: 'integer' },
  resource_state: {
    resource_key: 'text!',
    shard: 'integer',
    state: 'bytes',
    positions: 'bytes',
    bytes: 'integer',
    saved_time: 'integer',
  },
  resource: {
    key: 'text!',
    id: 'text',
    engine: 'text',
    name: 'text',
    subscription_id: 'text',
    resource_group: 'text',
    location: 'text',
    origin: 'text',
    tags: 'text',
    declaration: 'text?',
    ...VERSIONED,
  },
  settings_override: { scope: 'text!', settings: 'text', changed_by: 'text', ...VERSIONED },
  fleet_policy: { name: 'text!', rank: 'integer', match: 'text', settings: 'text', changed_by: 'text', ...VERSIONED },
  outbox: {
    id: 'text!',
    alert_name: 'text',
    alert_version: 'integer',
    channel: 'text',
    state: 'text',
    due_time: 'integer',
    lease_until: 'integer',
    claimed_by: 'text?',
    attempts: 'integer',
    created_time: 'integer',
    sent_time: 'integer?',
    last_error: 'text?',
    payload: 'text?',
  },
  audit_entry: {
    sequence: 'integer!',
    time: 'integer',
    actor: 'text',
    action: 'text',
    target: 'text',
    outcome: 'text',
    address: 'text?',
    detail: 'text?',
    hash: 'text',
  },
  document: { kind: 'text!', scope: 'text!', body: 'text', ...VERSIONED },
  app_user: {
    id: 'text!',
    name: 'text',
    display_name: 'text',
    email: 'text?',
    password_hash: 'text?',
    issuer: 'text?',
    subject: 'text?',
    disabled: 'integer',
    failed_attempts: 'integer',
    locked_until: 'integer?',
    last_sign_in_time: 'integer?',
    ...VERSIONED,
  },
  user_session: {
    id_hash: 'text!',
    user_id: 'text',
    created_time: 'integer',
    last_used_time: 'integer',
    expires_time: 'integer',
    address: 'text?',
    user_agent: 'text?',
    facts: 'text',
  },
  api_token: {
    id: 'text!',
    kind: 'text',
    name: 'text',
    hash: 'text',
    principal_id: 'text?',
    scope: 'text',
    created_time: 'integer',
    expires_time: 'integer?',
    last_used_time: 'integer?',
    revoked_time: 'integer?',
  },
  service_principal: {
    app_id: 'text!',
    object_id: 'text',
    tenant_id: 'text',
    display_name: 'text',
    disabled: 'integer',
    secrets: 'text',
    last_used_time: 'integer?',
    ...VERSIONED,
  },
  role_assignment: {
    id: 'text!',
    principal_id: 'text',
    principal_kind: 'text',
    role: 'text',
    scope: 'text',
    created_time: 'integer',
    created_by: 'text',
  },
  signing_key: {
    kid: 'text!',
    algorithm: 'text',
    public_key: 'text',
    private_key: 'text',
    created_time: 'integer',
    retires_time: 'integer',
    expires_time: 'integer',
  },
  revoked_token: { id: 'text!', expires_time: 'integer' },
};

/** By table; lists end with what they are ordered by, so that a page is read from the index. `*` marks a unique one. */
const INDEXES: [table: string, columns: string][] = [
  ['alert', 'start_time desc, name'],
  ['alert', 'resource_key, start_time desc, name'],
  ['alert', 'severity, start_time desc, name'],
  ['alert', 'status, start_time desc, name'],
  ['alert', 'alert_type, start_time desc, name'],
  ['alert', 'correlation_key, start_time desc, name'],
  ['alert', 'is_incident, start_time desc, name'],
  ['alert', 'end_time'],
  ['alert_word', 'word, name'],
  ['alert_comment', 'alert_name, made_time, id'],
  ['resource_state', 'shard, resource_key'],
  ['resource', 'origin, key'],
  ['outbox', '* alert_name, alert_version, channel'],
  ['outbox', 'channel, state, due_time'],
  ['outbox', 'state, created_time'],
  ['outbox', 'created_time desc, id'],
  ['app_user', '* name'],
  ['app_user', '* issuer, subject'],
  ['user_session', 'user_id'],
  ['user_session', 'expires_time'],
  ['api_token', '* hash'],
  ['api_token', 'principal_id'],
  ['service_principal', '* object_id'],
  ['role_assignment', '* principal_id, role, scope'],
  ['audit_entry', 'time'],
  ['audit_entry', 'actor, sequence'],
  ['audit_entry', 'action, sequence'],
  ['audit_entry', 'target, sequence'],
];

export const firstTables: Migration = {
  name: '0001-first-tables',
  statements: (db, types) => [
    ...Object.entries(TABLES).map(([name, columns]) => tableOf(db, name, columns, types)),
    ...INDEXES.map(([table, columns], i) => indexOf(db, table, columns, i)),
    db.insertInto('counter').values({ name: 'settings', value: 0 }),
  ],
};

function tableOf(db: Kysely<Schema>, name: string, columns: Columns, types: ColumnTypes): Compilable {
  let table = db.schema.createTable(name);
  for (const [column, type] of Object.entries(columns)) {
    const base = types[type.replace(/[?!]$/, '') as keyof ColumnTypes];
    table = table.addColumn(column, base, (built) => (type.endsWith('?') ? built : built.notNull()));
  }
  const key = Object.keys(columns).filter((column) => columns[column]?.endsWith('!'));
  return table.addPrimaryKeyConstraint(`${name}_key`, key as never[]);
}

function indexOf(db: Kysely<Schema>, table: string, columns: string, position: number): Compilable {
  const isUnique = columns.startsWith('* ');
  const parts = columns.replace('* ', '').split(', ');
  const index = db.schema
    .createIndex(`${table}_by_${position}`)
    .on(table)
    .expression(sql.raw(parts.join(', ')));
  return isUnique ? index.unique() : index;
}
